"""The board of a version: every municipality, how it stands, and how many questions the version asks of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.queries.versions import read_version
from engine.store import board, releases, rollouts
from engine.store.board import Line
from engine.store.models import Version
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from tenants.rebase import Status
from tenants.release import RINGS

STATES = ("held", "deferred", "waiting", "pending", "adopted")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown; "" shows all. `text`: in the name; `after`: the short name of the last line seen."""

    state: str = ""
    ring: str = ""
    policy: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """`lines`: those asked for, with `more` when others follow; `counts`: per state, of all; `average` and `highest`:
    alerts per tenant, of all; `forks`: who has a model of its own; `next_ring`: what can be opened, None: nothing."""

    version: Version
    lines: Sequence[Line]
    found: int
    more: bool
    total: int
    counts: Mapping[str, int]
    average: float
    highest: int
    forks: Sequence[Line]
    opened: Mapping[str, date]
    next_ring: str | None
    next_count: int


@dataclass(frozen=True, slots=True)
class Drilled:
    """One municipality: its line, what it works with, and what becomes of its choices."""

    line: Line
    works_with: str | None
    statuses: tuple[Status, ...]


def read_board(transaction: Transaction, caller: Caller, key: str, semver: str, wanted: Filter) -> Board:
    """Every other tenant that could start a version of one's own. Raises NotFound."""
    require(caller, "rollout.read")
    version = read_version(transaction, caller, key, semver)
    every = board.lines(transaction, key, version.id)
    opened = releases.opened(transaction, version.owner_id, version.id)
    chosen = [line for line in every if _shown(line, wanted)]
    begin = next((n + 1 for n, line in enumerate(chosen) if line.slug == wanted.after), 0)
    alerts = [line.alerts for line in every]
    counts = Counter(line.state for line in every)
    ring = _next(opened, local_day(transaction.at))
    rank = RINGS.index(ring) if ring else -1
    return Board(
        version,
        chosen[begin : begin + PAGE],
        len(chosen),
        len(chosen) > begin + PAGE,
        len(every),
        {state: counts[state] for state in STATES},
        sum(alerts) / len(alerts) if alerts else 0.0,
        max(alerts, default=0),
        [line for line in every if line.own],
        opened,
        ring,
        sum(1 for line in every if line.state == "waiting" and RINGS.index(line.ring) <= rank),
    )


def drill_down(transaction: Transaction, caller: Caller, of: Board, slug: str) -> Drilled:
    """One municipality of a board. Raises NotFound."""
    require(caller, "rollout.read")
    version = of.version
    line = next((one for one in board.lines(transaction, version.key, version.id) if one.slug == slug), None)
    if line is None:
        raise NotFound
    told = rollouts.statuses(transaction, version.owner_id, version.id, line.tenant)
    now = board.works_with(transaction, version.key, line.tenant, local_day(transaction.at))
    return Drilled(line, now, told.get(line.tenant, ()))


def _shown(line: Line, wanted: Filter) -> bool:
    pairs = ((wanted.state, line.state), (wanted.ring, line.ring), (wanted.policy, line.policy))
    return all(not want or want == has for want, has in pairs) and wanted.text.casefold() in line.name.casefold()


def _next(opened: Mapping[str, date], today: date) -> str | None:
    """The first ring that has not been reached; None when everyone has, or there are no rings."""
    reached = [RINGS.index(ring) for ring, day in opened.items() if day <= today]
    return RINGS[max(reached) + 1] if reached and max(reached) + 1 < len(RINGS) else None
