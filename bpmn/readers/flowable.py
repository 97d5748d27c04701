"""Flowable and Activiti."""

from typing import Final

from bpmn.readers.names import FLOWABLE
from bpmn.readers.vendor import Vendor

FLOWABLE_DIALECT: Final = Vendor(FLOWABLE)
