"""States of every release so far come to the same end; those of a newer one are refused."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.domain import events
from engine.runtime import Unreadable, dump, load
from engine.runtime.formats import MIGRATIONS
from engine.runtime.state import FORMAT
from tests.unit.runtime.drawing import condition, end, event_sub, flows, process, start, user
from tests.unit.runtime.goldens import FOLDER, GOLDENS, Bare, plain, resumed

OLD = (
    b'[1,3,"active",[],[[1,"p",0,{"live":1,"vars":{"n":5},"waits":[["conditional","ks",false]]}],[3,"a",1]],'
    b'[["enter",3,[]]],1]'
)


def kept() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("format-*.json")):
        for golden in json.loads(path.read_text()):
            yield pytest.param(golden, id=f"{path.stem}: {golden['name']}")


@pytest.mark.parametrize("golden", list(kept()))
def test_a_state_of_a_release_comes_to_the_same_end(golden: dict[str, Any]) -> None:
    ends = resumed(golden["model"], golden["state"].encode(), golden["then"])
    assert json.loads(plain(ends)) == golden["ends"]
    assert ends["end"] is not None


def test_conditions_look_once_more_after_a_stop_of_the_first_format() -> None:
    """It did not tell whether a variable had changed before the budget stopped the case."""
    began = start("ks", condition("=n > 3"), isInterrupting="false")
    inside = event_sub("k", began, user("c"), end("ke"), flows("ks>c c>ke"))
    case = Bare(process(start(), user("a"), end(), flows("s>a a>e"), inside), OLD)
    case.do(events.Continue())
    assert sorted(t.node for t in load(case.blob).tokens.values() if t.flag == "task") == ["a", "c"]


def test_every_format_has_its_golden_states_and_its_way_to_the_next() -> None:
    kept_formats = sorted(int(path.stem.removeprefix("format-")) for path in FOLDER.glob("format-*.json"))
    assert kept_formats == list(range(1, FORMAT + 1))
    assert sorted(MIGRATIONS) == list(range(1, FORMAT))
    for path in FOLDER.glob("format-*.json"):
        assert len(json.loads(path.read_text())) >= len(GOLDENS) - 2, f"{path.name} has too few cases"


def test_the_format_of_today_is_written_back_as_it_was_read() -> None:
    for golden in json.loads((FOLDER / f"format-{FORMAT}.json").read_text()):
        blob = golden["state"].encode()
        assert dump(load(blob)) == blob


@pytest.mark.parametrize(
    ("blob", "why"),
    [
        (b"", "truncated"),
        (b"{}", "no state"),
        (b"[]", "no state"),
        (b'[2,3,"active"', "truncated"),
        (b'[2,3,"active",[],[]]', "Expected `object`"),
        (b'[2,3,"active",[],{"1":[]}]', "index"),
        (b'["x",3,"active",[],[]]', "no state"),
        (b'[0,3,"active",[],[]]', "format 0, which was never written"),
        (b'[1,3,"active",[],[7]]', "broken"),
        (b'[%d,3,"active",[],{}]' % (FORMAT + 1), f"format {FORMAT + 1}, of a newer version"),
        (b'[2000,"what a later version writes",1,2,3]', "format 2000, of a newer version"),
    ],
)
def test_what_is_no_state_of_ours_is_refused(blob: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        load(blob)
