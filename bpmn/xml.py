"""Safe reading of XML: no DOCTYPE, no network, no entities, bounded size; broken text gives a finding with its line."""

import re
from typing import Final

from lxml import etree

from bpmn.model import Finding

MAX_BYTES: Final = 5 * 1024 * 1024
_PROLOG: Final = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
# The parser says the place after its sentence; we say it ourselves.
_WHERE: Final = re.compile(r"(?:, line \d+, column \d+)?(?: \(<string>, line \d+\))?$")
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Unreadable(Exception):
    """The file cannot be read as XML; `findings` say why and what to do."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f.en for f in findings))
        self.findings = findings


def parse(source: bytes, path: str = "", comments: bool = False) -> etree._Element:
    """The root element of `source`; comments and processing instructions only when asked for; raises Unreadable.

    Limits: 5 MB, depth 256 (libxml2), any DOCTYPE refused, so no entities can be declared."""
    if len(source) > MAX_BYTES:
        raise Unreadable((_too_large(len(source), path),))
    if not source.strip():
        raise Unreadable((_empty(path),))
    if _has_doctype(source):
        raise Unreadable((_doctype(path),))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not comments,
        remove_pis=not comments,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable((_broken(error, path),)) from error
    except (ValueError, LookupError) as error:
        raise Unreadable((_broken(error, path),)) from error
    # An exotic encoding could hide the DOCTYPE from the look at the prolog; the parser itself saw it then.
    if _internal_dtd(root) is not None:
        raise Unreadable((_doctype(path),))
    return root


def written(root: etree._Element) -> bytes:
    """The document of `root` as bytes, with comments beside it, in UTF-8."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root.getroottree(), encoding="UTF-8") + b"\n"


def canonical(source: bytes) -> bytes:
    """Canonical XML 2.0 of `source` for hashes: comments, indentation and attribute order do not count.

    Raises Unreadable."""
    root = parse(source)
    # lxml's stubs do not know strip_text, which only the c14n2 method has.
    return etree.tostring(root, method="c14n2", strip_text=True)  # type: ignore[call-overload, no-any-return]


def _has_doctype(source: bytes) -> bool:
    text = source[:65536].decode(_WIDE.get(source[:2], "utf-8"), errors="replace").lstrip("\ufeff")
    begin = _PROLOG.match(text)
    return text[begin.end() if begin else 0 :].lstrip()[:9].upper() == "<!DOCTYPE"


def _internal_dtd(root: etree._Element) -> object:
    info: etree.DocInfo = root.getroottree().docinfo
    return info.internalDTD


def _too_large(size: int, path: str) -> Finding:
    return Finding(
        code="xml-too-large",
        severity="error",
        nl=f"Het bestand is {size / 1048576:.1f} MB; het maximum is 5 MB. Verklein het bestand of deel het op.",
        en=f"The file is {size / 1048576:.1f} MB; the maximum is 5 MB. Make the file smaller or split it.",
        path=path,
    )


def _empty(path: str) -> Finding:
    return Finding(
        code="xml-broken",
        severity="error",
        nl="Het bestand is leeg. Bewaar het proces opnieuw vanuit uw editor.",
        en="The file is empty, which is not well-formed XML. Save the process again from your editor.",
        line=1,
        path=path,
    )


def _doctype(path: str) -> Finding:
    return Finding(
        code="xml-doctype",
        severity="error",
        nl="Het bestand bevat een DOCTYPE. Dat is om veiligheidsredenen niet toegestaan. Verwijder die regel.",
        en="The file contains a DOCTYPE, which is not allowed for reasons of safety. Remove that line.",
        line=1,
        path=path,
    )


def _broken(error: Exception, path: str) -> Finding:
    line = (error.lineno or 0) if isinstance(error, etree.XMLSyntaxError) else 0
    said = _WHERE.sub("", str(error))
    return Finding(
        code="xml-broken",
        severity="error",
        nl=f"Het bestand is geen geldige XML (regel {line}): {said}. Herstel het bestand en probeer het opnieuw.",
        en=f"The file is not well-formed XML (line {line}): {said}. Repair the file and try again.",
        line=line,
        path=path,
    )
