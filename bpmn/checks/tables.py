"""Decision tables as a whole: overlap, gaps, and rules that never decide."""

from collections.abc import Collection, Mapping

from bpmn import dmn
from bpmn.dmn import DecisionModel
from bpmn.model import Finding


def run(decisions: Collection[str] | None) -> tuple[Finding, ...]:
    """Findings on the tables of a package, when its decisions come with their models; each model once."""
    if not isinstance(decisions, Mapping):
        return ()
    models = {id(model): model for model in decisions.values() if isinstance(model, DecisionModel)}
    return tuple(finding for model in models.values() for finding in dmn.analyse(model))
