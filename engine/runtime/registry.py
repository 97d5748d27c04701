"""Where behaviours put themselves, so that none imports another and the core knows no element."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from engine.runtime.definition import Catch, Ready
    from engine.runtime.run import Run
    from engine.runtime.state import Token

Behaviour = Callable[["Run", "Token", "Ready"], None]
Throw = Callable[["Run", "Token", "Ready", "Catch"], bool]
QueueStep = Callable[..., Any]
NamedStep = TypeVar("NamedStep", bound=QueueStep)
Rest = Callable[["Run"], bool]

ENTER: dict[str, Behaviour] = {}
COMPLETED: dict[str, Behaviour] = {}
STEPS: dict[str, QueueStep] = {}
THROWS: dict[str, Throw] = {}
AT_REST: list[Rest] = []


def enters(*kinds: str) -> Callable[[Behaviour], Behaviour]:
    """What happens when a token arrives at a node of these kinds."""

    def register(behaviour: Behaviour) -> Behaviour:
        ENTER.update(dict.fromkeys(kinds, behaviour))
        return behaviour

    return register


def completes(*kinds: str) -> Callable[[Behaviour], Behaviour]:
    """What happens when the last token inside a scope of these kinds has gone."""

    def register(behaviour: Behaviour) -> Behaviour:
        COMPLETED.update(dict.fromkeys(kinds, behaviour))
        return behaviour

    return register


def step(function: NamedStep) -> NamedStep:
    """A step of the queue, by its name. It evaluates first and changes after, so that it can fail and be retried."""
    STEPS[function.__name__] = function
    return function


def throws(kind: str) -> Callable[[Throw], Throw]:
    """What a throw or end event does with a trigger of this kind; the answer is whether the token stays or is gone."""

    def register(function: Throw) -> Throw:
        THROWS[kind] = function
        return function

    return register


def at_rest(function: Rest) -> Rest:
    """Looked at when the queue is empty; the answer is whether something was set in motion."""
    AT_REST.append(function)
    return function
