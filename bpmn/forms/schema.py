"""The words of a form: frozen, and independent of how it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.model import Expression

TEXTS = frozenset({"textfield", "textarea"})
CHOICES = frozenset({"radio", "select"})
MANY = frozenset({"checklist", "taglist"})
INPUTS = TEXTS | CHOICES | MANY | {"number", "checkbox", "datetime"}
CONTAINERS = frozenset({"group", "dynamiclist"})
SHOWN_ONLY = frozenset({"text", "separator", "spacer", "button"})
KINDS = INPUTS | CONTAINERS | SHOWN_ONLY | {"expression"}
MAX_ROWS = 100


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that may be chosen: `value` is stored, `key` is the same as text (in HTML), `label` is shown."""

    value: object
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What `validate` of a field says; an Expression is computed per case. `digits`: decimals at most."""

    required: bool = False
    min: Expression | None = None
    max: Expression | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    pattern_message: str = ""
    shape: str = ""
    digits: int | None = None
    not_past: bool = False


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class FormField:
    """One component. `kind`: see KINDS; `path`: where its value goes, relative to its list row or the form.

    `subtype` of a datetime: date, time or datetime. `options_from`: FEEL giving the options. `closed`: disabled
    or read-only always; `closed_when`: read-only by expression. `compute`: FEEL of an expression field."""

    id: str
    kind: str
    path: tuple[str, ...] = ()
    label: str = ""
    description: str = ""
    text: str = ""
    subtype: str = ""
    limits: Limits = NO_LIMITS
    options: tuple[Option, ...] = ()
    options_from: Expression | None = None
    hide: Expression | None = None
    closed: bool = False
    closed_when: Expression | None = None
    compute: Expression | None = None
    default: object = None
    children: tuple["FormField", ...] = ()

    @property
    def name(self) -> str:
        """The dotted path: key in JSON errors and name in HTML."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a package; `id` is what tasks refer to; `source` the JSON that it was read from."""

    id: str
    fields: tuple[FormField, ...]
    source: Mapping[str, object]
    path: str = ""

    def inputs(self) -> tuple[FormField, ...]:
        """All fields that can hold a value, groups opened, lists not."""
        return tuple(_inputs(self.fields))

    def writes(self) -> frozenset[str]:
        """Top-level names of the variables that this form may write."""
        return frozenset(f.path[0] for f in self.inputs() if f.path and (f.compute or not f.closed))


def _inputs(fields: tuple[FormField, ...]) -> list[FormField]:
    found: list[FormField] = []
    for one in fields:
        if one.kind == "group":
            found.extend(_inputs(one.children))
        elif one.kind in INPUTS or one.kind in {"dynamiclist", "expression"}:
            found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one answer: `key` is its dotted path, `nl` and `en` name the label and what to do."""

    key: str
    label: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Validated:
    """The outcome: `values` by top-level variable (nested JSON-like), usable only when `errors` is empty."""

    values: dict[str, object]
    errors: tuple[FieldError, ...] = ()
