"""The codec: small, exact, the same whether tokens are looked at or not."""

from decimal import Decimal
from random import Random

import pytest
from msgspec import Raw

from bpmn import readers
from engine.domain import events
from engine.runtime import Definition, advance, compile_process, dump, load, new_state
from engine.runtime.state import WIDE, Lazy, links, waiting
from tests.unit.runtime.drawing import (
    SIGNAL,
    boundary,
    condition,
    element,
    end,
    event_sub,
    extension,
    flows,
    many,
    process,
    start,
    sub,
    user,
)
from tests.unit.runtime.playing import Play

ONE = start() + user("a") + end() + flows("s>a a>e")


INNER = event_sub("k", start("ks", SIGNAL, isInterrupting="false"), user("i"), end("ke"), flows("ks>i i>ke"))


def definition(*content: str) -> Definition:
    return compile_process(readers.read(process(*content).encode())[0][0], {})


def test_a_waiting_simple_case_is_small_and_readable() -> None:
    blob = dump(advance(definition(ONE), new_state(), events.Start({"again": True, "n": 1}), 0).state)
    expected = b'[2,3,"active",[],{"1":["p",0,{"live":1,"vars":{"again":true,"n":1}}],"3":["a",1,{"flag":"task"}]}]'
    assert blob == expected


@pytest.mark.parametrize(
    "value",
    [
        Decimal("0.10"),
        Decimal("12345678901234567890.123456789"),
        10**30,
        Decimal("1E-30"),
        "é\u2028",
        None,
        [1, [True]],
    ],
)
def test_values_come_back_exactly(value: object) -> None:
    state = advance(definition(ONE), new_state(), events.Start({"v": value}), 0).state
    found = load(dump(state)).root.vars
    assert found == {"v": value} and repr(found["v"]) == repr(value)


def test_history_does_not_make_the_state_grow() -> None:
    play = Play(start() + user("a") + end() + flows("s>a a>a{=again} a>e{=not(again)}"), again=True)
    sizes = {len(play.complete("a", again=True).case.blob) for _ in range(95)}
    assert max(sizes) - min(sizes) <= 2


def test_a_wide_state_works_the_same_row_by_row() -> None:
    play = Play(start() + user("a", many("40")) + end() + flows("s>a a>e"))
    state = play.case.state()
    assert len(state.tokens) == 42 > WIDE and list(links(state.tokens))[:3] == [(1, 0), (3, 1), (4, 3)]
    assert dump(state) == play.case.blob
    random = Random(7)
    for left in range(40, 0, -1):
        play.complete("a", random.randrange(left))
    assert play.done


def test_who_waits_in_a_wide_state_is_found_without_looking_at_the_others() -> None:
    one = sub("u", many("20"), start("us"), user("a"), end("ue"), flows("us>a a>ue"), INNER)
    play = Play(start() + one + boundary("b", "u", condition("=n > 3")) + end("e e2") + flows("s>u u>e b>e2"), n=1)
    state = play.case.state()
    assert isinstance(state.tokens, Lazy) and [t.node for t in waiting(state.tokens)] == ["u"] * 21
    assert sum(entry.__class__ is not Raw for _, entry in state.tokens.raw()) == 21
    play.do(events.Signal("s1"))
    assert play.open.split().count("i") == 20
    assert play.set(n=4).done


def test_one_definition_serves_many_cases_and_stays_as_it_is() -> None:
    loop = start() + user("a", many(inputCollection="=items", inputElement="it")) + end() + flows("s>a a>e")
    shared = definition(loop)
    before = repr(shared)
    for number in range(3):
        state = advance(shared, new_state(), events.Start({"items": ["x"] * number}), 0).state
        assert (state.status == "completed") == (number == 0)
    assert repr(shared) == before


def test_chance_follows_the_seed_of_the_case() -> None:
    inner = extension('<zeebe:script expression="=[uuid(), random number(), now()]" resultVariable="r"/>')
    shared = definition(start() + element("scriptTask", "a", inner) + user("u") + end() + flows("s>a a>u u>e"))

    def drawn(seed: str) -> object:
        return (advance(shared.bind({}, seed=seed), new_state(), events.Start({}), 1_000).state.root.vars or {})["r"]

    assert drawn("one") == drawn("one") != drawn("two")
