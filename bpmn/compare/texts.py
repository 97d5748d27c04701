"""Two versions of letters, scenarios, the README and other files."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from bpmn.compare.changes import About, Change, Detail, added, changed, removed
from bpmn.compare.content import written
from bpmn.compare.facts import Fact, compared, paired, patch
from bpmn.compare.words import Words, said

MAX_LINES = 1000
_PARTS = {
    "name": Words("naam", "name"),
    "start": Words("beginwaarde", "start value"),
    "steps": Words("stappen", "steps"),
    "expect": Words("verwachting", "expectation"),
}


def letters(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    """What differs between texts by path: a passage before and after for each place."""
    gone, came, stayed = paired(old, new)
    for path in gone:
        yield removed(_text(path), "patch" if path == "README.md" else "minor")
    for path in came:
        yield added(_text(path), "patch" if path == "README.md" else "minor")
    for path in stayed:
        if old[path] != new[path]:
            yield changed(_text(path), "patch", passages(old[path], new[path]))


def _text(path: str) -> About:
    if path == "README.md":
        return About("text", path, Words("De uitleg in README.md", "The explanation in README.md"), path)
    name = path.rsplit("/", 1)[-1].removesuffix(".md")
    return About("text", name, Words(f"Tekst '{name}'", f"Text '{name}'"), path)


def passages(old: str, new: str) -> tuple[Detail, ...]:
    """The passages that differ, whole lines; one for all of them when the texts are very long."""
    before, after = old.split("\n"), new.split("\n")
    if max(len(before), len(after)) > MAX_LINES:
        return (_passage(old, new),)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        _passage("\n".join(before[a:b]), "\n".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def _passage(old: str, new: str) -> Detail:
    before, after = (said(text.strip() or None) for text in (old, new))
    return Detail("passage", "passage", before.nl, after.nl, before.en, after.en)


def scenarios(old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]) -> Iterator[Change]:
    """What differs between scenarios by name."""
    gone, came, stayed = paired(old, new)
    for name in gone:
        yield removed(_scenario(name, old[name]), "patch")
    for name in came:
        yield added(_scenario(name, new[name]), "patch")
    for name in stayed:
        yield from compared(_scenario(name, new[name]), _facts(old[name], new[name]), _facts(new[name], old[name]))


def _scenario(name: str, content: Mapping[str, object]) -> About:
    title = content.get("name")
    called = title if isinstance(title, str) and title else name
    return About("scenario", name, Words(f"Scenario '{called}'", f"Scenario '{called}'"), f"scenarios/{name}.json")


def _facts(scenario: Mapping[str, object], other: Mapping[str, object]) -> dict[str, Fact]:
    """A scenario by value at the start and expectation; of its steps, those from the first to the last that differs."""
    facts = {}
    for key, value in scenario.items():
        label = _PARTS.get(key, Words(f"'{key}'", f"'{key}'"))
        if isinstance(value, Mapping):
            for name, one in value.items():
                nl, en = f"{label.nl} '{name}'", f"{label.en} '{name}'"
                facts[f"{key}.{name}"] = Fact(nl, en, _shown(one), patch)
        else:
            steps, theirs = value, other.get(key)
            if isinstance(steps, list) and isinstance(theirs, list):
                steps = _differing(steps, theirs)
            facts[key] = Fact(label.nl, label.en, _shown(steps), patch)
    return facts


def _differing(mine: list[object], theirs: list[object]) -> list[object]:
    shorter = min(len(mine), len(theirs))
    first = next((n for n in range(shorter) if mine[n] != theirs[n]), shorter)
    last = next((n for n in range(shorter - first) if mine[-n - 1] != theirs[-n - 1]), shorter - first)
    return mine[first : len(mine) - last]


def _shown(value: object) -> str:
    return value if isinstance(value, str) else written(value)


def file(path: str, kind: str) -> Change:
    """A file of which nothing is read, added, removed or changed."""
    about = About("file", path, Words(f"Bestand '{path}'", f"File '{path}'"), path)
    if kind == "added":
        return added(about, "patch")
    if kind == "removed":
        return removed(about, "patch")
    return changed(about, "patch", (Detail("inhoud", "content", "", "", "", ""),))
