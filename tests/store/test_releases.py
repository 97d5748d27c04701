"""Rings, policies, legal fixes and last lawful start dates: who gets a version when, and nobody is ever missing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.domain.caller import Caller, system
from engine.domain.errors import Forbidden, Invalid, NotFound, StateConflict
from engine.domain.ids import new_id
from engine.store import people, rollouts
from engine.store.models import Version
from engine.usecases.adopt_version import AdoptVersion, adopt_version
from engine.usecases.announce import admit_tenants
from engine.usecases.hold_version import HoldVersion, hold_version
from engine.usecases.open_ring import OpenRing, open_ring
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.put_in_ring import PutInRing, put_in_ring
from engine.usecases.see_notice import see_notice
from engine.usecases.set_policy import SetPolicy, set_policy
from engine.worker.run_one import claim_due
from tenants.demo import load
from tenants.release import Release
from tests.store import new_bases
from tests.store.country import OWNER, Country, everyone
from tests.store.editors import DAAN, KEY, LOTTE

TODAY = date(2026, 9, 21)  # of the clock of the tests
DAY = 86_400_000
CHIEF = replace(DAAN, rights=frozenset({"administrator"}))


def publish(country: Country, files: dict[str, bytes], semver: str, on: date | None = None, **how: Any) -> Version:
    command = PublishModel(files, semver, "Nieuw", on, release=Release(**how))
    made: Version = country.act(publish_model, system(load.PLUS_1), command)
    country.work()
    return made


def wants(country: Country, policy: str, until: date | None = None, key: str = "", caller: Caller = CHIEF) -> None:
    country.act(set_policy, caller, SetPolicy(key, policy, "Wij kijken eerst zelf", until))


def row(country: Country, caller: Caller, version: Version) -> rollouts.Rollout:
    with country.transactions.of(caller.tenant) as transaction:
        return rollouts.lock(transaction, version.id)


def test_after_own_approval_a_version_that_fits_waits_for_the_municipality(country: Country) -> None:
    wants(country, "approval")
    version = publish(country, new_bases.other_letter(), "1.1.0")
    assert country.states(version) == everyone("adopted", Utrecht="held")
    assert country.running() == everyone("1.1.0", Utrecht="1.0.0")
    country.act(adopt_version, DAAN, AdoptVersion(KEY, version.id, 0))
    assert country.running()["Utrecht"] == "1.1.0"


def test_a_policy_of_one_model_goes_before_the_default(country: Country) -> None:
    wants(country, "approval")
    wants(country, "automatic", key=KEY)
    assert country.states(publish(country, new_bases.other_letter(), "1.1.0")) == everyone("adopted")


def test_held_until_a_date_it_goes_over_on_that_day(country: Country, clock: Any) -> None:
    wants(country, "until", TODAY + timedelta(days=30))
    version = publish(country, new_bases.other_letter(), "1.1.0")
    assert country.states(version)["Utrecht"] == "deferred" and country.running()["Utrecht"] == "1.0.0"
    clock.now += 31 * DAY
    country.work()
    assert country.states(version)["Utrecht"] == "adopted" and country.running()["Utrecht"] == "1.1.0"


def test_what_a_policy_must_say(country: Country) -> None:
    with pytest.raises(Invalid) as wrong:
        country.act(set_policy, CHIEF, SetPolicy("", "misschien", " ", TODAY))
    assert [problem.at for problem in wrong.value.problems] == ["policy", "until", "reason"]
    with pytest.raises(Invalid):
        wants(country, "until", TODAY)
    with pytest.raises(NotFound):
        wants(country, "approval", key="bestaat-niet")
    with pytest.raises(Forbidden):
        wants(country, "approval", caller=DAAN)


def test_a_version_goes_ring_by_ring_and_nobody_is_missing(country: Country) -> None:
    for slug, ring in (("utrecht", "test"), ("emmen", "pilot")):
        country.act(put_in_ring, LOTTE, PutInRing(slug, ring, "Doet graag mee"))
    version = publish(country, new_bases.other_letter(), "1.1.0", ring="test")
    assert country.states(version) == {"Utrecht": "adopted", "Emmen": "waiting", "Groningen": "waiting"}
    assert country.running() == everyone("1.0.0", Utrecht="1.1.0")
    assert country.act(open_ring, LOTTE, OpenRing(KEY, "1.1.0", "pilot")) == 1
    country.work()
    assert country.states(version) == {"Utrecht": "adopted", "Emmen": "adopted", "Groningen": "waiting"}
    with pytest.raises(StateConflict):
        country.act(open_ring, LOTTE, OpenRing(KEY, "1.1.0", "pilot"))
    country.act(open_ring, LOTTE, OpenRing(KEY, "1.1.0", "everyone"))
    country.work()
    assert country.states(version) == everyone("adopted") and country.running() == everyone("1.1.0")


def test_rings_open_on_their_days(country: Country, clock: Any) -> None:
    country.act(put_in_ring, LOTTE, PutInRing("emmen", "pilot", "Doet graag mee"))
    days = {"pilot_on": TODAY + timedelta(days=7), "everyone_on": TODAY + timedelta(days=14)}
    version = publish(country, new_bases.other_letter(), "1.1.0", ring="test", **days)
    assert country.states(version) == everyone("waiting")
    clock.now += 7 * DAY
    country.work()
    assert country.states(version) == everyone("waiting", Emmen="adopted")
    clock.now += 7 * DAY
    country.work()
    assert country.states(version) == everyone("adopted")


def test_who_puts_whom_in_a_ring(country: Country) -> None:
    for caller, slug in ((DAAN, "emmen"), (LOTTE, "plus-1"), (LOTTE, "nergens")):
        with pytest.raises(NotFound):
            country.act(put_in_ring, caller, PutInRing(slug, "test", "Daarom"))
    with pytest.raises(Invalid) as wrong:
        country.act(put_in_ring, LOTTE, PutInRing("emmen", "eerste", ""))
    assert [problem.at for problem in wrong.value.problems] == ["reason", "ring"]
    publish(country, new_bases.other_letter(), "1.1.0", ring="test")
    with pytest.raises(NotFound):
        country.act(open_ring, DAAN, OpenRing(KEY, "1.1.0", "pilot"))
    with pytest.raises(NotFound):
        country.act(open_ring, LOTTE, OpenRing(KEY, "1.1.0", "vijfde"))


def test_a_legal_fix_goes_before_policy_and_ring_but_never_before_the_checks(country: Country) -> None:
    wants(country, "approval")
    country.act(put_in_ring, LOTTE, PutInRing("utrecht", "everyone", "Laatste"))
    why = {"legal_basis": "Awb 4:13", "legal_reason": "De rechter heeft gesproken"}
    version = publish(country, new_bases.without_fee(), "2.0.0", ring="test", **why)
    assert country.states(version) == everyone("adopted", Groningen="held")
    noticed = row(country, DAAN, version)
    assert noticed.seen_at is None and noticed.decided_by == "system:plus1"
    with pytest.raises(StateConflict, match="Awb 4:13"):
        country.act(hold_version, OWNER[load.GRONINGEN], HoldVersion(KEY, version.id, "Nu niet"))
    country.act(see_notice, DAAN, version.id)
    assert row(country, DAAN, version).seen_by_name == "Daan"


def test_putting_off_needs_a_reason_and_a_day_that_may_be(country: Country, clock: Any) -> None:
    wants(country, "approval")
    last = TODAY + timedelta(days=60)
    version = publish(country, new_bases.other_letter(), "1.1.0", earlier_until=last)
    for until, at in ((TODAY, ["reason", "until"]), (last + timedelta(days=1), ["reason", "until"])):
        with pytest.raises(Invalid) as wrong:
            country.act(hold_version, DAAN, HoldVersion(KEY, version.id, "", until))
        assert [problem.at for problem in wrong.value.problems] == at
    country.act(hold_version, DAAN, HoldVersion(KEY, version.id, "Eerst de verkiezingen", TODAY + timedelta(days=9)))
    put_off = row(country, DAAN, version)
    assert (put_off.state, put_off.reason) == ("deferred", "Eerst de verkiezingen")
    clock.now += 9 * DAY
    country.work()
    assert country.states(version)["Utrecht"] == "held", "the policy still asks for approval"
    with pytest.raises(StateConflict):
        country.act(hold_version, OWNER[load.EMMEN], HoldVersion(KEY, version.id, "Nu niet"))


def test_after_the_last_lawful_start_no_case_begins_until_somebody_decides(country: Country, clock: Any) -> None:
    version = publish(country, new_bases.without_fee(), "2.0.0", earlier_until=TODAY + timedelta(days=30))
    assert country.states(version)["Groningen"] == "held" and country.start(load.GRONINGEN)
    clock.now += 31 * DAY
    country.work()
    assert country.states(version)["Groningen"] == "held"
    with pytest.raises(StateConflict, match="no successor was adopted"):
        country.start(load.GRONINGEN)
    assert country.start(load.UTRECHT)


def test_where_the_base_says_so_its_own_answer_is_taken_then_with_notice(country: Country, clock: Any) -> None:
    old = new_bases.changed("process.bpmn", ('id="vp-leges"', 'id="vp-leges" onExpiry="default"'))
    publish(country, old, "1.1.0")
    version = publish(country, new_bases.without_fee(), "2.0.0", earlier_until=TODAY + timedelta(days=30))
    assert country.states(version)["Groningen"] == "held"
    clock.now += 31 * DAY
    country.work()
    assert country.running() == everyone("2.0.0") and country.start(load.GRONINGEN)
    with country.transactions.of(load.GRONINGEN) as transaction:
        told = rollouts.statuses(transaction, load.PLUS_1, version.id)[load.GRONINGEN]
        assert rollouts.unseen(transaction)[0].version_id == version.id
    assert [one.point for one in told if one.status == "default-taken"] == ["vp-leges"]
    choices, _ = country.choices(load.GRONINGEN)
    assert next(one for one in choices if one["point"] == "vp-leges")["beforeVersion"] == "2.0.0"


def test_who_waits_for_its_own_approval_goes_over_when_the_old_version_ends(country: Country, clock: Any) -> None:
    wants(country, "approval")
    version = publish(country, new_bases.other_letter(), "1.1.0", earlier_until=TODAY + timedelta(days=5))
    assert country.states(version)["Utrecht"] == "held"
    clock.now += 6 * DAY
    country.work()
    assert country.running() == everyone("1.1.0")


def test_who_joins_later_has_a_row_of_what_is_in_force(country: Country) -> None:
    version = publish(country, new_bases.other_letter(), "1.1.0")
    late = new_id()
    with country.transactions.of(late) as transaction:
        people.put_tenant(transaction, "municipality", "assen", "Assen", None)
    with country.transactions.of(load.PLUS_1) as transaction:
        assert admit_tenants(transaction) >= 1
        assert admit_tenants(transaction) == 0
    assert country.states(version) == everyone("adopted", Assen="adopted")
    assert claim_due(country.transactions) == []
    with country.transactions.of(load.UTRECHT) as transaction:
        assert admit_tenants(transaction) == 0
