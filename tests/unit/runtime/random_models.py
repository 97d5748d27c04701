"""Random block-structured processes: a tree of blocks, and the same as BPMN text.

Conditions depend on the variable `k`, which every completion of a task sets anew; with null each of them is null."""

from dataclasses import dataclass, field
from random import Random

from tests.unit.runtime.drawing import (
    boundary,
    catch,
    element,
    end,
    event_sub,
    extension,
    flows,
    gateway,
    many,
    message,
    start,
    sub,
    user,
)

SIMPLE = ("user", "user", "auto")
NESTED = ("seq", "seq", "xor", "and", "or", "loop", "sub", "many", "each", "caught", "beside", "event", "await")


@dataclass(frozen=True)
class Block:
    """`number` shifts the conditions, or counts instances; `until` completes a multi-instance early; `stops` says
    whether an event sub-process interrupts."""

    kind: str
    id: str
    kids: tuple["Block", ...] = ()
    number: int = 0
    until: int = 0
    stops: bool = False


def generate(random: Random, depth: int, names: list[int]) -> Block:
    """A random tree at most so deep."""
    names.append(len(names))
    id = f"n{len(names)}"
    kind = random.choice(SIMPLE + (NESTED if depth else ()))

    def kids(low: int, high: int) -> tuple[Block, ...]:
        return tuple(generate(random, depth - 1, names) for _ in range(random.randint(low, high)))

    if kind in SIMPLE:
        return Block(kind, id)
    if kind in ("seq", "xor", "and", "or"):
        return Block(kind, id, kids(2, 4), random.randint(0, 99))
    if kind in ("many", "each"):
        return Block(kind, id, (), random.randint(0, 3), random.choice((0, 0, 1, 2)))
    both = 2 if kind in ("caught", "beside", "event", "await") else 1
    return Block(kind, id, kids(both, both), random.randint(0, 99), stops=random.random() < 0.5)


@dataclass
class Drawing:
    """Elements and flows of one scope."""

    elements: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def link(self, source: str, target: str, condition: str = "") -> None:
        """A flow, with a condition or without."""
        self.lines.append(f"{source}>{target}" + (f"{{={condition}}}" if condition else ""))

    def text(self) -> str:
        """All of it as BPMN."""
        return "".join(self.elements) + flows(" ".join(self.lines))


def scope(block: Block, begin: str = "", begin_id: str = "") -> str:
    """The content of a process or sub-process that runs the block."""
    drawing = Drawing()
    entry, exit_ = _draw(block, drawing)
    first, last = begin_id or f"{block.id}S", f"{block.id}E"
    drawing.elements += [begin or start(first), end(last)]
    drawing.link(first, entry)
    drawing.link(exit_, last)
    return drawing.text()


def _draw(block: Block, drawing: Drawing) -> tuple[str, str]:
    """Draws the block; gives the ids where it is entered and left."""
    id, kind = block.id, block.kind
    if kind == "seq":
        parts = [_draw(kid, drawing) for kid in block.kids]
        for one, other in zip(parts, parts[1:], strict=False):
            drawing.link(one[1], other[0])
        return parts[0][0], parts[-1][1]
    if kind in ("xor", "and", "or"):
        return _draw_split(block, drawing)
    if kind == "loop":
        return _draw_loop(block, drawing)
    if kind == "await":
        return _draw_await(block, drawing)
    if kind in ("caught", "beside"):
        return _draw_boundary(block, drawing)
    drawing.elements.append(_activity(block))
    return id, id


def _activity(block: Block) -> str:
    id = block.id
    if block.kind == "user":
        return user(id)
    if block.kind == "call":
        return element("callActivity", id, extension('<zeebe:calledElement processId="q"/>'))
    if block.kind == "auto":
        return element("task", id)
    if block.kind == "sub":
        return sub(id, scope(block.kids[0]))
    if block.kind in ("many", "each"):
        until = f"=nrOfCompletedInstances >= {block.until}" if block.until else ""
        return user(id, many(str(block.number), until, sequential=block.kind == "each"))
    begin = start(f"{id}m", message(), isInterrupting="true" if block.stops else "false")
    return sub(id, scope(block.kids[0]), event_sub(f"{id}k", scope(block.kids[1], begin, f"{id}m")))


def _draw_split(block: Block, drawing: Drawing) -> tuple[str, str]:
    kind = {"xor": "exclusive", "and": "parallel", "or": "inclusive"}[block.kind]
    split, join, count = f"{block.id}o", f"{block.id}j", len(block.kids)
    for number, kid in enumerate(block.kids):
        entry, exit_ = _draw(kid, drawing)
        last = number == count - 1
        if block.kind == "xor" and not last:
            drawing.link(split, entry, f"modulo(k + {block.number}, {count}) in [{number}..{number}]")
        elif block.kind == "or" and not last:
            drawing.link(split, entry, f"modulo(k + {block.number + number}, 3) > 0")
        else:
            drawing.link(split, entry)
            default = {} if block.kind == "and" else {"default": f"{split}__{entry}"}
        drawing.link(exit_, join)
    drawing.elements += [gateway(kind, split, **default), gateway(kind, join)]
    return split, join


def _draw_loop(block: Block, drawing: Drawing) -> tuple[str, str]:
    merge, decide, after = f"{block.id}m", f"{block.id}x", f"{block.id}z"
    entry, exit_ = _draw(block.kids[0], drawing)
    drawing.link(merge, entry)
    drawing.link(exit_, decide)
    drawing.link(decide, merge, f"modulo(k + {block.number}, 3) < 1")
    drawing.link(decide, after)
    drawing.elements += [gateway("exclusive", merge), gateway("exclusive", decide, default=f"{decide}__{after}")]
    drawing.elements.append(element("task", after))
    return merge, after


def _draw_await(block: Block, drawing: Drawing) -> tuple[str, str]:
    gate, join = f"{block.id}g", f"{block.id}j"
    drawing.elements += [gateway("eventBased", gate), gateway("exclusive", join)]
    for number, kid in enumerate(block.kids):
        event = f"{block.id}c{number}"
        entry, exit_ = _draw(kid, drawing)
        drawing.elements.append(catch(event, message("m2" if number else "m1")))
        drawing.link(gate, event)
        drawing.link(event, entry)
        drawing.link(exit_, join)
    return gate, join


def _draw_boundary(block: Block, drawing: Drawing) -> tuple[str, str]:
    host, join = f"{block.id}s", f"{block.id}j"
    drawing.elements += [sub(host, scope(block.kids[0])), boundary(block.id, host, message(), block.kind == "beside")]
    entry, exit_ = _draw(block.kids[1], drawing)
    drawing.link(block.id, entry)
    if block.kind == "beside":
        drawing.elements.append(end(f"{block.id}e"))
        drawing.link(exit_, f"{block.id}e")
        return host, host
    drawing.elements.append(gateway("exclusive", join))
    drawing.link(exit_, join)
    drawing.link(host, join)
    return host, join
