"""The built-in functions of each dialect."""

from collections.abc import Mapping
from types import MappingProxyType

from bpmn.feel.functions import camunda, contexts, conversion, lists, numeric, ranges, temporal, text
from bpmn.feel.values import Function

STANDARD: Mapping[str, Function] = MappingProxyType(
    conversion.TABLE | text.TABLE | lists.TABLE | numeric.TABLE | temporal.TABLE | contexts.TABLE | ranges.TABLE
)
CAMUNDA: Mapping[str, Function] = MappingProxyType({**STANDARD, **camunda.TABLE})
