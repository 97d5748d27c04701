"""A letter of the tenant's own in place of the base's: its merge fields are known, obligatory passages stay."""

from collections.abc import Iterator, Mapping

from bpmn import feel
from bpmn.forms import merge_fields
from bpmn.model import Finding
from tenants.variation import VariationPoint

MAX_LETTER = 50_000


def check(point: VariationPoint, texts: Mapping[str, str], own: str, known: frozenset[str]) -> tuple[Finding, ...]:
    """What is wrong with `own` as the text of the point; `known`: the names that a merge field may read.

    `texts`: those of the base by name; what the base's own text reads may be read too."""
    base = texts.get(point.target, "")
    return tuple(_faults(point, texts, own, known | _reads(base)))


def passages(point: VariationPoint, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The obligatory passages: each is a text of the base, whose paragraphs stand in the letter word for word."""
    return tuple(texts[name] for name in point.required if name in texts)


def holds(letter: str, passage: str) -> bool:
    """Whether the paragraphs of a passage stand in a letter, one after the other; blanks and line ends do not count."""
    wanted, there = _paragraphs(passage), _paragraphs(letter)
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1))


def _faults(point: VariationPoint, texts: Mapping[str, str], own: str, known: frozenset[str]) -> Iterator[Finding]:
    if not own.strip() or len(own) > MAX_LETTER:
        nl = f"de tekst is leeg of langer dan {MAX_LETTER} tekens"
        yield _fault(point, nl, f"the text is empty or longer than {MAX_LETTER} characters")
        return
    if _titled(texts.get(point.target, "")) and not _titled(own):
        nl = "de eerste regel moet een kop zijn, met '# ' ervoor; dat is de titel van de brief"
        yield _fault(point, nl, "the first line must be a heading with '# ' in front; it is the title of the letter")
    for source in merge_fields(own):
        try:
            reads = feel.compile(source).reads
        except feel.FeelSyntaxError as error:
            yield _fault(point, f"het invulveld '{source}' klopt niet: {error.nl}", f"'{source}' is wrong: {error.en}")
            continue
        for name in sorted(reads - known):
            nl = f"het invulveld '{source}' leest '{name}', maar geen formulier of stap vult dat"
            yield _fault(point, nl, f"the merge field '{source}' reads '{name}', which no form or step fills")
    for name in point.required:
        if name in texts and not holds(own, texts[name]):
            said = " ".join(texts[name].split())
            nl = f"de verplichte passage '{name}' ontbreekt of is veranderd: '{said}'"
            yield _fault(point, nl, f"the obligatory passage '{name}' is missing or changed: '{said}'")


def _reads(letter: str) -> frozenset[str]:
    found: set[str] = set()
    for source in merge_fields(letter):
        try:
            found |= feel.compile(source).reads
        except feel.FeelSyntaxError:
            continue
    return frozenset(found)


def _titled(letter: str) -> bool:
    return letter.lstrip().startswith("# ")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _fault(point: VariationPoint, nl: str, en: str) -> Finding:
    return Finding("choice-text", "error", f"{point.id}: {nl}.", f"{point.id}: {en}.", point.id)
