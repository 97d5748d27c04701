"""Roll-out when things go wrong: workers die, one tenant's data is broken, two things happen at once."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import text

from engine.domain.caller import system
from engine.domain.errors import ModelRefused
from engine.queries import upgrades
from engine.queries import versions as version_queries
from engine.settings import Settings
from engine.store import jobs, models
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.roll_out import ATTEMPTS, HoldBack, RollOut, hold_back, roll_out
from engine.worker.run_one import claim_due, run_one
from tenants.demo import load
from tests.store import new_bases
from tests.store.country import NAMES, OWNER, Country, everyone
from tests.store.editors import KEY, LOTTE

FEE = {"point": "vp-leges", "value": 80, "reason": "Raadsbesluit"}


@pytest.mark.parametrize("stored", ["[{}]", "geen json"])
def test_one_tenant_that_fails_is_held_and_told_and_stops_no_other(country: Country, stored: str) -> None:
    with country.transactions.of(load.EMMEN) as transaction:
        models.add_override(transaction, KEY, 2, stored, "person:iemand")
    version = country.publish(new_bases.other_letter(), "1.1.0")
    assert country.states(version) == everyone("adopted", Emmen="held")
    (upgrade,) = country.act(upgrades.waiting, OWNER[load.EMMEN])
    (status,) = upgrade.statuses
    assert status.status == "needs-attention" and status.nl and status.en and status.nl != status.en
    assert "Traceback" not in status.nl and "msgspec" not in status.nl
    assert claim_due(country.transactions) == []


def test_what_a_worker_left_is_done_by_the_next(country: Country, clock: Any) -> None:
    version = country.publish(new_bases.other_letter(), "1.1.0", work=False)
    for _ in range(ATTEMPTS - 1):
        for tenant, job in claim_due(country.transactions):
            with country.transactions.of(tenant) as transaction:
                assert jobs.claim(transaction, job, 60) is not None
        clock.now += 61_000
    assert country.states(version) == everyone("pending", Utrecht="adopted")
    country.work()
    assert country.states(version) == everyone("adopted")


def test_a_tenant_whose_worker_always_dies_is_held(country: Country, clock: Any) -> None:
    version = country.publish(new_bases.other_letter(), "1.1.0", work=False)
    for _ in range(ATTEMPTS):
        for tenant, job in claim_due(country.transactions):
            with country.transactions.of(tenant) as transaction:
                jobs.claim(transaction, job, 60)
        clock.now += 61_000
    country.work()
    assert country.states(version) == everyone("held", Utrecht="adopted")
    (upgrade,) = country.act(upgrades.waiting, OWNER[load.EMMEN])
    assert str(ATTEMPTS) in upgrade.statuses[0].nl


def test_doing_it_twice_is_doing_it_once(country: Country) -> None:
    version = country.publish(new_bases.without_fee(), "2.0.0", work=False)
    due = claim_due(country.transactions)
    assert {tenant for tenant, _ in due} == {load.PLUS_1} and len(due) == 2
    assert [run_one(country.transactions, Settings(), *one) for one in due * 2] == [True, True, False, False]
    before = country.act(version_queries.rollout_report, LOTTE, version.id)
    for tenant in NAMES:
        for verb, command in ((roll_out, RollOut(version.id)), (hold_back, HoldBack(version.id, "stuk", "broken"))):
            if tenant != load.GRONINGEN or verb is roll_out:
                country.act(verb, system(tenant), command)
    after = country.act(version_queries.rollout_report, LOTTE, version.id)
    assert [(line.state, line.statuses) for line in after] == [(line.state, line.statuses) for line in before]


def test_who_chooses_while_a_version_is_published_is_looked_at(country: Country) -> None:
    """The choice is checked against 1.0.0; that it exists must be seen by the version that leaves no room for it."""
    made: list[Any] = []

    def publish() -> None:
        command = PublishModel(new_bases.without_fee(), "2.0.0", "Nieuw")
        made.append(country.act(publish_model, system(load.PLUS_1), command))

    late = threading.Thread(target=publish)
    with country.transactions.of(load.UTRECHT) as transaction:
        change_override(transaction, system(load.UTRECHT), ChangeOverride(KEY, [FEE], 0))
        late.start()
        time.sleep(0.5)
        assert made == []
    late.join()
    country.work()
    assert country.states(made[0]) == everyone("held", Emmen="adopted")


def test_who_chooses_while_their_choices_are_looked_at_waits_for_the_outcome(country: Country) -> None:
    country.publish(new_bases.without_visit(), "2.0.0", work=False)
    emmen, (choices, revision) = system(load.EMMEN), country.choices(load.EMMEN)
    visit = {"point": "vp-schouw", "on": False, "reason": "Op kantoor"}
    refused: list[ModelRefused] = []

    def choose() -> None:
        try:
            country.act(change_override, emmen, ChangeOverride(KEY, [*choices, visit], revision))
        except ModelRefused as error:
            refused.append(error)

    late = threading.Thread(target=choose)
    with country.transactions.of(load.EMMEN) as transaction:
        version = transaction.run(text("select version_id from rollout where state = 'pending'")).scalar_one()
        assert roll_out(transaction, emmen, RollOut(version)) == "adopted"
        late.start()
        time.sleep(0.5)
    late.join()
    assert len(refused) == 1 and country.choices(load.EMMEN) == (choices, revision)


def test_the_version_in_force_is_found_by_an_index_of_what_is_undecided(country: Country) -> None:
    country.publish(new_bases.without_fee(), "2.0.0")
    with country.transactions.of(load.GRONINGEN) as transaction:
        transaction.run(text("set local enable_seqscan = off"))
        values = {"key": KEY, "on": transaction.at.date(), "tenant": transaction.tenant}
        plan = "\n".join(transaction.run(text(f"explain {models.CURRENT_WITH_CHOICES}"), values).scalars())
    assert "ix_rollout_undecided" in plan, plan
