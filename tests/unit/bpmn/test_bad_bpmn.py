"""Broken and hostile BPMN files: each gives findings with a place and a remedy, all at once."""

from pathlib import Path

import pytest

from bpmn import checks, package, readers, xml
from bpmn.model import Finding

CORPUS = Path(__file__).parents[2] / "corpus" / "bpmn"
ADVICE = ("no-name", "not-drawn")
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d"><process id="p" isExecutable="true"><startEvent id="s"/>'
)
FOOT = '<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>'
# What must be said of each file: code@element, or code@line where no element can be named. Strange but harmless: none.
EXPECTED = {
    "afgekapt": "xml-broken@6",
    "alleen-diagram": "no-process@d",
    "alleen-spaties": "xml-broken@1",
    "annuleren-buiten-transactie": "unsupported@e",
    "baan-onbekend": "unknown-in-lane@balie",
    "bericht-onbekend": "unknown-reference@c unsupported@c",
    "berichtpijl-onbekend": "dangling-message-flow@m",
    "beslissing-onbekend": "unknown-decision@t",
    "bom-dubbel": "xml-broken@1",
    "bpmn-1": "not-bpmn@d",
    "choreografie": "unsupported-element@c no-process@d",
    "cmmn": "not-bpmn@d",
    "codering-onbekend": "xml-broken@1",
    "compensatie-zonder-taak": "no-compensation-handler@b",
    "deelnemer-onbekend-proces": "unknown-process@a",
    "dmn": "not-bpmn@d",
    "doctype-na-commentaar": "xml-doctype@1",
    "doctype": "xml-doctype@1",
    "dubbel-attribuut": "xml-broken@5",
    "dubbel-id-element": "duplicate-id@t",
    "dubbel-id-pijl": "duplicate-id@f",
    "dubbel-id-proces": "duplicate-id@p",
    "dubbel-id-processen": "duplicate-id@t",
    "einde-met-pijl": "wrong-flow@e",
    "entiteit-bestand": "xml-doctype@1",
    "entiteit-onbekend": "xml-broken@5",
    "entiteit-parameter": "xml-doctype@1",
    "entiteiten-miljard": "xml-doctype@1",
    "formulier-onbekend": "unknown-form@t",
    "gebeurtenis-subproces-zonder-start": "unsupported@k no-start@k",
    "gebeurtenispoort-naar-taak": "unsupported@g",
    "gebeurtenispoort-zonder-arm": "waits-for-nothing@g",
    "geen-einde": "no-end@p never-ends@t",
    "geen-proces": "no-process@d",
    "geen-start": "no-start@p",
    "gesprek": "unsupported-element@c",
    "herhaling-zonder-lijst": "unsupported@t",
    "html": "not-bpmn@1",
    "json": "xml-broken@1",
    "klok-leeg": "timer-empty@c",
    "klok-onzin": "timer-wrong@c",
    "kring-zonder-einde": "unreachable@v never-ends@t",
    "latin1-als-utf8": "xml-broken@5",
    "leeg-proces": "no-start@p",
    "leeg": "xml-broken@1",
    "link-dubbel": "link-twice@c1 unreachable@c1",
    "link-onbekend": "unknown-link@w",
    "naamruimte-onbekend": "xml-broken@5",
    "nul-byte": "xml-broken@5",
    "pijl-in-zichzelf": "unreachable@e never-ends@t",
    "pijl-naar-pijl": "dangling-flow@f9",
    "pijl-nergens-heen": "dangling-flow@f9",
    "pijl-over-grens": "flow-crosses-scope@f9",
    "pijl-zonder-bron": "dangling-flow@f9",
    "poort-wacht-voor-altijd": "no-default-flow@g deadlock@j",
    "rand-aan-niets": "dangling-boundary@b boundary-leads-nowhere@b",
    "rand-aan-poort": "unsupported@b",
    "rand-leidt-nergens-heen": "boundary-leads-nowhere@b",
    "rand-met-pijl": "wrong-flow@b",
    "rand-zonder-gastheer": "dangling-boundary@b boundary-leads-nowhere@b",
    "roepen-elkaar-aan": "call-cycle@tp call-cycle@tq",
    "roept-onbekend-aan": "",
    "roept-zichzelf-aan": "call-cycle@t",
    "samenwerking-zonder-proces": "no-process@d",
    "standaard-en-voorwaarde": "condition-ignored@g_e",
    "standaardpijl-onbekend": "unknown-default@g",
    "start-aan-niets": "unreachable@t",
    "start-met-pijl": "wrong-flow@s",
    "stylesheet": "unreachable@los",
    "subproces-in-zichzelf": "duplicate-id@t flow-crosses-scope@ks_t flow-crosses-scope@t_ke several-starts@t",
    "tag-niet-gesloten": "xml-broken@10",
    "teken-verboden": "xml-broken@5",
    "tekst-voor-xml": "xml-broken@1",
    "twee-wortels": "xml-broken@11",
    "uitbreiding-onbekend": "unsupported-extension@t",
    "uitdrukking-kapot": "feel-syntax@g_e condition-no-expression@g_e2 no-default-flow@g",
    "utf16-als-utf8": "",
    "utf16-zonder-bom": "",
    "utf7-doctype": "xml-broken@6",
    "utf7": "",
    "vijf-fouten": "dangling-flow@f9 dangling-boundary@b unsupported@a unknown-default@g "
    "feel-syntax@g_e boundary-leads-nowhere@b",
    "xinclude": "not-included@3",
    "xpdl": "not-bpmn@2",
    "zonder-id": "no-id@_task_3 dangling-flow@s_t dangling-flow@t_e unreachable@_task_3 unreachable@e",
    "zonder-naamruimte": "not-bpmn@d",
}


