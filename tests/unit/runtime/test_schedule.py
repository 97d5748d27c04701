"""When the clock begins cases: the first firing, the next ones, and what was over before the model came into force."""

import pytest

from bpmn import readers
from engine.runtime import Definition, compile_process, schedule
from engine.runtime.failures import Incident
from tests.unit.runtime.drawing import end, event_sub, flows, process, start, timer, user

NOON = 1_780_308_000_000  # 1 June 2026, 12:00 in Amsterdam
HOUR = 3_600_000


def clock(text: str, tag: str) -> Definition:
    """A process that begins by the clock, with another timer inside that begins no case."""
    inside = event_sub("k", start("ks", timer("PT5H")), end("ke"), flows("ks>ke"))
    content = start("s", timer(text, tag)) + user("a") + end() + inside + flows("s>a a>e")
    return compile_process(readers.read(process(content).encode())[0][0], {})


def test_only_start_events_of_the_process_itself_begin_cases() -> None:
    assert schedule.timer_starts(clock("R/PT1H", "timeCycle")) == ("s",)


@pytest.mark.parametrize(
    ("text", "tag", "due"),
    [
        ("PT1H", "timeDuration", NOON + HOUR),
        ("2026-06-01T13:00:00", "timeDate", NOON + HOUR),
        ("2026-06-01T11:00:00", "timeDate", None),
        ("R/PT1H", "timeCycle", NOON + HOUR),
        ("R3/2026-06-01T10:30:00/PT1H", "timeCycle", NOON + HOUR // 2),
        ("R2/2026-06-01T09:30:00/PT1H", "timeCycle", None),
    ],
)
def test_the_first_firing_lies_ahead(text: str, tag: str, due: int | None) -> None:
    row = schedule.first(clock(text, tag), "s", NOON)
    assert (row and row[2]) == due


def test_missed_firings_are_passed_over_and_the_row_given_stays_as_it_is() -> None:
    row = schedule.first(clock("R4/PT1H", "timeCycle"), "s", NOON)
    assert row is not None
    before = list(row)
    later = schedule.following(row, NOON + 2 * HOUR + HOUR // 2, "Europe/Amsterdam")
    assert row == before and later is not None and later[2] == NOON + 3 * HOUR
    assert schedule.following(later, NOON + 9 * HOUR, "Europe/Amsterdam") is None


def test_a_value_that_is_no_timer_is_an_incident() -> None:
    with pytest.raises(Incident, match="ISO 8601"):
        schedule.first(clock("=null", "timeCycle"), "s", NOON)
