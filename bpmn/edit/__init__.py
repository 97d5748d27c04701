"""Changes of a process without a canvas: each takes the bytes of a BPMN file and gives new ones, drawing included."""

from bpmn.edit.errors import Refused
from bpmn.edit.flows import connect, set_condition, set_default
from bpmn.edit.lanes import move_to_lane
from bpmn.edit.removal import delete
from bpmn.edit.steps import KINDS_TO_ADD, add_step, rename, set_form

__all__ = [
    "KINDS_TO_ADD",
    "Refused",
    "add_step",
    "connect",
    "delete",
    "move_to_lane",
    "rename",
    "set_condition",
    "set_default",
    "set_form",
]
