"""Letters, decisions and requests: what a connector makes of a job, and what no second attempt would mend."""

from typing import Any
from uuid import UUID

import pytest

from engine.connectors import decision, document, http
from engine.connectors.address import Target
from engine.connectors.base import Assignment
from engine.connectors.registry import CONNECTORS, KNOWN
from engine.domain.outcome import Done, Hopeless
from engine.settings import Settings

NOW = 1_780_300_800_000  # 1 June 2026


def assignment(
    variables: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    parameters: dict[str, Any] | None = None,
    **texts: str,
) -> Assignment:
    """A job of a case of Utrecht."""
    return Assignment(
        key="t:1",
        type="x",
        headers=headers or {},
        variables=variables or {},
        parameters=parameters or {},
        texts=texts,
        business_key="Z-7",
        tenant=UUID(int=1),
        tenant_name="Gemeente Utrecht",
        now=NOW,
        attempt=1,
    )


def letter(text: str, parameters: dict[str, Any] | None = None, **variables: Any) -> Any:
    """The outcome for one letter."""
    return document.write(assignment(variables, {"text": "brief"}, parameters, brief=text), Settings())


def content(outcome: Any) -> str:
    """The letter's Markdown."""
    assert isinstance(outcome, Done), outcome
    (made,) = outcome.documents
    assert made.media_type == "text/markdown"
    return str(made.content.decode())


def test_fields_are_merged_from_variables_parameters_and_the_case_itself() -> None:
    outcome = letter(
        "# Besluit\n\n{{ naam }}, {{ leges }}, {{ gemeente }}, {{zaaknummer}}", {"leges": "nul", "naam": "P"}, naam="Jo"
    )
    assert content(outcome) == "# Besluit\n\nJo, nul, Gemeente Utrecht, Z\\-7"
    assert outcome.documents[0].title == "Besluit"


def test_a_variable_cannot_pose_as_the_municipality_or_the_case() -> None:
    assert content(letter("{{ gemeente }} {{ zaaknummer }}", gemeente="Elders", zaaknummer="X")) == (
        "Gemeente Utrecht Z\\-7"
    )


def test_a_letter_without_heading_is_called_by_its_file() -> None:
    assert letter("Beste").documents[0].title == "brief"


def test_values_cannot_draw_markdown_or_fields() -> None:
    assert content(letter("{{ naam }}", naam="[x](http://y) <b> {{ zaaknummer }}")) == (
        "\\[x\\]\\(http://y\\) \\<b\\> \\{\\{ zaaknummer \\}\\}"
    )


@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_hole_never_leaves_the_house(value: Any) -> None:
    outcome = letter("Beste {{ naam }},", naam=value)
    assert isinstance(outcome, Hopeless)
    assert outcome.message.startswith("texts/brief.md: the merge field {{ naam }} is empty")


@pytest.mark.parametrize("field", ["onbekend", 'if 1 > "a" then 1 else null', "1 +", "assert(1, false)"])
def test_a_field_that_does_not_work_is_named(field: str) -> None:
    outcome = letter(f"{{{{ {field} }}}}")
    assert isinstance(outcome, Hopeless) and outcome.message.startswith("texts/brief.md: ")


@pytest.mark.parametrize("headers", [{}, {"text": "ander"}, {"text": "../brief"}])
def test_a_text_that_is_not_there_is_named(headers: dict[str, str]) -> None:
    outcome = document.write(assignment({}, headers, brief="x"), Settings())
    assert isinstance(outcome, Hopeless)
    assert f"texts/{headers.get('text', '')}.md" in outcome.message


def test_decisions_are_registered_one_by_one() -> None:
    given = [{"onderwerp": "vergunning", "resultaat": "verleend"}, {"onderwerp": "weg", "resultaat": "geweigerd"}]
    outcome = decision.register(assignment({"besluiten": given}, {"authority": "de burgemeester"}), Settings())
    assert isinstance(outcome, Done)
    found = [(d.subject, d.result, d.authority, d.decided_at.isoformat()) for d in outcome.decisions]
    assert found == [
        ("vergunning", "verleend", "de burgemeester", "2026-06-01T08:00:00+00:00"),
        ("weg", "geweigerd", "de burgemeester", "2026-06-01T08:00:00+00:00"),
    ]


def test_the_college_decides_when_the_model_names_nobody() -> None:
    outcome = decision.register(assignment({"besluiten": [{"onderwerp": "a", "resultaat": "b"}]}), Settings())
    assert isinstance(outcome, Done)
    assert outcome.decisions[0].authority == "college van burgemeester en wethouders"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (None, "needs `besluiten`"),
        ([], "needs `besluiten`"),
        ({"onderwerp": "a", "resultaat": "b"}, "needs `besluiten`"),
        (["a"], "besluiten[1]"),
        ([{"onderwerp": "a", "resultaat": "b"}, {"onderwerp": "a"}], "besluiten[2]"),
        ([{"onderwerp": "a", "resultaat": None}], "besluiten[1]"),
    ],
)
def test_half_decisions_are_refused(given: Any, named: str) -> None:
    outcome = decision.register(assignment({"besluiten": given}), Settings())
    assert isinstance(outcome, Hopeless) and named in outcome.message


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "needs a text `url`"),
        ({"url": 5}, "needs a text `url`"),
        ({"url": "https://8.8.8.8", "method": "TRACE"}, "needs a text `url` and a method"),
        ({"url": "https://127.0.0.1/"}, "inside the house"),
        ({"url": "http://8.8.8.8/"}, "without TLS"),
        ({"url": "https://[::1"}, "no valid name or port"),
        ({"url": "https://bestaat-niet.invalid/"}, "is not known"),
    ],
)
def test_requests_that_may_not_be_made(variables: dict[str, Any], named: str) -> None:
    outcome = http.call(assignment(variables), Settings())
    assert isinstance(outcome, Hopeless) and named in outcome.message


def test_every_known_type_has_a_connector() -> None:
    assert set(CONNECTORS) == KNOWN == {"http", "document", "decision"}


@pytest.mark.parametrize(("name", "value"), [("X-A", "a\r\nX-B: b"), ("X-A\r\nX-B", "a"), ("X-A", "\u4f60"), ("", "a")])
def test_a_header_that_cannot_be_sent_is_nothing_to_try_again(name: str, value: str) -> None:
    """Refused before anything is sent: nothing listens at this port, and it is no failure to connect."""
    variables = {"url": "http://127.0.0.1:9/", "headers": {name: value}}
    outcome = http.call(assignment(variables), Settings(http_allow=("127.0.0.1:9",)))
    assert isinstance(outcome, Hopeless) and outcome.message.startswith("this request cannot be sent")


def test_a_model_does_not_say_what_the_engine_says() -> None:
    given = {
        "HOST": "elders.nl",
        "idempotency-key": "x",
        "Transfer-Encoding": "chunked",
        "Content-Length": "0",
        "X-A": "1",
    }
    target = Target("https", "voorbeeld.nl", 8443, "8.8.8.8", "/")
    assert http._headers(assignment({"headers": given}), target, False) == {
        "X-A": "1",
        "Host": "voorbeeld.nl:8443",
        "Idempotency-Key": "t:1",
        "User-Agent": "plus1",
        "Accept": "application/json",
    }
