"""DMN: read a file once, evaluate its decisions often, say which rules fired."""

from bpmn.dmn.analyse import analyse
from bpmn.dmn.model import Decision, DecisionModel, Outcome
from bpmn.dmn.read import read

__all__ = ["Decision", "DecisionModel", "Outcome", "analyse", "read"]
