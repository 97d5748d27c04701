"""Job type `decision`: registers the decisions (besluiten) of a case; a case may hold more than one.

Input `besluiten`: a list of contexts `{onderwerp, resultaat}`; header `authority`: who decides, in whose name.
"""

from datetime import UTC, datetime

from engine.connectors.base import Assignment
from engine.domain.outcome import Done, Hopeless, NewDecision, Outcome
from engine.settings import Settings


def register(assignment: Assignment, settings: Settings) -> Outcome:
    """Read the decisions; they are stored when the job completes."""
    given = assignment.variables.get("besluiten")
    if not isinstance(given, list) or not given:
        return Hopeless("the job needs `besluiten`: a list of {onderwerp, resultaat} with at least one item")
    decided_at = datetime.fromtimestamp(assignment.now / 1000, UTC)
    authority = assignment.headers.get("authority", "college van burgemeester en wethouders")
    decisions = []
    for number, item in enumerate(given, 1):
        subject, result = (item.get("onderwerp"), item.get("resultaat")) if isinstance(item, dict) else (None, None)
        if not isinstance(subject, str) or not isinstance(result, str):
            return Hopeless(f"besluiten[{number}] needs texts `onderwerp` and `resultaat`")
        decisions.append(NewDecision(subject, authority, result, decided_at))
    return Done(decisions=tuple(decisions))
