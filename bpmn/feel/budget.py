"""One evaluation: its clock, its seed, its notes and its budget of steps, depth and time."""

import time
from random import Random

from bpmn.feel.errors import FeelBudgetError, FeelTimeError

MAX_TEXT = 1_000_000
MAX_NEST = 100
MAX_CALLS = 60
TEXT_STEP = 6
_CLOCK_EVERY = 500
# The clock is looked at now and then: what is under way must still end within the time.
_MARGIN = 0.75
_MAX_NOTES = 20


class Evaluation:
    """The state shared by all programs of one evaluation, or of one step of a process.

    `now` is the task time in epoch milliseconds and `zone` the municipality's time zone: what `now()` and
    `today()` say. `seed` feeds `uuid()` and `random number()`, so that a replay equals the run. `steps` bounds
    the work (a loop round costs 1 and a quarter of the nodes of its body; built-ins cost the size of their
    arguments), `seconds` the time. `notes` collects, in order, why something became null; `faults` those
    of them where a model contradicts itself or its data; `trail` which rules of which decision fired.
    """

    __slots__ = (
        *("_mark", "_random", "calls", "deadline", "faults", "notes"),
        *("now", "patterns", "seed", "steps", "trail", "zone"),
    )

    def __init__(
        self, now: int, zone: str = "Europe/Amsterdam", seed: str = "", steps: int = 50_000, seconds: float = 1.0
    ) -> None:
        self.now = now
        self.zone = zone
        self.seed = seed
        self.steps = steps
        self.deadline = time.monotonic() + seconds * _MARGIN
        self.notes: list[str] = []
        self.faults: list[str] = []
        self.trail: list[tuple[str, tuple[str, ...]]] = []
        self.calls = MAX_CALLS
        self.patterns: set[tuple[str, str]] = set()
        self._mark = steps
        self._random: Random | None = None

    def charge(self, steps: int) -> None:
        """Take `steps` from the budget; raises FeelBudgetError without steps, FeelTimeError without time."""
        self.steps -= steps
        if self.steps < self._mark:
            self._look()

    def _look(self) -> None:
        if self.steps < 0:
            raise FeelBudgetError("The expression takes too many steps.", "De expressie kost te veel stappen.")
        self.left()
        self._mark = max(0, self.steps - _CLOCK_EVERY)

    def left(self) -> float:
        """Seconds left, above 0; raises FeelTimeError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise FeelTimeError("The expression takes too long.", "De expressie duurt te lang.")
        return left

    def note(self, text: str) -> object:
        """Write down why a value became null. Gives that null, so that callers can return it."""
        if len(self.notes) < _MAX_NOTES:
            self.notes.append(text)
        return None

    def fault(self, text: str) -> object:
        """Write down that a model contradicts itself or its data, which a process must not pass over. Gives null."""
        if len(self.faults) < _MAX_NOTES:
            self.faults.append(text)
        return self.note(text)

    def text(self, size: int) -> None:
        """Charge for a text of `size` characters that is made or read; raises FeelBudgetError above MAX_TEXT."""
        if size > MAX_TEXT:
            raise FeelBudgetError("A text becomes too long.", "Een tekst wordt te lang.")
        self.charge(size >> TEXT_STEP)

    def walk(self, size: int, depth: int) -> None:
        """Charge for `size` members at `depth` of a value; values are graphs, so every deep walk must count."""
        if depth > MAX_NEST:
            raise FeelBudgetError("A value is nested too deeply.", "Een waarde is te diep genest.")
        self.charge(size)

    def enter(self) -> None:
        """Count one function call more on the stack; raises FeelBudgetError when too many are nested."""
        self.calls -= 1
        if self.calls < 0:
            raise FeelBudgetError("Function calls are nested too deeply.", "Functies roepen elkaar te diep aan.")

    @property
    def random(self) -> Random:
        """The random source of this evaluation, made from its seed."""
        if self._random is None:
            self._random = Random(self.seed)
        return self._random
