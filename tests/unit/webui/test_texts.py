"""Every text of the pages exists in English, with the same placeholders."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

WEBUI = Path(__file__).parents[3] / "webui"
CATALOGUE = WEBUI / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)\w")


def keys() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for folder in ("", "pages", "templates"):
        methods = [("**.html", "jinja2")] if folder == "templates" else [("*.py", "python")]
        options = {"**.html": {"silent": "false"}}
        for _, _, message, _, _ in extract_from_dir(WEBUI / folder, methods, options, directory_filter=plain):
            found.add(tuple(message) if isinstance(message, tuple | list) else message)
    return found


def plain(folder: str) -> bool:
    return Path(folder).name in ("webui", "pages", "templates", "macros")


def test_texts_are_found_at_all() -> None:
    assert {"Naar de inhoud", "Volgende"} <= keys()


def test_every_text_has_its_english() -> None:
    with CATALOGUE.open("rb") as source:
        known = {message.id: message.string for message in read_po(source) if message.id}
    missing = {key for key in keys() if not known.get(key) or "" in (known[key] if isinstance(key, tuple) else ())}
    assert not missing, f"`make texts`, then translate: {sorted(map(str, missing))}"


def test_placeholders_are_the_same() -> None:
    with CATALOGUE.open("rb") as source:
        for message in read_po(source):
            originals = message.id if isinstance(message.id, tuple) else (message.id,)
            translated = message.string if isinstance(message.string, tuple) else (message.string,)
            for original, text in zip(originals, translated, strict=True):
                if original:
                    assert sorted(PLACEHOLDER.findall(original)) == sorted(PLACEHOLDER.findall(text)), original
