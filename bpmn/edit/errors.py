"""Why a change cannot be made, for a person: what is wrong and what to do instead."""

import re
from typing import Final

MAX_NAME: Final = 80
MAX_TEXT: Final = 2000
# What XML 1.0 cannot hold, whatever the escape.
_IMPOSSIBLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(Exception):
    """The change was not made. `nl`, `en`: what is wrong and what to do; `element`: the id it is about."""

    def __init__(self, code: str, nl: str, en: str, element: str = "") -> None:
        super().__init__(en)
        self.code = code
        self.nl = nl
        self.en = en
        self.element = element


def clean_name(name: str) -> str:
    """The name without spaces around it and on one line; raises Refused when it cannot be one."""
    name = " ".join(clean_text(name).split())
    if len(name) > MAX_NAME:
        raise Refused(
            "name-too-long",
            f"Deze naam heeft {len(name)} tekens; het maximum is {MAX_NAME}. Kies een kortere naam.",
            f"This name has {len(name)} characters; the maximum is {MAX_NAME}. Choose a shorter name.",
        )
    return name


def clean_text(text: str) -> str:
    """The text without spaces around it; raises Refused when a file cannot hold it."""
    if _IMPOSSIBLE.search(text):
        raise Refused(
            "character",
            "De tekst bevat een teken dat niet in een model kan staan. Typ de tekst opnieuw.",
            "The text has a character that a model cannot hold. Type the text again.",
        )
    if len(text) > MAX_TEXT:
        raise Refused(
            "text-too-long",
            f"Deze tekst heeft {len(text)} tekens; het maximum is {MAX_TEXT}. Maak de tekst korter.",
            f"This text has {len(text)} characters; the maximum is {MAX_TEXT}. Make it shorter.",
        )
    return text.strip()
