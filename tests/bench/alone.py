"""Parts of the product without web and database: a step of the runtime, an expression of FEEL."""

import statistics
from collections.abc import Callable, Mapping
from pathlib import Path

from bpmn import feel, package
from engine import runtime
from engine.domain.effects import OpenTask
from engine.domain.events import Complete, Start
from tests.bench.timing import rounds

KEUZE = Path(__file__).parent / "keuze"
NOW = 1_790_000_000_000
ROUNDS = 7
EXPRESSIONS: dict[str, dict[str, object]] = {
    "bedrag > 100": {"bedrag": 150},
    "bedrag * 2 + 1": {"bedrag": 150},
    "sum(for r in regels return r.aantal * r.prijs)": {"regels": [{"aantal": n, "prijs": 3} for n in range(10)]},
}


def files() -> dict[str, bytes]:
    """The package of the benchmark."""
    return {p.relative_to(KEUZE).as_posix(): p.read_bytes() for p in KEUZE.rglob("*") if p.is_file()}


def _micros(act: Callable[[], object], times: int) -> float:
    """Median over rounds of microseconds of CPU per call."""
    return statistics.median(rounds(act, times, ROUNDS))


def runtime_step() -> float:
    """Microseconds per step (load, advance, dump), over the three steps of the case."""
    read, findings = package.read(files())
    if read is None:
        raise SystemExit(f"the package of the benchmark is refused: {findings}")
    definition = runtime.compile_process(read.process, read.decisions).bind({}, seed="bench")

    def case() -> None:
        blob = runtime.dump(runtime.new_state())
        event: Start | Complete = Start({"aanvrager": "Sanne de Vries"})
        for values in ({"bedrag": 150}, {"akkoord": "ja"}, {}):
            step = runtime.advance(definition, runtime.load(blob), event, NOW)
            blob = runtime.dump(step.state)
            opened = [effect for effect in step.effects if isinstance(effect, OpenTask)]
            if opened:
                event = Complete(opened[0].token, values)

    return _micros(case, 300) / 3


def expressions() -> dict[str, float]:
    """Microseconds per evaluation of each expression, compiled before."""
    return {text: _micros(_evaluation(text, context), 1000) for text, context in EXPRESSIONS.items()}


def _evaluation(text: str, context: Mapping[str, object]) -> Callable[[], object]:
    program = feel.compile(text, names=context)
    return lambda: program(lambda name: context.get(name, feel.MISSING), feel.Evaluation(NOW))
