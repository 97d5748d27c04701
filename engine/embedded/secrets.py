"""Random secrets that belong to one data directory: made once, kept in a file that only its owner can read."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def keep(path: Path, names: Iterable[str]) -> dict[str, str]:
    """The secret of each name, read from the JSON file at `path`; missing ones are made and written (mode 0600)."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        write_private(path, json.dumps(kept, indent=1))
    return kept


def write_private(path: Path, text: str) -> None:
    """Replace `path` by `text` in one move; at no moment can another account read it."""
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as output:
        output.write(text)
    partial.rename(path)
