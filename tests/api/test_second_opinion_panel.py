"""The second opinion as people read it: on the page in both languages, and on the command line."""

import pytest
from flask import Flask, render_template_string

from bpmn.model import Finding
from engine.cli.files import show_opinions
from engine.runtime.second_opinion import Verdict
from engine.usecases.second_opinions import ScenarioOpinion

DIFFERS = Finding("second-opinion", "warning", "Hier 1 keer gedaan.", "Done 1 times here.", "b")
NO_SAY = Finding("no-second-opinion", "info", "Geen tweede mening: element t.", "No second opinion: element t.", "t")
OPINIONS = (
    ScenarioOpinion("goed", Verdict("agrees", (), ("Begin", "Klaar"), ("Begin", "Klaar"))),
    ScenarioOpinion("anders", Verdict("disagrees", (DIFFERS,), ("Begin", "<b>", "Klaar"), ("Begin", "Klaar"))),
    ScenarioOpinion("buiten", Verdict("outside", (NO_SAY,))),
)
PAGE = '{% import "macros/findings.html" as findings with context %}{{ findings.second_opinions(opinions, dutch) }}'


@pytest.mark.parametrize(("dutch", "texts"), [(True, "Geen tweede mening: element t."), (False, "No second opinion")])
def test_the_panel_shows_each_scenario(app: Flask, dutch: bool, texts: str) -> None:
    with app.test_request_context("/"):
        shown = render_template_string(PAGE, opinions=OPINIONS, dutch=dutch)
    assert texts in shown and shown.count("<li>") == 3
    assert "Begin → &lt;b&gt; → Klaar" in shown and "Begin → Klaar" in shown and "SpiffWorkflow" in shown
    assert shown.count("<details") == 1 and "<b>" not in shown


def test_without_scenarios_it_says_so(app: Flask) -> None:
    with app.test_request_context("/"):
        shown = render_template_string(PAGE, opinions=(), dutch=True)
    assert "geen scenario" in shown and "<li>" not in shown


def test_the_command_line_prints_both_paths_where_they_differ(capsys: pytest.CaptureFixture[str]) -> None:
    show_opinions(OPINIONS)
    assert capsys.readouterr().out.splitlines() == [
        "second opinion goed: agrees",
        "second opinion anders: disagrees: Done 1 times here.",
        "  Plus-1:        Begin > <b> > Klaar",
        "  SpiffWorkflow: Begin > Klaar",
        "second opinion buiten: outside its subset: No second opinion: element t.",
    ]
