"""What to write instead: the mistakes that people make who know another language."""

Hint = tuple[str, str]
_NONE: Hint = ("", "")
_AND: Hint = (" Write `and`.", " Schrijf `and`.")
_OR: Hint = (" Write `or`.", " Schrijf `or`.")
_CHARACTERS: dict[str, Hint] = {
    '"': (" This text is not closed with a quote.", " Deze tekst is niet afgesloten met een aanhalingsteken."),
    "&": _AND,
    "|": _OR,
    "!": (" Write `not(…)`, or `!=` for unequal.", " Schrijf `not(…)`, of `!=` voor ongelijk."),
    "%": (" Write `modulo(a, b)`.", " Schrijf `modulo(a, b)`."),
    "`": (" This name is not closed with a backtick.", " Deze naam is niet afgesloten met een backtick."),
    "\u201c": (" Use straight quotes.", " Gebruik rechte aanhalingstekens."),
    "\u201d": (" Use straight quotes.", " Gebruik rechte aanhalingstekens."),
    ";": (" Separate with a comma.", " Scheid met een komma."),
    "$": (" Leave `${…}` out: this is FEEL already.", " Laat `${…}` weg: dit is al FEEL."),
}
_QUOTE: Hint = (" Write texts between double quotes.", " Zet teksten tussen dubbele aanhalingstekens.")
_EQUALS: Hint = (" Write one `=` to compare.", " Schrijf één `=` om te vergelijken.")
_SPACES: Hint = (
    " Put a name with spaces between backticks, or an operator between the two.",
    " Zet een naam met spaties tussen backticks, of een operator tussen de twee.",
)


def of_character(character: str) -> Hint:
    """A sentence in English and Dutch about a character that FEEL does not know, empty when there is none."""
    return _CHARACTERS.get(character, _NONE)


def of_token(before: str, before_kind: str, text: str, kind: str) -> Hint:
    """The same about a token that cannot stand behind the one before it."""
    if text == "'":
        return _QUOTE
    if text == before == "=":
        return _EQUALS
    return _SPACES if kind in ("name", "tick") and before_kind in ("name", "tick") else _NONE
