"""The shape of what was chosen at a slot or a mapping, before anybody asks whether it fits its point."""

from collections.abc import Mapping

STEP = frozenset({"name", "role", "form", "answers"})


def process(chosen: object) -> bool:
    """A BPMN text · `{"bpmn": text, "forms": {id: form}}` · `{"step": {"name", "role", "form", "answers"}}`."""
    if isinstance(chosen, str):
        return True
    if not isinstance(chosen, Mapping):
        return False
    if set(chosen) == {"step"}:
        return _step(chosen["step"])
    forms = chosen.get("forms", {})
    known = set(chosen) <= {"bpmn", "forms"} and isinstance(chosen.get("bpmn"), str)
    return known and isinstance(forms, Mapping) and all(isinstance(form, Mapping) for form in forms.values())


def _step(step: object) -> bool:
    if not isinstance(step, Mapping) or not set(step) <= STEP:
        return False
    texts = all(isinstance(step.get(name), str) for name in ("name", "role"))
    lists = [step.get("form", []), step.get("answers", [])]
    answers = lists[1] if isinstance(lists[1], list) else []
    return (
        texts
        and all(isinstance(given, list) and all(isinstance(one, Mapping) for one in given) for given in lists)
        and all(set(one) == {"result", "label"} and all(isinstance(v, str) for v in one.values()) for one in answers)
    )


def mapping(chosen: object) -> bool:
    """`{thing: text}`, each thing tied to something of the catalogue."""
    return isinstance(chosen, Mapping) and all(
        isinstance(thing, str) and isinstance(tied, str) for thing, tied in chosen.items()
    )
