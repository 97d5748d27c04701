"""Safe reading of XML: what is refused, with which line, and what the canonical form ignores."""

import pytest

from bpmn import xml

BOMB = b"""<?xml version="1.0"?><!-- harmless -->
<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>"""


def refused(source: bytes) -> str:
    with pytest.raises(xml.Unreadable) as caught:
        xml.parse(source, "process.bpmn")
    finding = caught.value.findings[0]
    assert finding.severity == "error" and finding.path == "process.bpmn" and finding.nl and finding.en
    return f"{finding.code}:{finding.line}"


@pytest.mark.parametrize(
    "source", [BOMB, BOMB.decode().encode("utf-16"), b"<!DOCTYPE html><html/>", b"\xef\xbb\xbf<!doctype a><a/>"]
)
def test_a_doctype_is_refused_in_every_encoding(source: bytes) -> None:
    assert refused(source).startswith("xml-doctype")


def test_doctype_as_text_is_no_doctype() -> None:
    assert xml.parse(b"<a><![CDATA[<!DOCTYPE b>]]></a>").text == "<!DOCTYPE b>"


def test_broken_xml_names_the_line() -> None:
    assert refused(b"<a>\n<b>\n</a>") == "xml-broken:3"
    assert refused(b"").startswith("xml-broken")


def test_size_and_depth_are_bounded() -> None:
    assert refused(b"<a>" + b" " * xml.MAX_BYTES + b"</a>") == "xml-too-large:0"
    assert refused(b"<a>" * 5000 + b"</a>" * 5000).startswith("xml-broken")


def test_comments_do_not_cut_text() -> None:
    assert xml.parse(b"<a>one<!-- c --> two</a>").text == "one two"


def test_an_undeclared_entity_is_refused() -> None:
    assert refused(b"<a>&secret;</a>").startswith("xml-broken")


def test_canonical_ignores_layout_and_order_only() -> None:
    one = xml.canonical(b'<a x="1" y="2">\n  <b/>\n</a>')
    assert one == xml.canonical(b"<a y='2' x='1'><!-- c --><b></b></a>")
    assert one != xml.canonical(b'<a x="1" y="3"><b/></a>')
