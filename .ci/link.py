"""Makes the sources importable in the virtual environment, with the commands of pyproject.toml, without a wheel."""

import site
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

Path(site.getsitepackages()[0], "plus1.pth").write_text(f"{ROOT}\n")
scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
for name, target in scripts.items():
    module, function = target.split(":")
    command = Path(sys.executable).parent / name
    command.write_text(f"#!{sys.executable}\nfrom {module} import {function}\n\n{function}()\n")
    command.chmod(0o755)
