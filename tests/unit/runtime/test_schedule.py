"""The clock begins cases: when a timer start event fires first, and when again."""

import pytest

from bpmn import readers
from engine.runtime import compile_process
from engine.runtime.failures import Incident
from engine.runtime.schedule import first, following, timer_starts
from tests.conformance.memory_host import EPOCH, MemoryHost
from tests.unit.runtime.drawing import end, flows, process, start, sub, timer, user

HOUR = 3_600_000


def drawn(text: str, tag: str = "timeCycle") -> bytes:
    inside = sub("u", start("us") + end("ue") + flows("us>ue"))
    content = start("s", timer(text, tag)) + inside + user("a") + end() + flows("s>u u>a a>e")
    return process(content).encode()


def host(text: str, tag: str = "timeCycle") -> MemoryHost:
    made = MemoryHost()
    made.deploy("p.bpmn", drawn(text, tag))
    made.deployed()
    return made


def test_a_cycle_begins_cases_and_what_was_missed_begins_one() -> None:
    made = host("R/PT1H")
    made.set_time(HOUR)
    made.run_jobs()
    assert made.instances() == 1
    made.set_time(5 * HOUR)
    made.run_jobs()
    assert made.instances() == 2
    made.fire_timer()
    assert made.instances() == 3 and made.now == EPOCH + 6 * HOUR


@pytest.mark.parametrize(("text", "tag"), [("PT1H", "timeDuration"), ("2027-01-01T00:00:00", "timeDate")])
def test_a_date_or_duration_begins_one_case(text: str, tag: str) -> None:
    made = host(text, tag)
    for _ in range(3):
        made.fire_timer()
    assert made.instances() == 1


def test_what_lies_in_the_past_begins_nothing() -> None:
    (model,) = readers.read(drawn("2020-01-01T00:00:00", "timeDate"))[0]
    definition = compile_process(model, {})
    assert timer_starts(definition) == ("s",) and first(definition, "s", EPOCH) is None
    (cycle,) = readers.read(drawn("R3/2020-01-01T00:00:00Z/P1D"))[0]
    assert first(compile_process(cycle, {}), "s", EPOCH) is None


def test_a_row_is_moved_to_its_next_firing_and_kept_as_it_was() -> None:
    (model,) = readers.read(drawn("R2/PT1H"))[0]
    row = first(compile_process(model, {}), "s", EPOCH)
    assert row is not None and row[2] == EPOCH + HOUR
    later = following(row, EPOCH + HOUR, "Europe/Amsterdam")
    assert row[2] == EPOCH + HOUR and later is not None and later[2] == EPOCH + 2 * HOUR
    assert following(later, EPOCH + 2 * HOUR, "Europe/Amsterdam") is None


def test_a_value_that_is_no_timer_is_told() -> None:
    (model,) = readers.read(drawn("=onbekend"))[0]
    with pytest.raises(Incident):
        first(compile_process(model, {}), "s", EPOCH)
