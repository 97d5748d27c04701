"""FEEL, the expression language of DMN, with the additions of Camunda 8: parse once, evaluate often, null on error."""

from bpmn.feel.analyse import Analysis, analyse
from bpmn.feel.budget import Evaluation
from bpmn.feel.errors import FeelAssertionError, FeelBudgetError, FeelError, FeelSyntaxError, FeelTimeError
from bpmn.feel.inference import Hint
from bpmn.feel.json import to_json
from bpmn.feel.program import Language, Program, compile, evaluate, source_of
from bpmn.feel.values import MISSING

__all__ = [
    "MISSING",
    "Analysis",
    "Evaluation",
    "FeelAssertionError",
    "FeelBudgetError",
    "FeelError",
    "FeelSyntaxError",
    "FeelTimeError",
    "Hint",
    "Language",
    "Program",
    "analyse",
    "compile",
    "evaluate",
    "source_of",
    "to_json",
]
