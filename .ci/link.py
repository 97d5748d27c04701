"""Makes the sources importable in the virtual environment, with the command `plus1`, without building a wheel."""

import site
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

Path(site.getsitepackages()[0], "plus1.pth").write_text(f"{ROOT}\n")
command = Path(sys.executable).parent / "plus1"
command.write_text(f"#!{sys.executable}\nfrom engine.cli import main\n\nmain()\n")
command.chmod(0o755)
