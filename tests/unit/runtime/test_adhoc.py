"""Ad-hoc sub-processes: what is picked, when it is enough, and one at a time."""

import pytest

from engine.domain import events
from engine.runtime import Rejected
from tests.unit.runtime.drawing import element, end, extension, flows, start, sub, user
from tests.unit.runtime.playing import Play


def adhoc(*inner: str, condition: str = "", **attributes: str) -> tuple[str, ...]:
    """A case that is one ad-hoc sub-process with the activities a, b and c."""
    until = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    content = sub("u", *inner, user("a b"), element("task", "c"), until, kind="adHocSubProcess", **attributes)
    return start(), content, end(), flows("s>u u>e")


def pick(play: Play, node: str) -> Play:
    return play.do(events.Activate(next(t.id for t in play.tokens if t.flag == "adhoc"), node))


def test_activities_begin_when_they_are_picked_and_any_number_of_times() -> None:
    play = Play(*adhoc())
    assert play.open == ""
    assert pick(play, "a").open == "a"
    assert pick(pick(play, "a"), "b").open == "a a b"
    assert not play.complete("a").complete("a").done
    assert play.complete("b").done


def test_what_the_model_names_begins_by_itself() -> None:
    active = extension('<zeebe:adHoc activeElementsCollection="=which"/>')
    assert Play(*adhoc(active), which=["a", "b"]).open == "a b"
    assert Play(*adhoc(active), which=["a", "nobody"]).incidents == {"u": "wrong-type"}
    assert Play(*adhoc(active), which=[]).done


def test_the_condition_says_when_it_is_enough_and_ends_what_is_open() -> None:
    play = Play(*adhoc(condition="=enough"), enough=False)
    assert not pick(play, "c").done
    assert pick(pick(play, "a"), "b").complete("a", enough=True).done


def test_what_is_open_may_be_finished_first() -> None:
    play = Play(*adhoc(condition="=enough", cancelRemainingInstances="false"), enough=False)
    assert pick(pick(play, "a"), "b").complete("a", enough=True).open == "b"
    assert play.complete("b").done


def test_in_a_sequential_one_thing_is_done_at_a_time() -> None:
    play = pick(Play(*adhoc(condition="=enough", ordering="Sequential"), enough=False), "a")
    with pytest.raises(Rejected, match="one thing"):
        pick(play, "b")
    assert pick(play.complete("a", enough=False), "b").complete("b", enough=True).done


def test_only_what_stands_inside_can_be_picked() -> None:
    with pytest.raises(Rejected, match="cannot be picked"):
        pick(Play(*adhoc()), "e")
