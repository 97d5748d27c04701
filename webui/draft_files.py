"""What goes between the modeller and the server: a draft's files as texts, and findings in the reader's language."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec
from flask import Flask, request

from bpmn import archive, xml
from bpmn.merge import Conflict
from bpmn.model import Finding
from engine.domain.errors import Invalid, StaleRevision
from webui.forms import dutch

LARGEST = archive.MAX_TOTAL + archive.MAX_FILE  # bytes of one request: a whole package as JSON
LARGE = frozenset({"drafts.save", "drafts.merge", "drafts.bring", "modelling.make"})
T = TypeVar("T")


def install(app: Flask) -> None:
    """Let a whole package come in where one is expected; the limit for other pages is far lower.

    Before anything reads the request: the guard of the forms would. Large uploads lie in files, closed at the end."""

    @app.before_request
    def allow_large() -> None:
        if request.endpoint in LARGE:
            request.max_content_length = LARGEST

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        request.close()


def sent_as(shape: type[T]) -> T:
    """The JSON that the modeller sent. Raises Invalid."""
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"Dit verzoek klopt niet: {error}", f"This request is wrong: {error}") from error


def number(text: str) -> int:
    """A revision from a form. Raises StaleRevision for what is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise StaleRevision("Deze pagina is te oud. Open haar opnieuw.", "This page is too old. Open it anew.")
    return int(text)


def as_texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The files as text. What is no UTF-8 is read by what its XML says of itself, else as the old western letters."""
    return {path: _text(content) for path, content in files.items()}


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return xml.canonical(content).decode()
    except xml.Unreadable:
        return content.decode("latin-1")


def as_bytes(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    """The same the other way round; None is a file that goes."""
    return {path: None if text is None else text.encode() for path, text in files.items()}


def finding(found: Finding) -> dict[str, object]:
    """A finding for the list and the diagram."""
    return {
        "severity": found.severity,
        "code": found.code,
        "element": found.element,
        "line": found.line,
        "path": found.path,
        "text": found.nl if dutch() else found.en,
    }


def conflict(found: Conflict) -> dict[str, str]:
    """What two people changed differently."""
    return {
        "id": found.id,
        "path": found.path,
        "element": found.element,
        "text": found.nl if dutch() else found.en,
        "mine": found.mine,
        "theirs": found.theirs,
    }
