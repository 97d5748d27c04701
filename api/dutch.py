"""What the reader of requests (marshmallow) says of a field, in Dutch; it speaks only English itself."""

import re

SAID = (
    (r"Missing data for required field\.", "Dit is verplicht."),
    (r"Unknown field\.", "Dit veld bestaat niet."),
    (r"Field may not be null\.", "Dit mag niet null zijn."),
    (r"Not a valid string\.", "Dit moet een tekst zijn."),
    (r"Not a valid integer\.", "Dit moet een geheel getal zijn."),
    (r"Not a valid UUID\.", "Dit moet een UUID zijn."),
    (r"Not a valid date\.", "Dit moet een datum zijn, zoals 2027-03-27."),
    (r"Not a valid list\.", "Dit moet een lijst zijn."),
    (r"(Not a valid mapping type|Invalid input type)\.", "Dit moet een JSON-object zijn."),
    (r"Length must be between (\d+) and (\d+)\.", r"Dit moet \1 tot \2 tekens lang zijn."),
    (
        r"Must be greater than or equal to (\d+) and less than or equal to (\d+)\.",
        r"Dit moet van \1 tot en met \2 zijn.",
    ),
    (r"Must be one of: (.*)\.", r"Kies een van: \1."),
)
FALLBACK = "Dit klopt niet."


def in_dutch(text: str) -> str:
    """The Dutch of one message; a message that is not in the table gives only that something is wrong."""
    for pattern, dutch in SAID:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return found.expand(dutch)
    return FALLBACK
