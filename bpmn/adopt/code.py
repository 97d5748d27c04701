"""Program code that a step or listener of another engine calls: what its job is called here, and what it is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bpmn.adopt.source import Source
from bpmn.readers.juel import NotSimple, translate_inside
from bpmn.readers.juel_calls import split_arguments, unquoted
from bpmn.readers.names import Element, local

_KINDS: Final = ("class", "delegateExpression", "expression")
MARKS: Final = re.compile(r"^[$#]\{(.*)\}$", re.DOTALL)
_CALL: Final = re.compile(r"^([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*(?:\((.*)\))?$", re.DOTALL)
SET: Final = re.compile(r"^(?:execution|task|delegateTask)\s*\.\s*setVariable(?:Local)?\s*\((.*)\)$", re.DOTALL)
# An expression that does nothing: the work is known elsewhere, such as by a plugin that is tied to the step.
_NOTHING: Final = frozenset({"null", "true", "false"})
_NAME: Final = re.compile(r"[A-Za-z_]\w*\Z")
_CONTEXT: Final = frozenset({"execution", "task", "delegateTask", "delegateExecution"})
_TERM: Final = re.compile(r"\b(?:terms?|deadline)\b|termijn")
_TERMS: Final = (
    ("plus1:term-suspend", re.compile("opschort|suspend|pauzeer|pause")),
    ("plus1:term-extend", re.compile("verleng|verdag|extend")),
    ("plus1:term-resume", re.compile("hervat|resume")),
)
_LABELS: Final = {
    "plus1:term-suspend": "Termijn opschorten",
    "plus1:term-extend": "Termijn verlengen",
    "plus1:term-resume": "Termijn hervatten",
}

Inputs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """`kind`: the attribute that said so; `text`: as it stood there; `job`: its job type; `inputs`: canonical
    value per name; `whole`: whether every argument could be translated; `result`: the variable that gets the answer."""

    kind: str
    text: str
    job: str
    inputs: Inputs = ()
    whole: bool = True
    result: str = ""

    @property
    def term(self) -> bool:
        """Whether it suspends, extends or resumes a statutory term."""
        return self.job.startswith("plus1:term-")

    @property
    def label(self) -> str:
        """What a step is called that does this."""
        return _LABELS.get(self.job) or self.job.replace("-", " ").capitalize()


def found(source: Source, carrier: Element, get: Callable[[str], str | None]) -> Code | None:
    """The code that a step, event or listener calls; None without.

    `get`: the value of an attribute, which stands in the vendor's namespace or in none. Fields are inputs too."""
    for name in _KINDS:
        text = get(name)
        if text:
            result, inner = _assigned(text)
            job, inputs, whole = (_class(text), (), True) if name == "class" else _expression(inner)
            if job in _NOTHING:
                job = kebab(carrier.get("name") or carrier.get("id") or "taak")
            return Code(name, text, job, (*inputs, *fields(source, carrier)), whole, result)
    return None


def fields(source: Source, carrier: Element) -> Inputs:
    """Field injections: a text, or an expression. Those of a task go; those of a listener go with it."""
    boxes = source.own(carrier, "field") or [e for e in carrier if local(e) == "field"]
    given: list[tuple[str, str]] = []
    for field in boxes:
        inner = next((c for c in field if local(c) in ("string", "expression")), None)
        text = (inner.text if inner is not None else None) or field.get("stringValue") or field.get("expression") or ""
        given.append((field.get("name") or "veld", source.value(text, field, "#element")))
        box = field.getparent()
        if box is not None and local(box) == "extensionElements":
            source.drop(field)
    return tuple(given)


def kebab(name: str) -> str:
    """`nl.dms.ZaakAanmakenDelegate` → `zaak-aanmaken`."""
    simple = re.sub(r"(?:Java)?Delegate$", "", name.rsplit(".", 1)[-1].rsplit("$", 1)[-1]) or name
    words = re.sub(r"([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])", r"\1\3-\2\4", simple)
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "taak"


def job_of(name: str, text: str) -> str:
    """The job type for a name; the events of a statutory term have types of their own."""
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower()
    if _TERM.search(words) and (term := next((job for job, verb in _TERMS if verb.search(words)), None)):
        return term
    return name


def _assigned(text: str) -> tuple[str, str]:
    """The variable and the code in `execution.setVariable("x", bean.code())`; no variable for other code."""
    marks = MARKS.match(text.strip())
    call = SET.match((marks[1] if marks else text).strip())
    given = split_arguments(call[1]) if call else []
    if len(given) != 2 or given[0][0] not in "'\"":
        return "", text
    return unquoted(given[0]), given[1]


def _class(text: str) -> str:
    return job_of(kebab(text), text.rsplit(".", 1)[-1])


def _expression(text: str) -> tuple[str, Inputs, bool]:
    marks = MARKS.match(text.strip())
    inside = marks[1].strip() if marks else text.strip()
    call = _CALL.match(inside)
    if call is None:
        return job_of(kebab(re.sub(r"\W+", "-", inside)[:60]), inside), (), False
    bean, method, given = call.groups()
    name = "-".join(kebab(part) for part in (bean, method) if part)
    return job_of(name, inside.partition("(")[0]), *_arguments(given or "")


def _arguments(given: str) -> tuple[Inputs, bool]:
    found: list[tuple[str, str]] = []
    whole = True
    for number, text in enumerate(split_arguments(given), 1):
        if text in _CONTEXT:
            continue
        try:
            feel = translate_inside(text)
        except NotSimple:
            whole = False
            continue
        named = _NAME.match(feel) and feel not in ("true", "false", "null")
        found.append((feel if named else f"argument{number}", f"={feel}"))
    return tuple(found), whole
