"""Forms: the form-js schema read, shown and validated; HTML and JSON end in one validation."""

from bpmn.forms.present import Shown, present
from bpmn.forms.read import read
from bpmn.forms.schema import FieldError, Form, FormField, Option, Validated
from bpmn.forms.texts import merge, merge_fields
from bpmn.forms.validate import from_html, from_json, validate

__all__ = [
    "FieldError",
    "Form",
    "FormField",
    "Option",
    "Shown",
    "Validated",
    "from_html",
    "from_json",
    "merge",
    "merge_fields",
    "present",
    "read",
    "validate",
]
