"""Bad input: what is wrong is named, in two languages, all of it at once, and a refusal leaves no row behind."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bpmn.library import shelf
from engine.domain.caller import system
from engine.domain.errors import (
    Invalid,
    ModelRefused,
    NotFound,
    Plus1Error,
    StaleRevision,
    StateConflict,
    Unavailable,
)
from engine.domain.memory import LeastRecent
from engine.queries import cases as case_queries
from engine.store import listing
from engine.store.database import sessions
from engine.store.tables import Base
from engine.store.transaction import Transactions
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.complete_task import CompleteTask, complete_task
from engine.usecases.publish_message import PublishMessage, publish_message
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.seed_demo import seed_demo
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from tenants.demo import load

KEY = "evenementenvergunning"
GOOD = (Path(__file__).parents[1] / "models" / "keuze.bpmn").read_text()
UNCOUNTED = {"web_session", "person"}  # of no tenant
Count = Callable[[], dict[str, int]]


@pytest.fixture
def seeded(pool: Engine, clock: Any, woken: Any) -> Transactions:
    made = Transactions(sessions(pool), clock, LeastRecent(), woken)
    seed_demo(made, {})
    return made


@pytest.fixture
def rows(seeded: Transactions) -> Count:
    """How many rows every table has for Utrecht and the collective together."""

    def count() -> dict[str, int]:
        found: dict[str, int] = {}
        for tenant in (load.UTRECHT, load.PLUS_1):
            with seeded.of(tenant) as transaction:
                for name in Base.metadata.tables.keys() - UNCOUNTED:
                    number = transaction.run(text(f"select count(*) from {name}")).scalar_one()  # ours
                    found[name] = found.get(name, 0) + number
        return found

    return count


def refusal(transactions: Transactions, tenant: UUID, verb: Any, command: object) -> Plus1Error:
    """The error with which the verb refuses; it says itself in two languages."""
    with pytest.raises(Plus1Error) as caught, transactions.of(tenant) as transaction:
        verb(transaction, system(tenant), command)
    error = caught.value
    said = [(error.nl, error.en), *((problem.nl, problem.en) for problem in error.problems)]
    assert all(nl and en and nl != en for nl, en in said), said
    return error


def line_of(source: str, marked: str) -> int:
    return source[: source.index(marked)].count("\n") + 1


def replaced(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def wide(body: str) -> str:
    """A process around one element, each on a line of its own."""
    head = GOOD[: GOOD.index("<process")]
    return (
        f'{head}<process id="p" isExecutable="true">\n<startEvent id="S"/>\n{body}\n<endEvent id="E"/>\n'
        '<sequenceFlow id="f1" sourceRef="S" targetRef="X"/><sequenceFlow id="f2" sourceRef="X" targetRef="E"/>\n'
        "</process></definitions>"
    )


CONDITION = "=bedrag &gt; 100"
FAULTS = {
    "broken XML": (GOOD.replace("</process>", ""), "", "</definitions>", ""),
    "no XML": ("geen xml", "", "geen", ""),
    "DOCTYPE": (GOOD.replace("<definitions", '<!DOCTYPE x [<!ENTITY a "b">]>\n<definitions', 1), "", "", "DOCTYPE"),
    "no BPMN": ("<x/>", "", "<x/>", "BPMN"),
    "unsupported element": (wide('<complexTask id="X"/>'), "X", '"X"', "complexTask"),
    "task without work": (wide('<serviceTask id="X"/>'), "X", '"X"', "serviceTask"),
    "unknown job type": (
        wide('<serviceTask id="X"><extensionElements><zeebe:taskDefinition type="telex"/></extensionElements>'
             "</serviceTask>"),
        "X", '"X"', "telex",
    ),
    "unsupported event": (
        wide('<intermediateCatchEvent id="X"><errorEventDefinition/></intermediateCatchEvent>'), "X", '"X"', "error",
    ),
    "receive without message": (wide('<receiveTask id="X"/>'), "X", '"X"', ""),
    "FEEL syntax in a condition": (replaced(CONDITION, "=bedrag &gt;"), "f3", 'id="f3"', "bedrag >"),
    "FEEL syntax in a script": (replaced('"=bedrag * 2"', '"=bedrag ** * 2"'), "Rekenen", 'id="Rekenen"', "bedrag"),
    "condition is text": (replaced(CONDITION, "ja"), "f3", 'id="f3"', "'ja'"),
    "unknown form": (
        wide('<userTask id="X"><extensionElements><zeebe:formDefinition formId="weg"/></extensionElements></userTask>'),
        "X", '"X"', "weg",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_publishing_names_element_and_line(seeded: Transactions, rows: Count, kind: str) -> None:
    source, element, marked, word = FAULTS[kind]
    before = rows()
    command = PublishModel({"process.bpmn": source.encode()}, "1.0.0", "test")
    error = refusal(seeded, load.UTRECHT, publish_model, command)
    assert isinstance(error, ModelRefused)
    found = [p for p in error.problems if p.at == element and word in p.nl and word in p.en]
    assert found and found[0].path == "process.bpmn", error.problems
    if marked:
        assert abs(found[0].line - line_of(source, marked)) <= (0 if element else 1), found
    assert rows() == before


def test_every_fault_of_a_package_at_once(seeded: Transactions, rows: Count) -> None:
    source = replaced(CONDITION, "ja").replace('"=bedrag * 2"', '"=bedrag *"')
    files = {"process.bpmn": source.encode(), "forms/stuk.json": b"{", "decisions/stuk.dmn": b"<definitions"}
    before = rows()
    error = refusal(seeded, load.UTRECHT, publish_model, PublishModel(files, "1.0.0", "test"))
    assert {problem.path for problem in error.problems} == {"process.bpmn", "forms/stuk.json", "decisions/stuk.dmn"}
    assert rows() == before


@pytest.mark.parametrize("semver", ["1", "1.0", "v1.0.0", "1.0.0-beta", "1.0.0\n", "01.0.0", "١.0.0"])
def test_version_numbers(seeded: Transactions, rows: Count, semver: str) -> None:
    before = rows()
    error = refusal(seeded, load.UTRECHT, publish_model, PublishModel({"process.bpmn": GOOD.encode()}, semver, ""))
    assert isinstance(error, Invalid) and error.problems[0].at == "version" and rows() == before


def test_a_published_version_stays(seeded: Transactions, rows: Count) -> None:
    command = PublishModel(shelf.files(KEY), "1.0.0", "nog eens")
    before = rows()
    assert isinstance(refusal(seeded, load.PLUS_1, publish_model, command), StateConflict) and rows() == before


FREE = {"reason": "Daarom", "validFrom": "2026-01-01"}


@pytest.mark.parametrize(
    ("choice", "at", "word"),
    [
        ({"point": "vp-bestaat-niet", "value": 1}, "vp-bestaat-niet", "vp-bestaat-niet"),
        ({"point": "vp-leges", "value": 501}, "vp-leges", "500"),
        ({"point": "vp-leges", "value": -1}, "vp-leges", "0"),
        ({"point": "vp-leges", "value": "veel"}, "vp-leges", ""),
        ({"point": "vp-beslistermijn", "value": "P13W"}, "vp-beslistermijn", "P12W"),
        ({"point": "vp-beslistermijn", "value": "P2W"}, "", "adviestermijn"),
        ({"point": "vp-adviseurs", "items": []}, "vp-adviseurs", ""),
        ({"point": "vp-leges", "value": 5, "reason": ""}, "vp-leges", ""),
    ],
)
def test_choices(seeded: Transactions, rows: Count, choice: dict[str, object], at: str, word: str) -> None:
    before = rows()
    error = refusal(seeded, load.UTRECHT, change_override, ChangeOverride(KEY, [FREE | choice], 0))
    assert isinstance(error, Invalid) and error.problems
    assert any((at in problem.at or at in problem.nl) and word in problem.nl for problem in error.problems), (
        error.problems
    )
    assert rows() == before


def test_choices_on_a_stale_revision(seeded: Transactions, rows: Count) -> None:
    before = rows()
    error = refusal(seeded, load.UTRECHT, change_override, ChangeOverride(KEY, [], 7))
    assert isinstance(error, StaleRevision) and error.current == 0 and rows() == before


def test_form_errors_at_once(seeded: Transactions, rows: Count) -> None:
    before = rows()
    given = Submission({"aantalBezoekers": -5, "soort": "parade", "aanvrager": {"email": "geen"}, "vreemd": 1})
    error = refusal(seeded, load.UTRECHT, start_case, StartCase(KEY, given))
    assert isinstance(error, Invalid)
    wrong = {"aantalBezoekers", "soort", "aanvrager.email", "vreemd", "evenement", "locatie", "datum"}
    assert wrong <= {problem.at for problem in error.problems} and rows() == before


@pytest.fixture
def task(seeded: Transactions) -> Callable[[], listing.TaskLine]:
    """A case of a small model, at its first task."""

    def begin(source: str = GOOD) -> listing.TaskLine:
        with seeded.of(load.UTRECHT) as transaction:
            command = PublishModel({"process.bpmn": source.encode()}, "1.0.0", "test")
            publish_model(transaction, system(load.UTRECHT), command)
        with seeded.of(load.UTRECHT) as transaction:
            start_case(transaction, system(load.UTRECHT), StartCase("keuze"))
        with seeded.of(load.UTRECHT) as transaction:
            return listing.open_tasks(transaction, system(load.UTRECHT), listing.TaskFilter())[0][0]

    return begin


@pytest.mark.parametrize("given", ["false", None, 1, []])
def test_a_condition_that_is_no_boolean_names_its_gateway(
    seeded: Transactions, task: Callable[..., listing.TaskLine], given: object
) -> None:
    line = task(replaced(CONDITION, "=bedrag"))
    with seeded.of(load.UTRECHT) as transaction:
        command = CompleteTask(line.id, line.revision, Submission({"bedrag": given}))
        complete_task(transaction, system(load.UTRECHT), command)
    with seeded.of(load.UTRECHT) as transaction:
        view = case_queries.read_case(transaction, system(load.UTRECHT), line.instance_id)
    ((node, code, message),) = [(one.node, one.code, one.message) for one in view.incidents]
    assert (node, code) == ("Hoog", "condition-not-boolean") and "(bedrag)" in message
    assert view.case.status == "active" and view.tasks == []


def test_completing_what_changed_or_is_over(
    seeded: Transactions, rows: Count, task: Callable[..., listing.TaskLine]
) -> None:
    line, before = task(), rows()
    stale = refusal(seeded, load.UTRECHT, complete_task, CompleteTask(line.id, line.revision + 1))
    assert isinstance(stale, StaleRevision) and stale.current == line.revision
    assert isinstance(refusal(seeded, load.EMMEN, complete_task, CompleteTask(line.id, 1)), NotFound)
    lost = refusal(seeded, load.UTRECHT, publish_message, PublishMessage("niemand", "x"))
    assert isinstance(lost, StateConflict) and "'niemand'" in lost.nl
    assert isinstance(refusal(seeded, load.UTRECHT, start_case, StartCase("bestaat-niet")), NotFound)
    assert rows() == before


def test_an_expression_without_end_is_to_be_tried_again(
    seeded: Transactions, rows: Count, task: Callable[..., listing.TaskLine]
) -> None:
    """The clock decides nothing about a case: no incident, no half step, and the same task can be completed."""
    line = task(replaced('"=bedrag * 2"', '"=matches(tekst, &quot;(a|aa)+b&quot;)"'))
    before = rows()
    slow = CompleteTask(line.id, line.revision, Submission({"bedrag": 200, "tekst": "a" * 60}))
    assert isinstance(refusal(seeded, load.UTRECHT, complete_task, slow), Unavailable)
    assert rows() == before
    with seeded.of(load.UTRECHT) as transaction:
        quick = CompleteTask(line.id, line.revision, Submission({"bedrag": 200, "tekst": "aab"}))
        complete_task(transaction, system(load.UTRECHT), quick)
        view = case_queries.read_case(transaction, system(load.UTRECHT), line.instance_id)
    assert view.incidents == [] and view.variables["dubbel"] is True


def test_messages_hold_no_trace_of_ours(seeded: Transactions) -> None:
    for source, *_ in FAULTS.values():
        error = refusal(
            seeded, load.UTRECHT, publish_model, PublishModel({"process.bpmn": source.encode()}, "1.0.0", "")
        )
        said = " ".join(f"{problem.nl} {problem.en}" for problem in error.problems)
        assert not re.search(r"Traceback|lxml|psycopg|sqlalchemy|site-packages|\.py\b|0x[0-9a-f]{6}", said), said


def test_an_error_of_the_database_quotes_no_values(seeded: Transactions) -> None:
    """It goes into a log, and values are about people."""
    with pytest.raises(DBAPIError) as caught, seeded.of(load.UTRECHT) as transaction:
        transaction.run(text("select 1 / 0, cast(:name as text)"), {"name": "Sanne de Vries"})
    assert "division by zero" in str(caught.value) and "Sanne" not in str(caught.value)
