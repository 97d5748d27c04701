"""Saved and reloaded after every step, a case goes the same way as in memory: 200 random models, five paths each."""

import pytest

from tests.unit.runtime.reloading import play
from tests.unit.runtime.wild_models import Wild

CHUNKS, MODELS, PATHS = 4, 200, 5
ELEMENTS = (
    "adHocSubProcess boundaryEvent callActivity complexGateway eventBasedGateway eventSubProcess inclusiveGateway "
    "intermediateCatchEvent intermediateThrowEvent parallelGateway receiveTask scriptTask serviceTask transaction"
)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_reloading_changes_nothing(chunk: int) -> None:
    number = MODELS // CHUNKS
    seen = play(range(chunk * number, (chunk + 1) * number), PATHS)
    assert seen["paths"] == number * PATHS and seen["rejected"] == 0
    assert seen["over"] > seen["paths"] // 2
    assert not [kind for kind in ELEMENTS.split() if not seen[f"kind {kind}"]]
    assert min(seen[name] for name in ("OpenIncident", "CloseWait", "Call", "Escape", "OpenJob", "Cancelled")) > 0


def test_the_same_seed_draws_the_same_model() -> None:
    assert Wild(5).content == Wild(5).content != Wild(6).content
