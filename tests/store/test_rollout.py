"""Roll-out: a version reaches whom it fits at once, and who must decide first works on with what they have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bpmn.library import shelf
from engine.domain.caller import system
from engine.domain.errors import Forbidden, Invalid, ModelRefused, NotFound, StaleRevision, StateConflict
from engine.queries import upgrades
from engine.queries import versions as version_queries
from engine.store import rollouts
from engine.usecases.adopt_version import AdoptVersion, adopt_version
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.publish_model import PublishModel, publish_model
from tenants.demo import load
from tests.store import new_bases
from tests.store.country import NAMES, OWNER, Country, everyone, given_up, new_model
from tests.store.editors import DAAN, KEY, LOTTE, SMALL


def test_the_first_version_of_a_model_is_for_everyone_at_once(country: Country) -> None:
    version = country.publish(SMALL, "1.0.0", work=False)
    assert country.states(version) == everyone("adopted")
    own = country.act(publish_model, system(load.UTRECHT), PublishModel(new_model("eigen"), "1.0.0", "eigen"))
    assert country.act(version_queries.rollout_report, DAAN, own.id) == []


def test_a_version_waits_only_for_those_whose_choices_must_be_looked_at(country: Country) -> None:
    version = country.publish(new_bases.other_letter(), "1.1.0", work=False)
    assert country.states(version) == everyone("pending", Utrecht="adopted")
    assert country.running() == everyone("1.0.0", Utrecht="1.1.0")
    country.work()
    assert country.states(version) == everyone("adopted")
    assert country.running() == everyone("1.1.0")
    for line in country.act(version_queries.rollout_report, LOTTE, version.id):
        assert line.decided_by_name is None and line.decided_at is not None
        wanted = {"Utrecht": 0, "Groningen": 3, "Emmen": 2}[line.tenant_name]
        assert [status.status for status in line.statuses] == ["fits"] * wanted
    assert all(country.act(upgrades.waiting, caller) == [] for caller in OWNER.values())


@pytest.mark.parametrize(
    ("files", "tenant", "point", "status"),
    [
        (new_bases.without_fee, load.GRONINGEN, "vp-leges", "void"),
        (new_bases.renamed_input, load.EMMEN, "vp-risico", "needs-attention"),
        (new_bases.without_visit, load.GRONINGEN, "vp-schouw", "void"),
    ],
)
def test_a_change_holds_only_the_municipality_whose_choice_it_breaks(
    country: Country, files: Callable[[], dict[str, bytes]], tenant: UUID, point: str, status: str
) -> None:
    before = {each: country.start(each) for each in NAMES}
    version = country.publish(files(), "2.0.0")
    name = NAMES[tenant]
    assert country.states(version) == everyone("adopted", **{name: "held"})
    assert country.running() == everyone("2.0.0", **{name: "1.0.0"})
    for each in NAMES:
        assert country.version_of(each, before[each]) != version.id
        assert (country.version_of(each, country.start(each)) == version.id) == (each != tenant)
    (upgrade,) = country.act(upgrades.waiting, OWNER[tenant])
    assert (upgrade.running.semver, upgrade.offered.semver, upgrade.revision) == ("1.0.0", "2.0.0", 1)
    blocking = [one for one in upgrade.statuses if one.status in ("void", "needs-attention", "new-point")]
    assert [(one.point, one.status) for one in blocking] == [(point, status)]
    assert all(one.nl and one.en and one.remedy_nl and one.remedy_en for one in upgrade.statuses)
    assert [country.act(upgrades.waiting, caller) for at, caller in OWNER.items() if at != tenant] == [[], []]


def test_the_municipality_decides_and_its_choices_go_with_it(country: Country) -> None:
    old = country.start(load.GRONINGEN)
    version = country.publish(new_bases.without_fee(), "2.0.0")
    daan = OWNER[load.GRONINGEN]
    choices, revision = country.choices(load.GRONINGEN)
    with pytest.raises(Invalid, match="Not all choices fit version 2.0.0 yet") as unfit:
        country.act(adopt_version, daan, AdoptVersion(KEY, version.id, revision))
    assert [problem.at for problem in unfit.value.problems] == ["vp-leges"]
    with pytest.raises(StaleRevision) as stale:
        country.act(adopt_version, daan, AdoptVersion(KEY, version.id, revision - 1))
    assert stale.value.current == revision
    assert country.running()["Groningen"] == "1.0.0" and country.choices(load.GRONINGEN) == (choices, revision)
    country.act(change_override, daan, ChangeOverride(KEY, given_up("vp-leges", choices), revision))
    assert country.act(adopt_version, daan, AdoptVersion(KEY, version.id, revision + 1)).semver == "2.0.0"
    assert country.running() == everyone("2.0.0")
    assert country.version_of(load.GRONINGEN, country.start(load.GRONINGEN)) == version.id
    assert country.version_of(load.GRONINGEN, old) != version.id
    lines = {line.tenant_name: line for line in country.act(version_queries.rollout_report, LOTTE, version.id)}
    assert (lines["Groningen"].state, lines["Groningen"].decided_by_name) == ("adopted", "Daan")
    assert [one.status for one in lines["Groningen"].statuses] == ["fits", "fits"]
    with pytest.raises(StateConflict):
        country.act(adopt_version, daan, AdoptVersion(KEY, version.id, revision + 1))


def test_who_is_held_takes_a_newer_version_that_fits(country: Country) -> None:
    country.publish(new_bases.without_fee(), "2.0.0")
    assert country.running()["Groningen"] == "1.0.0"
    country.publish(new_bases.other_letter(), "2.1.0")
    assert country.running() == everyone("2.1.0")
    assert country.act(upgrades.waiting, OWNER[load.GRONINGEN]) == []
    version = country.publish(new_bases.without_fee(of=new_bases.without_visit()), "3.0.0")
    (upgrade,) = country.act(upgrades.waiting, OWNER[load.GRONINGEN])
    assert (upgrade.running.semver, upgrade.offered.id) == ("2.1.0", version.id)


def test_changing_choices_is_checked_against_what_runs_and_tells_how_the_offer_stands_now(country: Country) -> None:
    version = country.publish(new_bases.without_fee(), "2.0.0")
    daan = OWNER[load.GRONINGEN]
    choices, revision = country.choices(load.GRONINGEN)
    dearer = [choice | {"value": 99} if choice["point"] == "vp-leges" else choice for choice in choices]
    country.act(change_override, daan, ChangeOverride(KEY, dearer, revision))
    country.act(change_override, daan, ChangeOverride(KEY, given_up("vp-leges", choices), revision + 1))
    country.work()
    (upgrade,) = country.act(upgrades.waiting, daan)
    assert upgrade.revision == revision + 2 and {one.status for one in upgrade.statuses} == {"fits"}
    assert country.running()["Groningen"] == "1.0.0"
    country.act(adopt_version, daan, AdoptVersion(KEY, version.id, revision + 2))
    assert country.running()["Groningen"] == "2.0.0"


def test_a_choice_that_no_base_has_an_answer_for_is_asked_of_everyone(country: Country) -> None:
    version = country.publish(new_bases.asking(), "2.0.0")
    assert country.states(version) == everyone("held") and country.running() == everyone("1.0.0")
    (upgrade,) = country.act(upgrades.waiting, DAAN)
    assert [(one.point, one.status) for one in upgrade.statuses] == [("vp-adviestermijn", "new-point")]
    with pytest.raises(Invalid) as asked:
        country.act(adopt_version, DAAN, AdoptVersion(KEY, version.id, 0))
    assert [problem.at for problem in asked.value.problems] == ["vp-adviestermijn"]
    choice = {"point": "vp-adviestermijn", "value": "P3W", "reason": "Adviseurs hebben tijd", "fromVersion": "2.0.0"}
    country.act(change_override, DAAN, ChangeOverride(KEY, [choice], 0))
    country.act(adopt_version, DAAN, AdoptVersion(KEY, version.id, 1))
    assert country.running()["Utrecht"] == "2.0.0"


def test_a_version_for_a_later_day_is_looked_at_again_when_choices_change(country: Country, clock: Any) -> None:
    version = country.publish(new_bases.without_fee(), "2.0.0", date(2027, 1, 1))
    assert country.states(version) == everyone("adopted", Groningen="held") and country.running() == everyone("1.0.0")
    choice = {"point": "vp-leges", "value": 80, "reason": "Raadsbesluit"}
    country.act(change_override, DAAN, ChangeOverride(KEY, [choice], 0))
    assert country.states(version)["Utrecht"] == "pending"
    country.work()
    assert country.states(version)["Utrecht"] == "held"
    clock.now += 200 * 86_400_000
    assert country.running() == everyone("1.0.0", Emmen="2.0.0")


def test_until_its_day_a_version_leaves_the_choices_of_today_alone(country: Country, clock: Any) -> None:
    longer = ('min="P1W" max="P6W" owner', 'min="P1W" max="P7W" owner'), ('"P2W" max="P6W"', '"P2W" max="P7W"')
    files = new_bases.changed("process.bpmn", *longer, of=new_bases.asking())
    version = country.publish(files, "2.0.0", date(2027, 2, 1))
    choice = {"point": "vp-adviestermijn", "value": "P7W", "reason": "Adviseurs hebben tijd nodig"}
    with pytest.raises(ModelRefused, match="cannot be used"):
        country.act(change_override, DAAN, ChangeOverride(KEY, [choice], 0))
    country.act(change_override, DAAN, ChangeOverride(KEY, [choice | {"fromVersion": "2.0.0"}], 0))
    country.act(adopt_version, DAAN, AdoptVersion(KEY, version.id, 1))
    assert country.states(version)["Utrecht"] == "adopted" and country.running()["Utrecht"] == "1.0.0"
    clock.now += 200 * 86_400_000
    assert country.running()["Utrecht"] == "2.0.0" and country.start(load.UTRECHT)


def test_who_adopts_what_is_not_offered_to_them(country: Country) -> None:
    version = country.publish(new_bases.without_fee(), "2.0.0")
    own = country.act(publish_model, system(load.EMMEN), PublishModel(new_model("eigen"), "1.0.0", "eigen"))
    for caller, key, id_ in ((LOTTE, KEY, version.id), (DAAN, KEY, own.id), (DAAN, "eigen", version.id)):
        with pytest.raises(NotFound):
            country.act(adopt_version, caller, AdoptVersion(key, id_, 0))
    clerk = replace(OWNER[load.GRONINGEN], rights=frozenset({"clerk", "publisher", "administrator"}))
    with pytest.raises(Forbidden):
        country.act(adopt_version, clerk, AdoptVersion(KEY, version.id, 1))
    for caller in (DAAN, OWNER[load.EMMEN]):
        with pytest.raises(NotFound):
            country.act(version_queries.rollout_report, caller, version.id)


def test_rows_of_a_rollout_are_for_the_owner_and_the_tenant_itself(country: Country) -> None:
    version = country.publish(new_bases.without_fee(), "2.0.0")

    def seen(tenant: UUID, table: str) -> set[UUID]:
        with country.transactions.of(tenant) as transaction:
            found = transaction.run(text(f"select tenant_id from {table} where version_id = :id"), {"id": version.id})
            return set(found.scalars())

    for tenant in NAMES:
        assert seen(tenant, "rollout") == {tenant} and seen(tenant, "rollout_status") <= {tenant}
    assert seen(load.PLUS_1, "rollout") == set(NAMES)
    assert seen(load.PLUS_1, "rollout_status") == {load.GRONINGEN, load.EMMEN}
    with country.transactions.of(load.UTRECHT) as transaction:
        foreign = {"of": load.GRONINGEN}
        for change in ("update rollout set state = 'adopted'", "delete from rollout_status"):
            done = transaction.run(text(f"{change} where tenant_id = :of"), foreign)
            assert done.rowcount == 0  # type: ignore[attr-defined]  # a cursor result has it
    forged = "insert into rollout (owner_id, version_id, tenant_id, key, state, override_revision) values "
    forged += "(:owner, :version, :other, 'x', 'adopted', 0)"
    values = {"owner": load.PLUS_1, "version": version.id, "other": load.UTRECHT}
    with pytest.raises(ProgrammingError, match="row-level"), country.transactions.of(load.UTRECHT) as transaction:
        transaction.run(text(forged), values)
    for column in ("owner_id", "version_id", "tenant_id", "key"):
        with pytest.raises(ProgrammingError, match="denied"), country.transactions.of(load.UTRECHT) as transaction:
            transaction.run(text(f"update rollout set {column} = {column}"))


def test_who_has_choices_is_told_to_the_owner_of_the_model_alone(country: Country) -> None:
    for tenant, wanted in ((load.PLUS_1, {load.GRONINGEN, load.EMMEN}), (load.UTRECHT, set()), (load.EMMEN, set())):
        with country.transactions.of(tenant) as transaction:
            assert rollouts.choosers(transaction, KEY) == wanted
    _, revision = country.choices(load.EMMEN)
    country.act(change_override, OWNER[load.EMMEN], ChangeOverride(KEY, [], revision))
    with country.transactions.of(load.PLUS_1) as transaction:
        assert rollouts.choosers(transaction, KEY) == {load.GRONINGEN}


def test_the_library_is_the_version_that_these_changes_begin_from(country: Country) -> None:
    version = country.publish(shelf.files(KEY), "1.0.1")
    assert country.states(version) == everyone("adopted")
