"""What pages read of a state: variables as a token sees them, and where the tokens are."""

from engine.runtime.look import places, variables_at
from tests.unit.runtime.drawing import end, extension, flows, gateway, many, mapping, start, sub, user
from tests.unit.runtime.playing import Play

INNER = sub("u", extension(mapping({"x": "=x + 1"})), start("us"), user("a"), end("ue"), flows("us>a a>ue"))


def test_a_token_sees_its_own_scopes_before_the_outer_ones() -> None:
    play = Play(start() + INNER + end() + flows("s>u u>e"), x=1, y=3)
    assert variables_at(play.case.state(), play.token("a")) == {"x": 2, "y": 3}
    assert variables_at(play.case.state()) == {"x": 1, "y": 3}
    assert variables_at(play.case.state(), 999) == {}


def test_places_count_tokens_and_tell_the_worst() -> None:
    play = Play(
        start() + gateway("parallel", "f") + INNER + user("m", many("3")) + gateway("exclusive", "g") + end("e e2 e3"),
        flows("s>f f>u f>m f>g u>e m>e2 g>e3{=no}"), x=1,
    )  # fmt: skip
    assert places(play.case.state()) == {"u": (1, ""), "a": (1, "task"), "m": (3, "task"), "g": (1, "incident")}
