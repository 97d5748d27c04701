"""A scenario that fails refuses a version and a change of choices, and what is refused leaves nothing behind."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from bpmn.library import shelf
from engine.domain.caller import Caller, system
from engine.domain.errors import ModelRefused
from engine.domain.memory import LeastRecent
from engine.domain.ports import Wake
from engine.store import models
from engine.store.database import sessions
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import local_day
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.seed_demo import seed_demo
from tenants.demo import load

KEY = "evenementenvergunning"
TABLE = "decisions/risicoklasse.dmn"


@pytest.fixture
def seeded(pool: Engine, clock: Callable[[], int], woken: Wake) -> Transactions:
    transactions = Transactions(sessions(pool), clock, LeastRecent(), woken)
    seed_demo(transactions, {})
    return transactions


def test_a_version_whose_scenario_fails_is_refused(seeded: Transactions) -> None:
    files = dict(shelf.files(KEY))
    scenario = json.loads(files["scenarios/verleend.json"])
    scenario["steps"][2]["data"]["conceptVergunning"] = "misschien"
    files["scenarios/verleend.json"] = json.dumps(scenario).encode()
    with pytest.raises(ModelRefused) as refused, seeded.of(load.PLUS_1) as transaction:
        publish_model(transaction, system(load.PLUS_1), PublishModel(files, "9.0.0", "proef"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.path, problem.at) == (
        "scenario-failed",
        "scenarios/verleend.json",
        "Task_Voorbereiden",
    )
    assert problem.nl.startswith("Scenario 'verleend' mislukt bij stap 3 (Task_Voorbereiden): ")
    with seeded.of(load.PLUS_1) as transaction:
        assert "9.0.0" not in transaction.run(text("select semver from version")).scalars().all()


def test_choices_under_which_a_scenario_fails_are_refused(seeded: Transactions) -> None:
    owner = Caller(load.UTRECHT, "person", "x", "X", frozenset({"owner"}))
    table = shelf.files(KEY)[TABLE].decode()
    always_high = table.replace('<text>"B"</text>', '<text>"C"</text>')
    assert always_high != table
    choice = {"point": "vp-risico", "dmn": always_high, "reason": "Proef"}
    with seeded.of(load.UTRECHT) as transaction:
        revision = models.override(transaction, KEY).revision
        assert models.current_version(transaction, KEY, local_day(transaction.at))
    command = ChangeOverride(KEY, [choice], revision)
    with pytest.raises(ModelRefused) as refused, seeded.of(load.UTRECHT) as transaction:
        change_override(transaction, owner, command)
    assert {problem.code for problem in refused.value.problems} == {"scenario-failed"}
    assert "scenarios/verleend.json" in {problem.path for problem in refused.value.problems}
    later = replace(command, choices=[{**choice, "validFrom": "2090-01-01"}])
    with pytest.raises(ModelRefused), seeded.of(load.UTRECHT) as transaction:
        change_override(transaction, owner, later)
    good = replace(command, choices=[{**choice, "dmn": table}])
    with seeded.of(load.UTRECHT) as transaction:
        assert change_override(transaction, owner, good) == revision + 1
