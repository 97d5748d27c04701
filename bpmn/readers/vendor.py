"""What Camunda 7, Operaton, Flowable and Activiti files have in common; each leniency gives a finding."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bpmn.model import Expression, IoMapping, Loop, Trigger, Work
from bpmn.readers.composite import composite
from bpmn.readers.dialect import Mappings, Reading
from bpmn.readers.juel import NotSimple, translate
from bpmn.readers.names import Element, attributes, base, child, extensions, line, local, ref, space, text

_READ: Final = """
    assignee candidateGroups candidateUsers dueDate followUpDate priority formKey formRef type topic resultVariable
    decisionRef collection elementVariable escalationCodeVariable errorCodeVariable errorMessageVariable terminateAll
    terminateMultiInstance scope
    inheritVariables signalExpression in out inputOutput inputParameter outputParameter value"""
READ: Final = frozenset(_READ.split())
_CODE: Final = """
    class delegateExpression expression variableMappingClass variableMappingDelegateExpression executionListener
    taskListener connector"""
CODE: Final = frozenset(_CODE.split())


@dataclass(frozen=True, slots=True)
class Vendor:
    """A lenient dialect whose extensions live in `namespaces`."""

    namespaces: tuple[str, ...]
    lenient: bool = True
    first_instance: int = 0

    def value(self, reading: Reading, text: str, element: Element) -> Expression:
        """`=` is FEEL, `${…}` is translated, anything else is literal."""
        return self._expression(reading, text, element) or Expression(text.strip(), False, line(element))

    def condition(self, reading: Reading, text: str, element: Element) -> Expression:
        """A text without marks is taken as FEEL."""
        found = self._expression(reading, text, element)
        return found or Expression(text.strip(), True, line(element))

    def work(self, reading: Reading, element: Element, kind: str) -> Work:
        """Attributes of tasks and call activities."""
        form = self.get(element, "formKey") or self.get(element, "formRef")
        called = element.get("calledElement") if kind == "callActivity" else None
        name = element.get("name") or ""
        job = kind in ("serviceTask", "sendTask", "businessRuleTask", "scriptTask")
        return Work(
            type=self._job(reading, element) if job else None,
            assignee=self._attribute(reading, element, "assignee"),
            groups=self._attribute(reading, element, "candidateGroups"),
            users=self._attribute(reading, element, "candidateUsers"),
            due=self._attribute(reading, element, "dueDate"),
            follow_up=self._attribute(reading, element, "followUpDate"),
            priority=self._attribute(reading, element, "priority") if kind == "userTask" else None,
            form=form if form and "{" not in form else None,
            decision=self._attribute(reading, element, "decisionRef"),
            result=self.get(element, "resultVariable"),
            called=self.value(reading, called if "{" in called else ref(called) or "", element) if called else None,
            all_in=self._all(element, "in") or self.get(element, "inheritVariables") == "true",
            all_out=self._all(element, "out"),
            title=self.value(reading, name, element) if "{" in name else None,
        )

    def mappings(self, reading: Reading, element: Element) -> Mappings:
        """`inputOutput` of Camunda 7, `in` and `out` of call activities."""
        inputs: list[IoMapping] = []
        outputs: list[IoMapping] = []
        for e in self._own(element):
            tag = local(e)
            if tag == "inputOutput":
                for p in e:
                    line_ = IoMapping(p.get("name") or "", composite(reading, p, partial(self.value, reading)))
                    (inputs if local(p) == "inputParameter" else outputs).append(line_)
            elif tag in ("in", "out") and e.get("target"):
                source = e.get("sourceExpression")
                value = (
                    self.condition(reading, source, e) if source else Expression(e.get("source") or "", True, line(e))
                )
                (inputs if tag == "in" else outputs).append(IoMapping(e.get("target") or "", value))
        return tuple(inputs), tuple(outputs)

    def loop(self, reading: Reading, element: Element, loop: Loop) -> Loop:
        """Collection and element variable."""
        source = self.get(element, "collection") or text(element, "loopDataInputRef")
        item = child(element, "inputDataItem")
        name = self.get(element, "elementVariable") or (item.get("name") if item is not None else None)
        return replace(loop, collection=self.condition(reading, source, element) if source else None, element=name)

    def trigger(self, reading: Reading, element: Element, target: Element | None, trigger: Trigger) -> Trigger:
        """Variables for codes, and terminating the whole process."""
        expression = self.get(element, "signalExpression")
        if trigger.kind == "signal" and trigger.name is None and expression:
            trigger = replace(trigger, name=self.value(reading, expression, element))
        return replace(
            trigger,
            code_variable=self.get(element, f"{trigger.kind}CodeVariable"),
            message_variable=self.get(element, f"{trigger.kind}MessageVariable"),
            whole_process=self.get(element, "terminateAll") == "true",
            whole_repetition=self.get(element, "terminateMultiInstance") == "true",
            own_case=target is not None and self.get(target, "scope") == "processInstance",
        )

    def unread(self, reading: Reading, element: Element) -> None:
        """Java code is never run; other attributes are named once."""
        names = [local(e) for e in self._own(element)]
        names += [base(k) for k, _ in attributes(element) if space(k) in self.namespaces]
        for name in names:
            if name in CODE and not (
                name in ("class", "delegateExpression", "expression") and local(element).endswith("Task")
            ):
                reading.notes.warning(
                    "code-not-run",
                    element,
                    f"'{name}' verwijst naar programmacode van een andere engine. Die wordt niet uitgevoerd.",
                    f"'{name}' refers to program code of another engine. It is not run.",
                )
            elif name not in READ | CODE:
                reading.notes.once(
                    "vendor-attribute",
                    name,
                    element,
                    f"'{name}' van een andere engine wordt niet gelezen.",
                    f"'{name}' of another engine is not read.",
                )

    def get(self, element: Element, name: str) -> str | None:
        """The vendor's attribute of that name."""
        return next((v for n in self.namespaces if (v := element.get(f"{{{n}}}{name}"))), None)

    def _own(self, element: Element) -> list[Element]:
        return [e for e in extensions(element) if space(e.tag) in self.namespaces]

    def _all(self, element: Element, tag: str) -> bool:
        return any(local(e) == tag and e.get("variables") == "all" for e in self._own(element))

    def _attribute(self, reading: Reading, element: Element, name: str) -> Expression | None:
        source = self.get(element, name)
        return self.value(reading, source, element) if source else None

    def _job(self, reading: Reading, element: Element) -> Expression | None:
        for name in ("topic", "type", "class", "delegateExpression", "expression"):
            source = self.get(element, name)
            if source:
                return Expression(source, False, line(element))
        reading.notes.error(
            "no-job-type",
            element,
            "Deze taak zegt niet wat er moet gebeuren. Zet de taak om naar Camunda 8 en kies een soort werk.",
            "This task does not say what is to be done. Convert it to Camunda 8 and choose a job type.",
        )
        return None

    def _expression(self, reading: Reading, text: str, element: Element) -> Expression | None:
        source = text.strip()
        if source.startswith("="):
            return Expression(source[1:], True, line(element))
        try:
            translated = translate(source)
        except NotSimple:
            owner = next((a for a in element.iterancestors() if a.get("id")), element)
            reading.notes.error(
                "juel",
                element,
                f"De expressie '{source}' kan niet worden omgezet. Schrijf haar in FEEL, met '=' ervoor.",
                f"The expression '{source}' cannot be translated. Write it in FEEL, with '=' in front.",
                element.get("id") or owner.get("id") or "",
            )
            return Expression(source, False, line(element))
        if translated is None:
            return None
        reading.notes.once(
            "juel-translated",
            "",
            element,
            "Expressies met ${…} zijn omgezet naar FEEL.",
            "Expressions with ${…} were translated to FEEL.",
        )
        return Expression(translated, True, line(element))
