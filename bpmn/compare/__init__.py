"""What two versions of a package differ in, in sentences, and which version number that asks for."""

from bpmn.compare.changes import Change, Comparison, Detail, next_version
from bpmn.compare.packages import compare

__all__ = ["Change", "Comparison", "Detail", "compare", "next_version"]
