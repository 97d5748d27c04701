"""Door: reads the shared processes that are shipped beside this file. No pure module imports it."""

from importlib import resources
from importlib.resources.abc import Traversable

_SHELF = resources.files("bpmn.library")


def shipped() -> tuple[str, ...]:
    """The keys of the shared processes."""
    return tuple(sorted(each.name for each in _SHELF.iterdir() if (each / "process.bpmn").is_file()))


def files(key: str) -> dict[str, bytes]:
    """The files of one shared process, by path. Raises KeyError."""
    if key not in shipped():
        raise KeyError(key)
    found: dict[str, bytes] = {}
    _collect(_SHELF / key, "", found)
    return found


def _collect(folder: Traversable, prefix: str, found: dict[str, bytes]) -> None:
    for each in folder.iterdir():
        if each.is_dir():
            _collect(each, f"{prefix}{each.name}/", found)
        else:
            found[prefix + each.name] = each.read_bytes()
