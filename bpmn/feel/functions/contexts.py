"""Built-ins on contexts and on single values (DMN 1.5 sections 10.3.4.2, 10.3.4.7 and 10.3.4.9)."""

from bpmn.feel.budget import Evaluation
from bpmn.feel.comparing import equal
from bpmn.feel.functions.table import Table
from bpmn.feel.values import Temporal

TABLE = Table()
Context = dict[str, object]


@TABLE.add("not", "negand: any")
def not_(run: Evaluation, value: object) -> bool | None:
    """The other boolean."""
    return (not value) if isinstance(value, bool) else None


@TABLE.add("is", "value1: any, value2: any")
def is_(run: Evaluation, left: object, right: object) -> bool:
    """Whether two values are the same in the same form."""
    if isinstance(left, Temporal):
        return left == right
    return type(left) is type(right) and equal(left, right, run) is True


@TABLE.add("get value", "m: context, key: text", "context: context, keys: list")
def get_value(run: Evaluation, context: Context, keys: str | list[object]) -> object:
    """The entry under a key, or at the end of a path of keys."""
    if keys == []:
        return None
    value: object = context
    for key in keys if isinstance(keys, list) else [keys]:
        value = value.get(key) if isinstance(value, dict) and isinstance(key, str) else None
    return value


@TABLE.add("get entries", "m: context")
def get_entries(run: Evaluation, context: Context) -> list[Context]:
    """The entries as contexts of `key` and `value`."""
    return [{"key": key, "value": value} for key, value in context.items()]


def from_entries(items: list[object], override: bool) -> Context | None:
    """A context from entries; a key that comes twice overrides, or makes it null."""
    out: Context = {}
    for entry in items:
        if not isinstance(entry, dict) or "value" not in entry or not isinstance(entry.get("key"), str):
            return None
        if entry["key"] in out and not override:
            return None
        out[entry["key"]] = entry["value"]
    return out


@TABLE.add("context", "entries: list")
def context_(run: Evaluation, items: list[object]) -> Context | None:
    """A context from entries."""
    return from_entries(items, False)


@TABLE.add("context put", "context: context, key: text, value: any", "context: context, keys: list, value: any")
def context_put(run: Evaluation, context: Context, keys: str | list[object], value: object) -> Context | None:
    """A context with an entry set, at the end of a path of keys when those are a list."""
    if isinstance(keys, str):
        return {**context, keys: value}
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) > 1:
        inner = context.get(keys[0], {})
        run.walk(len(keys), 0)
        value = context_put(run, inner, keys[1:], value) if isinstance(inner, dict) else None
        if value is None:
            return None
    return {**context, keys[0]: value}


@TABLE.add("context merge", "contexts: list...")
def context_merge(run: Evaluation, contexts: list[object]) -> Context | None:
    """The entries of all contexts; later ones win."""
    out: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        run.charge(len(context))
        out.update(context)
    return out
