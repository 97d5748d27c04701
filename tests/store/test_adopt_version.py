"""A municipality goes over to a version that its choices did not fit; its running cases keep what they had."""

from typing import Any

import pytest

from engine.domain.errors import Invalid, ModelRefused
from engine.queries import upgrades
from engine.queries.upgrades import Offer
from engine.usecases.adopt_version import AdoptVersion, adopt_version
from engine.usecases.change_override import ChangeOverride, change_override
from tenants.demo import load
from tests.store import new_bases
from tests.store.country import OWNER, Country, given_up
from tests.store.editors import KEY
from tests.store.test_event_permit import SCENARIOS, Play

GRONINGEN, EMMEN = OWNER[load.GRONINGEN], OWNER[load.EMMEN]


def offer(country: Country, caller: Any = GRONINGEN, semver: str = "2.0.0") -> Offer:
    found: Offer = country.act(upgrades.read_offer, caller, KEY, semver)
    return found


def change(country: Country, choices: list[dict[str, Any]], caller: Any = GRONINGEN) -> int:
    revision: int = country.act(
        change_override, caller, ChangeOverride(KEY, choices, country.choices(caller.tenant)[1])
    )
    return revision


def adopt(country: Country, caller: Any = GRONINGEN, semver: str = "2.0.0") -> None:
    found = offer(country, caller, semver)
    country.act(adopt_version, caller, AdoptVersion(KEY, found.offered.id, found.revision))
    assert country.running()[{GRONINGEN: "Groningen", EMMEN: "Emmen"}[caller]] == semver


def test_a_running_case_keeps_its_own_fee_when_the_next_version_has_none(country: Country, clock: Any) -> None:
    scenario = dict(SCENARIOS["verleend"])
    case = Play(country.transactions, clock, load.GRONINGEN)
    case.play(scenario | {"steps": scenario["steps"][:1]})
    country.publish(new_bases.without_fee(), "2.0.0")
    change(country, given_up("vp-leges", country.choices(load.GRONINGEN)[0]))
    adopt(country)
    clock.now += 86_400_000
    case.go_on(scenario["steps"][1:])
    assert case.view().incidents == [] and "De leges zijn € 95." in case.letter()
    new = Play(country.transactions, clock, load.GRONINGEN)
    new.play(scenario)
    assert "De leges zijn € 125,50." in new.letter()


def test_a_running_case_skips_a_step_that_was_off_and_is_gone_in_the_next_version(country: Country, clock: Any) -> None:
    scenario = dict(SCENARIOS["verleend-hoog-risico"])
    steps = [step for step in scenario["steps"] if step.get("complete") != "Task_Schouw"]
    case = Play(country.transactions, clock, load.GRONINGEN)
    case.start(scenario["start"])
    country.publish(new_bases.without_visit(), "2.0.0")
    assert [one.point for one in offer(country).statuses if one.status == "void"] == ["vp-schouw"]
    change(country, given_up("vp-schouw", country.choices(load.GRONINGEN)[0]))
    adopt(country)
    case.go_on(steps)
    view = case.view()
    assert (view.incidents, view.case.end_node, view.variables["schouw"]) == ([], "End_Verleend", None)


def test_a_table_made_anew_rules_new_cases_and_the_old_one_those_that_run(country: Country, clock: Any) -> None:
    asked = dict(SCENARIOS["verleend"]["start"]) | {"aantalBezoekers": 300, "vuurwerk": False, "wegafsluiting": False}
    case = Play(country.transactions, clock, load.EMMEN)
    case.start(asked)
    country.publish(new_bases.renamed_input(), "2.0.0")
    choices, _ = country.choices(load.EMMEN)
    (table,) = (choice for choice in choices if choice["point"] == "vp-risico")
    anew = table["dmn"].replace("aantalBezoekers", "bezoekers").replace("&gt;= 250<", "&gt;= 400<")
    left = given_up("vp-risico", choices)
    with pytest.raises(ModelRefused) as unfit:
        change(
            country,
            [*left, table | {"fromVersion": "2.0.0", "dmn": table["dmn"].replace("wegafsluiting", "zomaar")}],
            EMMEN,
        )
    assert {problem.at for problem in unfit.value.problems} == {"vp-risico"}
    change(country, [*left, table | {"fromVersion": "2.0.0", "dmn": anew}], EMMEN)
    assert {one.status for one in offer(country, EMMEN).statuses} == {"fits"}
    adopt(country, EMMEN)
    new = Play(country.transactions, clock, load.EMMEN)
    new.start(asked)
    for one in (case, new):
        one.complete("Task_Volledigheid", {"volledig": "ja"})
    assert (case.view().variables["risicoklasse"], new.view().variables["risicoklasse"]) == ("B", "A")


def test_a_choice_that_is_over_stands_in_nobodys_way(country: Country) -> None:
    choices, _ = country.choices(load.GRONINGEN)
    ended = [choice | {"validUntil": "2026-08-31"} if choice["point"] == "vp-leges" else choice for choice in choices]
    change(country, ended)
    version = country.publish(new_bases.without_fee(), "2.0.0")
    assert country.states(version)["Groningen"] == "adopted"
    change(country, [*ended[1:], ended[0]])


def test_what_is_new_must_be_right_also_for_days_that_are_over(country: Country) -> None:
    over = {"point": "vp-leges", "value": 501, "reason": "Oud", "validUntil": "2025-12-31"}
    with pytest.raises(ModelRefused) as found:
        change(country, [*country.choices(load.GRONINGEN)[0], over])
    assert {problem.at for problem in found.value.problems} == {"vp-leges"}


def test_a_choice_that_is_given_up_at_a_point_without_a_safe_default_is_asked_for_anew(country: Country) -> None:
    choice = {"point": "vp-adviestermijn", "value": "P3W", "reason": "Adviseurs hebben tijd nodig"}
    choices, _ = country.choices(load.GRONINGEN)
    change(country, [*choices, choice])
    country.publish(new_bases.without_fee(of=new_bases.asking()), "2.0.0")
    change(country, given_up("vp-adviestermijn", [*choices, choice]))
    found = {one.point: one.status for one in offer(country).statuses}
    assert found == {
        "vp-leges": "void",
        "vp-beslistermijn": "fits",
        "vp-schouw": "fits",
        "vp-adviestermijn": "new-point",
    }
    with pytest.raises(Invalid) as asked:
        adopt(country)
    assert {problem.at for problem in asked.value.problems} == {"vp-leges", "vp-adviestermijn"}


def test_an_offer_tells_how_it_stands(country: Country) -> None:
    country.publish(new_bases.without_fee(), "2.0.0")
    held = offer(country)
    assert (held.state, held.changeable, held.running.semver if held.running else "") == ("held", True, "1.0.0")
    assert held.comparison and any("eges" in change.nl for change in held.comparison.changes)
    country.publish(new_bases.other_letter(), "2.1.0")
    overtaken = offer(country)
    assert (overtaken.state, overtaken.changeable, overtaken.statuses, overtaken.comparison) == (
        "overtaken",
        False,
        (),
        None,
    )
    mine = offer(country, semver="2.1.0")
    assert (mine.state, mine.changeable, mine.later) == ("adopted", False, False)
