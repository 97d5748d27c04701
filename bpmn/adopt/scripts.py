"""Scripts that only set variables become FEEL; all others stay as text, and are refused."""

import re
from typing import Final

from bpmn.adopt import code, extend
from bpmn.adopt.source import TEXT, Source
from bpmn.readers.juel import NotSimple, translate, translate_inside
from bpmn.readers.juel_calls import split_arguments, unquoted
from bpmn.readers.names import BPMN, ZEEBE, Element, child, extension

_STATEMENTS: Final = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|//[^\n]*|/\*.*?\*/|[;\n]""", re.DOTALL)
_JUEL: Final = ("juel", "feel", "")

Assignments = list[tuple[str, str]]


def task(source: Source, element: Element) -> None:
    """A script task: FEEL when it can be, else its text stays and says that it must be rewritten."""
    script = child(element, "script")
    text = ((script.text or "") if script is not None else "").strip()
    language, result = (element.get("scriptFormat") or "").lower(), source.get(element, "resultVariable")
    source.take(element, "autoStoreVariables")
    if extension(element, ZEEBE, "script") is not None or extension(element, ZEEBE, "taskDefinition") is not None:
        return
    sets = assignments(text)
    value = _value(text, language) if sets is None and result else None
    if script is None or (sets is None and value is None):
        _refuse(source, element, script, language)
        return
    source.take(element, "resultVariable")
    source.done(script, TEXT)
    source.document.remove(script)
    element.attrib.pop("scriptFormat", "")
    write(source, element, sets if sets is not None else [(result or "", value or "")])


def write(source: Source, element: Element, sets: Assignments) -> None:
    """Puts assignments into a script task; several are worked out together, each can use those before it."""
    if len(sets) == 1:
        extend.put(source, element, "script", expression=f"={sets[0][1]}", resultVariable=sets[0][0])
        return
    entries = ", ".join(f"{name}: {value}" for name, value in sets)
    extend.put(source, element, "script", expression=f"={{{entries}}}", resultVariable="gezet")
    for name in dict.fromkeys(name for name, _ in sets):
        extend.mapping(source, element, "output", f"=gezet.{name}", name)


def assignments(text: str) -> Assignments | None:
    """Names and FEEL of a text that does nothing but `execution.setVariable("x", …)`; None for any other."""
    found: Assignments = []
    for statement in _statements(text):
        marks = code.MARKS.match(statement)
        call = code.SET.match((marks[1] if marks else statement).strip())
        given = split_arguments(call[1]) if call else []
        if len(given) != 2 or given[0][0] not in "'\"" or not unquoted(given[0]).isidentifier():
            return None
        try:
            found.append((unquoted(given[0]), translate_inside(given[1])))
        except NotSimple:
            return None
    names = [name for name, _ in found]
    return found if found and len(set(names)) == len(names) else None


def _statements(text: str) -> list[str]:
    found, begin = [], 0
    for piece in _STATEMENTS.finditer(text):
        if piece[0][0] in "\"'":
            continue
        found.append(text[begin : piece.start()].strip())
        begin = piece.end()
    return [each for each in (*found, text[begin:].strip()) if each]


def _value(text: str, language: str) -> str | None:
    if language not in _JUEL:
        return None
    try:
        found = translate(text)
        return found if found is not None or language != "feel" else text.removeprefix("=")
    except NotSimple:
        return None


def _refuse(source: Source, element: Element, script: Element | None, language: str) -> None:
    if script is not None:
        source.left_open(script, TEXT)
    if source.get(element, "resource"):
        source.left_open(element, "resource")
    source.notes.error(
        "script-refused",
        element,
        f"Een script ({language or 'zonder taal'}) wordt niet uitgevoerd. De tekst staat nog in het model. Schrijf de"
        " berekening in FEEL (docs/feel.md), of maak er een taak voor een systeem van.",
        f"A script ({language or 'no language'}) is not run. Its text still stands in the model. Write the calculation"
        " in FEEL (docs/feel.md), or make it a service task.",
    )


def script_tasks(source: Source) -> list[Element]:
    """The script tasks of the file."""
    return list(source.root.iter(f"{{{BPMN}}}scriptTask"))
