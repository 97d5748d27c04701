"""All behaviours; importing them registers them."""

from engine.runtime.behaviours import (
    adhoc,
    call,
    catch,
    climb,
    compensation,
    complex,
    conditional,
    decisions,
    fire,
    gateways,
    inclusive,
    loop,
    scopes,
    tasks,
    throw,
)

__all__ = [
    "adhoc",
    "call",
    "catch",
    "climb",
    "compensation",
    "complex",
    "conditional",
    "decisions",
    "fire",
    "gateways",
    "inclusive",
    "loop",
    "scopes",
    "tasks",
    "throw",
]
