"""Camunda 7 and its successor Operaton."""

from typing import Final

from bpmn.readers.names import CAMUNDA7
from bpmn.readers.vendor import Vendor

CAMUNDA: Final = Vendor(CAMUNDA7)
