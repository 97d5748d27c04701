"""User tasks: who does them and by when, and the form that people fill in."""

import re
from typing import Final

from bpmn.adopt import code, events, extend
from bpmn.adopt.source import TEXT, Source
from bpmn.readers.juel import NotSimple, marked, translate_inside
from bpmn.readers.names import BPMN, ZEEBE, Element, extension, local

_ASSIGNMENT: Final = ("assignee", "candidateGroups", "candidateUsers")
_SCHEDULE: Final = ("dueDate", "followUpDate")
_SETTER: Final = re.compile(r"(?:task|delegateTask)\.(\w+)\((.*)\)\Z", re.DOTALL)
_SETTERS: Final = {
    "setAssignee": ("assignmentDefinition", "assignee"),
    "addCandidateGroup": ("assignmentDefinition", "candidateGroups"),
    "addCandidateUser": ("assignmentDefinition", "candidateUsers"),
    "setDueDate": ("taskSchedule", "dueDate"),
    "setFollowUpDate": ("taskSchedule", "followUpDate"),
    "setPriority": ("priorityDefinition", "priority"),
}
_RESOURCE: Final = re.compile(r"(user|group)\((.*)\)\Z")
_PLACE: Final = re.compile(r"^(?:embedded|camunda-forms|app|form):(?:app:|deployment:)?", re.IGNORECASE)


def translate(source: Source, task: Element) -> None:
    """Everything of one user task but its listeners."""
    extend.put(source, task, "userTask")
    events.title(source, task)
    resources(source, task)
    for tag, names in (("assignmentDefinition", _ASSIGNMENT), ("taskSchedule", _SCHEDULE)):
        for name in names:
            given = source.get(task, name)
            # Flowable's word for who started the case, which is no variable here: it stays for a finding.
            if given and given != "$INITIATOR":
                source.take(task, name)
                extend.put(source, task, tag, **{name: source.value(given, task, name)})
    priority = source.take(task, "priority")
    if priority:
        extend.put(source, task, "priorityDefinition", priority=source.value(priority, task, "priority"))
    form(source, task)


def resources(source: Source, task: Element) -> None:
    """The resources of BPMN itself, in the way in which these engines read them: `user(jan), group(balie)`."""
    for tag in ("humanPerformer", "performer", "potentialOwner"):
        for e in list(task.iterchildren(f"{{{BPMN}}}{tag}")):
            inner = next(e.iter(f"{{{BPMN}}}formalExpression"), None)
            text = ((inner.text or "") if inner is not None else "").strip()
            if inner is None or not text:
                continue
            _resource(source, task, tag, inner, text)
            source.document.remove(e)


def _resource(source: Source, task: Element, tag: str, inner: Element, text: str) -> None:
    value = source.value(text, inner, TEXT)
    if tag != "potentialOwner":
        extend.put(source, task, "assignmentDefinition", assignee=value)
        return
    if value.startswith("=") or marked(value):
        extend.put(source, task, "assignmentDefinition", candidateGroups=value)
        return
    named = [(_RESOURCE.match(each.strip()), each.strip()) for each in value.split(",")]
    for word, attribute in (("user", "candidateUsers"), ("group", "candidateGroups")):
        found = [m[2].strip() if m else each for m, each in named if (m[1] if m else "group") == word]
        if found:
            extend.put(source, task, "assignmentDefinition", **{attribute: ",".join(found)})


def arranged(source: Source, task: Element, listener: Element) -> bool:
    """Whether a listener only says who does the task or by when, which the task itself can say: then it does now."""
    marks = code.MARKS.match((listener.get("expression") or "").strip())
    call = _SETTER.match(marks[1].strip()) if marks else None
    tag, name = _SETTERS.get(call[1], ("", "")) if call else ("", "")
    if call is None or not tag or (listener.get("event") or "create") != "create":
        return False
    found = extension(task, ZEEBE, tag)
    if found is not None and found.get(name):
        return False
    try:
        value = translate_inside(call[2])
    except NotSimple:
        return False
    extend.put(source, task, tag, **{name: f"={value}"})
    return True


def form(source: Source, element: Element) -> None:
    """A form by its key or reference becomes one by its id; fields that the model itself lists are an open point."""
    reference, key = source.take(element, "formRef"), source.take(element, "formKey")
    for name in ("formRefBinding", "formRefVersion"):
        source.take(element, name)
    given = reference or key
    if given and ("{" in given):
        source.left_open(element, "formRef" if reference else "formKey")
        _say(
            source,
            element,
            f"De sleutel van het formulier ('{given}') wordt berekend.",
            f"The form key '{given}' is computed.",
        )
    elif given:
        id_ = _plain(given)
        extend.put(source, element, "formDefinition", formId=id_)
        if id_ != given:
            source.left_open(element, "formRef" if reference else "formKey")
            _say(
                source,
                element,
                f"Het formulier '{given}' is van de andere engine en heet hier '{id_}'.",
                f"The form '{given}' belongs to the other engine and is called '{id_}' here.",
            )
    _listed(source, element)


def _listed(source: Source, element: Element) -> None:
    boxes = source.own(element, "formData")
    loose = source.own(element, "formProperty")
    fields = [e for box in boxes for e in box if local(e) == "formField"] + loose
    if not fields:
        return
    names = ", ".join(e.get("id") or "" for e in fields)
    for e in (*boxes, *loose):
        source.left_open(e)
        extend.keep(source, element, f"camunda:{local(e)}", _field(e) if e in loose else "; ".join(map(_field, e)))
        source.drop(e)
    _say(
        source,
        element,
        f"Het model zelf noemt de velden van een formulier: {names}.",
        f"The model itself lists the fields of a form: {names}.",
    )


def _field(e: Element) -> str:
    return " ".join(f"{k}={v}" for k, v in ((str(k), str(v)) for k, v in e.attrib.items()))


def _say(source: Source, element: Element, nl: str, en: str) -> None:
    source.notes.warning(
        "form-to-make",
        element,
        f"{nl} Maak dat formulier in Plus-1, of zet het om, en kies het bij deze stap.",
        f"{en} Make that form in Plus-1, or convert it, and choose it at this step.",
    )


def _plain(key: str) -> str:
    """`embedded:app:forms/beslis.html` → `beslis`; a key that is an id already stays."""
    stem = _PLACE.sub("", key).rsplit("/", 1)[-1]
    return re.sub(r"\.(html?|form|json|xhtml)$", "", stem, flags=re.IGNORECASE) or key


def tasks(source: Source) -> list[Element]:
    """The user tasks of the file."""
    return list(source.root.iter(f"{{{BPMN}}}userTask"))
