"""Files of other engines become ours: the canonical form, with a finding for all that is open."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bpmn.adopt import decisions, formio, process_file
from bpmn.adopt.adoption import Adoption
from bpmn.model import Finding

__all__ = ["ENDINGS", "Adoption", "adopt", "adopt_package", "ending"]

Converter = Callable[[str, bytes], Adoption]
_CONVERTERS: Final[Mapping[str, Converter]] = MappingProxyType(
    {
        "bpmn": process_file.adopt,
        "xml": process_file.adopt,
        "cmmn": process_file.adopt,
        "dmn": decisions.adopt,
        "json": formio.adopt,
        "form": formio.adopt,
    }
)
# How the canonical file beside the original ends.
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"bpmn": ".plus1.bpmn", "xml": ".plus1.bpmn", "dmn": ".plus1.dmn", "json": ".plus1.form", "form": ".plus1.form"}
)


def ending(name: str) -> str:
    """How a file name ends, in lower case; `form.json` is no other kind than `json`."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def adopt(name: str, source: bytes) -> Adoption:
    """The canonical form of one file; its kind follows from the ending of `name`. Never raises."""
    convert = _CONVERTERS.get(ending(name))
    if convert is None:
        kinds = ", ".join(f".{each}" for each in ENDINGS)
        nl = f"'{name}' kan niet worden omgezet. Kies een bestand dat eindigt op {kinds}."
        en = f"'{name}' cannot be converted. Choose a file that ends in {kinds}."
        return Adoption(None, (Finding("unknown-kind", "error", nl, en, path=name),))
    return convert(name, source)


def adopt_package(files: Mapping[str, bytes]) -> Mapping[str, Adoption]:
    """Every file of a folder or zip that has a converter, by path; ids that refer to another file stay as they are."""
    return {path: adopt(path, content) for path, content in files.items() if ending(path) in _CONVERTERS}
