"""The pure core that runs cases: `advance(definition, state, event, now) -> Step(state, effects)`."""

from engine.runtime.advance import Step, advance
from engine.runtime.compile import compile_process
from engine.runtime.definition import Definition
from engine.runtime.failures import Refused, Rejected, Unreadable
from engine.runtime.state import State, dump, load, new_state

__all__ = [
    "Definition",
    "Refused",
    "Rejected",
    "State",
    "Step",
    "Unreadable",
    "advance",
    "compile_process",
    "dump",
    "load",
    "new_state",
]
