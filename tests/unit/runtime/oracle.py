"""Runs a tree of blocks directly, without graph, tokens or joins: the independent opinion on random models."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.unit.runtime.random_models import Block

Then = Callable[[], None]


class TooLong(Exception):
    """An automatic loop that never ends under this `k`."""


@dataclass
class Region:
    """What is cancelled together; `count` of what still runs in it, `then` when that is nothing."""

    outer: "Region | None" = None
    over: bool = False
    count: int = 0
    then: Then | None = None
    beside: list["Region"] = field(default_factory=list)

    def dead(self) -> bool:
        """Cancelled or finished, itself or something around it."""
        return self.over or (self.outer is not None and self.outer.dead())

    def less(self) -> None:
        """One thing less runs here."""
        self.count -= 1
        if not self.count and self.then:
            self.then()


@dataclass
class Message:
    """Something that a message can set off."""

    id: str
    region: Region
    fire: Then
    once: bool


class Oracle:
    """`tasks`: (node, region, what follows); `messages` that are waited for."""

    def __init__(self, block: Block) -> None:
        self.tasks: list[tuple[str, Region, Then]] = []
        self.messages: list[Message] = []
        self.k = 0
        self.done = False
        self._rounds = 0
        self._region(block, None, self._finish)

    def _finish(self) -> None:
        self.done = True

    def clean(self) -> None:
        """Forget what was cancelled."""
        self.tasks = [task for task in self.tasks if not task[1].dead()]
        self.messages = [m for m in self.messages if not m.region.dead()]

    def _region(self, block: Block, outer: Region | None, then: Then) -> Region:
        region = Region(outer, count=1)

        def end() -> None:
            region.over = True
            then()

        region.then = end
        self._run(block, region, region.less)
        return region

    def _run(self, block: Block, region: Region, then: Then) -> None:
        if not region.dead():
            getattr(self, f"_{block.kind}")(block, region, then)

    def _user(self, block: Block, region: Region, then: Then) -> None:
        self.tasks.append((block.id, region, then))

    def _call(self, block: Block, region: Region, then: Then) -> None:
        # What is called waits for one task.
        self._user(block, region, then)

    def _auto(self, block: Block, region: Region, then: Then) -> None:
        then()

    def _seq(self, block: Block, region: Region, then: Then) -> None:
        def follow(number: int) -> None:
            last = number + 1 == len(block.kids)
            self._run(block.kids[number], region, then if last else lambda: follow(number + 1))

        follow(0)

    def _xor(self, block: Block, region: Region, then: Then) -> None:
        self._run(block.kids[(self.k + block.number) % len(block.kids)], region, then)

    def _and(self, block: Block, region: Region, then: Then) -> None:
        self._all(block.kids, region, then)

    def _or(self, block: Block, region: Region, then: Then) -> None:
        chosen = [kid for i, kid in enumerate(block.kids[:-1]) if (self.k + block.number + i) % 3]
        self._all(tuple(chosen) or block.kids[-1:], region, then)

    def _all(self, kids: tuple[Block, ...], region: Region, then: Then) -> None:
        left = [len(kids)]

        def one() -> None:
            left[0] -= 1
            if not left[0]:
                then()

        for kid in kids:
            self._run(kid, region, one)

    def _loop(self, block: Block, region: Region, then: Then) -> None:
        def decide() -> None:
            if (self.k + block.number) % 3:
                then()
                return
            self._rounds += 1
            if self._rounds > 60:
                raise TooLong
            self._run(block.kids[0], region, decide)

        self._run(block.kids[0], region, decide)

    def _sub(self, block: Block, region: Region, then: Then) -> None:
        self._region(block.kids[0], region, then)

    def _many(self, block: Block, region: Region, then: Then, sequential: bool = False) -> None:
        if not block.number:
            then()
            return
        inner, finished = Region(region), [0]

        def one() -> None:
            finished[0] += 1
            if finished[0] == block.number or (block.until and finished[0] >= block.until):
                inner.over = True
                then()
            elif sequential:
                self.tasks.append((block.id, inner, one))

        for _ in range(1 if sequential else block.number):
            self.tasks.append((block.id, inner, one))

    def _each(self, block: Block, region: Region, then: Then) -> None:
        self._many(block, region, then, sequential=True)

    def _caught(self, block: Block, region: Region, then: Then) -> None:
        inner = Region(region)

        def fire() -> None:
            inner.over = True
            self._run(block.kids[1], region, then)

        self._guarded(block, inner, then, Message(block.id, inner, fire, True))

    def _beside(self, block: Block, region: Region, then: Then) -> None:
        inner = Region(region)

        def fire() -> None:
            region.count += 1
            self._run(block.kids[1], region, region.less)

        self._guarded(block, inner, then, Message(block.id, inner, fire, False))

    def _await(self, block: Block, region: Region, then: Then) -> None:
        inner = Region(region)

        def fire(kid: Block) -> Then:
            def fired() -> None:
                inner.over = True
                self._run(kid, region, then)

            return fired

        for number, kid in enumerate(block.kids):
            self.messages.append(Message(f"{block.id}c{number}", inner, fire(kid), True))

    def _guarded(self, block: Block, inner: Region, then: Then, message: Message) -> None:
        def end() -> None:
            inner.over = True
            then()

        self.messages.append(message)
        inner.count, inner.then = 1, end
        self._run(block.kids[0], inner, inner.less)

    def _event(self, block: Block, region: Region, then: Then) -> None:
        inner = Region(region, count=1)
        main = Region(inner, count=1, then=inner.less)

        def end() -> None:
            inner.over = True
            then()

        def fire() -> None:
            if block.stops:
                main.over = True
                inner.count = 1
                self._region(block.kids[1], inner, inner.less)
            else:
                inner.count += 1
                self._region(block.kids[1], inner, inner.less)

        inner.then = end
        self.messages.append(Message(f"{block.id}m", inner, fire, block.stops))
        self._run(block.kids[0], main, main.less)
