"""The tenant's own catalogue: which case type, status, result, document or role belongs to an element of the base."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from bpmn.compare.words import Words
from bpmn.model import Finding
from tenants.variation import VariationPoint

Mapped = Mapping[str, Mapping[str, str]]
THINGS: Mapping[str, Words] = {
    "zaaktype": Words("zaaktype", "case type"),
    "status": Words("statustype", "status type"),
    "result": Words("resultaattype", "result type"),
    "document": Words("informatieobjecttype", "document type"),
    "role": Words("roltype", "role type"),
}
MAX_TEXT = 100
MAX_ADDRESS = 1000
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def check(point: VariationPoint, chosen: object) -> tuple[Finding, ...]:
    """Whether everything that the point maps is tied, nothing else is, and each tie can be an entry of a catalogue: an
    https address, a UUID, or its description."""
    given = chosen if isinstance(chosen, Mapping) else {}
    told: list[tuple[str, str]] = []
    for thing in point.maps:
        if not str(given.get(thing, "")).strip():
            words = THINGS.get(thing, Words(thing, thing))
            told.append((f"Vul het {words.nl} in.", f"Fill in the {words.en}."))
    for thing in sorted(str(one) for one in given):
        if thing not in point.maps:
            nl = f"'{thing}' wordt hier niet gekoppeld. Dit punt koppelt: {', '.join(point.maps)}."
            told.append((nl, f"'{thing}' is not mapped here. This point maps: {', '.join(point.maps)}."))
        elif str(given[thing]).strip():
            told += wrong(thing, str(given[thing]).strip())
    return tuple(
        Finding("choice-mapping", "error", f"{point.id}: {nl}", f"{point.id}: {en}", point.id) for nl, en in told
    )


def wrong(thing: str, text: str) -> Iterator[tuple[str, str]]:
    """Why a text can be no entry of a catalogue, in Dutch and English."""
    words = THINGS.get(thing, Words(thing, thing))
    if _UUID.fullmatch(text):
        return
    if "://" in text:
        if not _address(text):
            nl = f"Het adres van het {words.nl} klopt niet. Gebruik een volledig adres dat begint met https://."
            yield nl, f"The address of the {words.en} is wrong. Use a whole address that begins with https://."
    elif len(text) > MAX_TEXT or not text.isprintable():
        nl = f"De omschrijving van het {words.nl} is hoogstens {MAX_TEXT} tekens, op een regel."
        yield nl, f"The description of the {words.en} is at most {MAX_TEXT} characters, on one line."


def _address(text: str) -> bool:
    if len(text) > MAX_ADDRESS or not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host and parts.username is None and port != 0


def declared(point: VariationPoint) -> Iterator[tuple[str, str]]:
    """What is wrong with the declaration: something to map, of known kinds, in a place where that means something."""
    if not point.maps:
        yield "zegt niet wat er gekoppeld wordt; zet maps", "does not say what is mapped; set maps"
    for thing in point.maps:
        if thing not in THINGS:
            yield f"kent '{thing}' niet; kies uit {', '.join(THINGS)}", f"does not know '{thing}'"
    whole = point.element_kind == "process"
    if whole != ("zaaktype" in point.maps) and point.maps:
        nl = "koppelt een zaaktype, en dat hoort bij het proces; de rest hoort bij een stap of einde"
        yield nl, "must map a case type on the process, and anything else on a step or end"


def mapped(chosen: Iterable[tuple[VariationPoint, object]]) -> Mapped:
    """Element → what belongs to it, of the mapping points among these."""
    found: dict[str, dict[str, str]] = {}
    for point, content in chosen:
        if point.kind == "mapping" and isinstance(content, Mapping):
            own = found.setdefault(point.element, {})
            own.update({str(thing): str(text).strip() for thing, text in content.items()})
    return found


def words(chosen: Mapping[str, object]) -> Words:
    """What is tied, as people say it."""
    known = [(one, str(chosen[thing]).strip()) for thing, one in THINGS.items() if thing in chosen]
    return Words(", ".join(f"{w.nl} '{text}'" for w, text in known), ", ".join(f"{w.en} '{text}'" for w, text in known))


def otherwise(before: VariationPoint, after: VariationPoint) -> Iterator[Words]:
    """What another version of the point maps, or maps no longer."""
    for thing in sorted(set(before.maps) ^ set(after.maps)):
        told = THINGS.get(thing, Words(thing, thing))
        if thing in after.maps:
            yield Words(f"de basis vraagt nu ook een {told.nl}", f"the base now asks for a {told.en} too")
        else:
            yield Words(f"de basis vraagt geen {told.nl} meer", f"the base no longer asks for a {told.en}")


def incomplete(points: Iterable[VariationPoint], found: Mapped) -> Iterator[Finding]:
    """A warning for each point that is not mapped while others are: the catalogue would be filled by halves."""
    if not found:
        return
    for point in points:
        if point.kind == "mapping" and point.element not in found:
            nl = f"{point.id}: '{point.element_name}' is nog niet gekoppeld, andere plekken wel. Koppel ook deze."
            en = f"{point.id}: '{point.element_name}' is not mapped yet, while others are. Map it too."
            yield Finding("mapping-incomplete", "warning", nl, en, point.id)
