"""The canonical dialect: Camunda 8 with its `zeebe` extension elements."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bpmn.model import Expression, IoMapping, Loop, Trigger, Work
from bpmn.readers.declared import attribute
from bpmn.readers.dialect import Mappings, Reading
from bpmn.readers.juel import marked
from bpmn.readers.names import (
    CAMUNDA7,
    FLOWABLE,
    ZEEBE,
    Element,
    attributes,
    base,
    extension,
    extensions,
    flag,
    line,
    local,
    space,
)

KNOWN: Final = {
    "taskDefinition": "type retries",
    "ioMapping": "",
    "input": "source target",
    "output": "source target",
    "assignmentDefinition": "assignee candidateGroups candidateUsers",
    "formDefinition": "formId formKey externalReference bindingType versionTag",
    "calledDecision": "decisionId resultVariable bindingType versionTag",
    "script": "expression resultVariable",
    "calledElement": "processId propagateAllChildVariables propagateAllParentVariables bindingType versionTag",
    "loopCharacteristics": "inputCollection inputElement outputCollection outputElement",
    "taskSchedule": "dueDate followUpDate",
    "priorityDefinition": "priority",
    "taskHeaders": "",
    "header": "key value",
    "userTask": "",
    "subscription": "correlationKey",
    "adHoc": "activeElementsCollection",
    "properties": "",
    "property": "name value",
    "versionTag": "value",
}
# A property with such a name keeps what stood there for another engine and was not translated.
LEFT: Final = ("camunda:", "operaton:", "flowable:", "activiti:")
# What somebody still has to look at since it was brought over, in Dutch and English.
OPEN: Final = "plus1:open"
TEMPLATES: Final = ("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon")


class Zeebe:
    """Camunda 8: `=` marks FEEL, anything else is literal text."""

    lenient = False
    first_instance = 1

    def value(self, reading: Reading, text: str, element: Element) -> Expression:
        """FEEL after `=`, else the text itself."""
        source = text.strip()
        if source.startswith("="):
            return Expression(source[1:], True, line(element))
        if marked(source):
            _juel(reading, source, element)
        return Expression(source, False, line(element))

    def condition(self, reading: Reading, text: str, element: Element) -> Expression:
        """The same; `checks` refuses a condition that is a literal."""
        return self.value(reading, text, element)

    def work(self, reading: Reading, element: Element, kind: str) -> Work:
        """All the extension elements that say what a task does."""
        task, form = _zeebe(element, "taskDefinition"), _zeebe(element, "formDefinition")
        assigned, schedule = _zeebe(element, "assignmentDefinition"), _zeebe(element, "taskSchedule")
        decision, script = _zeebe(element, "calledDecision"), _zeebe(element, "script")
        title = attribute(element, "title")
        called = _zeebe(element, "calledElement")
        result = decision if decision is not None else script
        return Work(
            type=self._get(reading, task, "type"),
            retries=self._get(reading, task, "retries"),
            headers=MappingProxyType(_headers(element)),
            assignee=self._get(reading, assigned, "assignee"),
            groups=self._get(reading, assigned, "candidateGroups"),
            users=self._get(reading, assigned, "candidateUsers"),
            due=self._get(reading, schedule, "dueDate"),
            follow_up=self._get(reading, schedule, "followUpDate"),
            priority=self._get(reading, _zeebe(element, "priorityDefinition"), "priority"),
            form=_form(reading, form),
            decision=self._get(reading, decision, "decisionId"),
            script=self._get(reading, script, "expression"),
            result=result.get("resultVariable") if result is not None else None,
            called=self._get(reading, called, "processId"),
            all_in=called is not None and flag(called, "propagateAllParentVariables", True),
            all_out=called is not None and flag(called, "propagateAllChildVariables", True),
            active=self._get(reading, _zeebe(element, "adHoc"), "activeElementsCollection"),
            title=self.value(reading, title, element) if title else None,
        )

    def mappings(self, reading: Reading, element: Element) -> Mappings:
        """`zeebe:ioMapping`."""
        box = _zeebe(element, "ioMapping")
        lines: dict[str, list[IoMapping]] = {"input": [], "output": []}
        for e in box if box is not None else ():
            if local(e) in lines:
                source = self.value(reading, e.get("source") or "", e)
                lines[local(e)].append(IoMapping((e.get("target") or "").strip(), source))
        return tuple(lines["input"]), tuple(lines["output"])

    def loop(self, reading: Reading, element: Element, loop: Loop) -> Loop:
        """`zeebe:loopCharacteristics`."""
        z = _zeebe(element, "loopCharacteristics")
        if z is None:
            return loop
        return replace(
            loop,
            collection=self._get(reading, z, "inputCollection"),
            element=z.get("inputElement"),
            output=z.get("outputCollection"),
            output_element=self._get(reading, z, "outputElement"),
        )

    def trigger(self, reading: Reading, element: Element, target: Element | None, trigger: Trigger) -> Trigger:
        """The correlation key of a message; and of our own vocabulary what a catcher writes and what an end ends."""
        subscription = _zeebe(target, "subscription") if target is not None else None
        return replace(
            trigger,
            value=self._get(reading, subscription, "correlationKey") or trigger.value,
            code_variable=attribute(element, "codeVariable"),
            message_variable=attribute(element, "messageVariable"),
            whole_process=attribute(element, "endsAll") == "true",
            whole_repetition=attribute(element, "endsRepetition") == "true",
            own_case=attribute(element, "ownCase") == "true",
        )

    def unread(self, reading: Reading, element: Element) -> None:
        """Unknown zeebe elements are errors: they may change behaviour; what other vendors added is a warning."""
        for e in extensions(element):
            if space(e.tag) == ZEEBE:
                self._known(reading, element, e)
            elif space(e.tag) in (*CAMUNDA7, *FLOWABLE):
                _other_vendor(reading, element, local(e))
        for name, _ in attributes(element):
            if space(name) in (*CAMUNDA7, *FLOWABLE):
                _other_vendor(reading, element, base(name))
            elif space(name) == ZEEBE and base(name) not in TEMPLATES:
                _attribute(reading, element, base(name))

    def _known(self, reading: Reading, owner: Element, e: Element) -> None:
        tag = local(e)
        if tag == "property":
            _leftover(reading, owner, e)
        if tag not in KNOWN:
            reading.notes.error(
                "unsupported-extension",
                e,
                f"'zeebe:{tag}' wordt niet ondersteund. Haal het weg of los het op een andere manier op.",
                f"'zeebe:{tag}' is not supported. Remove it or solve it in another way.",
                owner.get("id") or "",
            )
            return
        for name, _ in attributes(e):
            if name not in KNOWN[tag].split():
                _attribute(reading, owner, f"{tag}/{name}")
        for c in e:
            self._known(reading, owner, c)

    def _get(self, reading: Reading, element: Element | None, name: str) -> Expression | None:
        source = element.get(name) if element is not None else None
        return self.value(reading, source, element) if source and element is not None else None


def _juel(reading: Reading, source: str, element: Element) -> None:
    """Left by an adoption that could not translate it; as a text it would run, with the wrong value."""
    owner = next((a for a in element.iterancestors() if a.get("id")), element)
    reading.notes.error(
        "juel",
        element,
        f"'{source}' is nog een expressie van een andere engine. Schrijf haar in FEEL, met '=' ervoor.",
        f"'{source}' is still an expression of another engine. Write it in FEEL, with '=' in front.",
        element.get("id") or owner.get("id") or "",
    )


def _zeebe(element: Element, tag: str) -> Element | None:
    return extension(element, ZEEBE, tag)


def _leftover(reading: Reading, owner: Element, e: Element) -> None:
    name, id_ = e.get("name") or "", owner.get("id") or ""
    if name == OPEN:
        nl, _, en = (e.get("value") or "").partition(" | ")
        gone = ("Haal daarna de eigenschap 'plus1:open' weg.", "Then remove the property 'plus1:open'.")
        reading.notes.warning("open-point", e, f"{nl} {gone[0]}", f"{en or nl} {gone[1]}", id_)
    if not name.startswith(LEFT):
        return
    reading.notes.warning(
        "left-over",
        e,
        f"'{name}' van een andere engine is niet omgezet; het staat nog bij de eigenschappen van dit element. Los het"
        " hier op een andere manier op en haal die eigenschap dan weg.",
        f"'{name}' of another engine was not translated; it still stands among the properties of this element. Solve"
        " it here in another way, then remove that property.",
        id_,
    )


def _headers(element: Element) -> dict[str, str]:
    box = _zeebe(element, "taskHeaders")
    return {e.get("key") or "": e.get("value") or "" for e in box} if box is not None else {}


def _form(reading: Reading, form: Element | None) -> str | None:
    if form is None:
        return None
    if not form.get("formId"):
        reading.notes.error(
            "unsupported-form",
            form,
            "Alleen formulieren met een formId worden ondersteund. Koppel het formulier met zijn id.",
            "Only forms with a formId are supported. Link the form by its id.",
        )
    return form.get("formId")


def _attribute(reading: Reading, owner: Element, name: str) -> None:
    reading.notes.warning(
        "unknown-attribute",
        owner,
        f"Het attribuut 'zeebe:{name}' is onbekend en wordt niet gelezen. Haal het weg of verbeter de naam.",
        f"The attribute 'zeebe:{name}' is unknown and is not read. Remove it or correct its name.",
    )


def _other_vendor(reading: Reading, owner: Element, name: str) -> None:
    reading.notes.warning(
        "other-vendor",
        owner,
        f"'{name}' hoort bij een andere engine en wordt hier niet gelezen. Zet het om naar Camunda 8.",
        f"'{name}' belongs to another engine and is not read here. Convert it to Camunda 8.",
    )
