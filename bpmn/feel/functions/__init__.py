"""The built-in functions of each dialect."""

from collections.abc import Mapping
from types import MappingProxyType

from bpmn.feel.functions import camunda, contexts, conversion, lists, numeric, ranges, temporal, text
from bpmn.feel.functions.table import Signature
from bpmn.feel.values import Function

_TABLES = (conversion, text, lists, numeric, temporal, contexts, ranges)
STANDARD: Mapping[str, Function] = MappingProxyType(
    {name: function for each in _TABLES for name, function in each.TABLE.items()}
)
CAMUNDA: Mapping[str, Function] = MappingProxyType({**STANDARD, **camunda.TABLE})
# How they were declared, for analysis; those with a binding of their own are not here.
STANDARD_SIGNATURES: Mapping[str, tuple[Signature, ...]] = MappingProxyType(
    {name: declared for each in _TABLES for name, declared in each.TABLE.signatures.items()}
)
CAMUNDA_SIGNATURES: Mapping[str, tuple[Signature, ...]] = MappingProxyType(
    {**STANDARD_SIGNATURES, **camunda.TABLE.signatures}
)