def said(source: bytes) -> list[Finding]:
    """All that reading and the rules say."""
    processes, findings = readers.read(source, "bad.bpmn")
    return [*findings, *checks.run(processes, {}, {})]


def told(source: bytes) -> list[str]:
    return [f"{one.code}@{one.element or one.line}" for one in said(source) if one.code not in ADVICE]


def test_the_corpus_is_what_is_expected() -> None:
    assert {path.stem for path in CORPUS.iterdir()} == EXPECTED.keys() and len(EXPECTED) > 80


@pytest.mark.parametrize("name", EXPECTED)
def test_each_fault_is_named_with_its_place(name: str) -> None:
    assert told((CORPUS / f"{name}.bpmn").read_bytes()) == EXPECTED[name].split()


@pytest.mark.parametrize("name", EXPECTED)
def test_each_finding_has_a_place_and_says_what_to_do_in_two_languages(name: str) -> None:
    for one in said((CORPUS / f"{name}.bpmn").read_bytes()):
        assert one.element or one.line, one
        assert one.nl.endswith((".", "?")) and one.en.endswith((".", "?")) and one.nl != one.en, one
        assert one.severity == "info" or len(one.nl.replace("?", ".").split(". ")) > 1 or ": " in one.nl, one


def test_five_faults_are_five_findings_at_once() -> None:
    found = said((CORPUS / "vijf-fouten.bpmn").read_bytes())
    assert len({one.code for one in found if one.severity == "error"}) == 5


def chain(number: int) -> bytes:
    ids = ["s", *(f"n{n}" for n in range(number)), "e"]
    tasks = "".join(f'<task id="{id}" name="{id}"/>' for id in ids[1:-1])
    flows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in zip(ids, ids[1:], strict=False)
    )
    return f'{HEAD}{tasks}<endEvent id="e"/>{flows}</process></definitions>'.encode()


def nested(depth: int) -> bytes:
    opened = "".join(f'<subProcess id="k{n}" name="k"><startEvent id="s{n}"/>' for n in range(depth))
    return f"{HEAD}{opened}{'</subProcess>' * depth}{FOOT}".encode()


ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(5000))
HUGE = {
    "2,001 elements": (chain(1999), ["too-many-nodes@p"]),
    "2,000 elements": (chain(1998), []),
    "10,001 elements": (chain(9999), ["too-many-nodes@d"]),
    "more than 5 MB": (HEAD.encode() + b" " * xml.MAX_BYTES + FOOT.encode(), ["xml-too-large@0"]),
    "5,000 deep": (nested(5000), ["xml-broken@1"]),
    "an attribute of 4 MB": ((HEAD + f'<task id="t" name="{"x" * 4_000_000}"/>' + FOOT).encode(), ["unreachable@t"]),
    "5,000 attributes": (
        (HEAD + f'<task id="t" {ATTRIBUTES}/>' + FOOT).encode(),
        [*["unknown-attribute@t"] * 5000, "unreachable@t"],
    ),
    "100,000 comments": ((HEAD + "<!-- -->" * 100_000 + FOOT).encode(), []),
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_too_large_is_told_too(name: str) -> None:
    source, expected = HUGE[name]
    assert told(source) == expected


def test_a_package_calls_what_is_in_it() -> None:
    source = (CORPUS / "roept-onbekend-aan.bpmn").read_bytes()
    _, findings = package.read({"process.bpmn": source})
    (one,) = [f for f in findings if f.severity == "error"]
    assert (one.code, one.element) == ("package-tie", "t") and "'weg'" in one.nl
