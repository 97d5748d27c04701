"""The built files: Vite's manifest tells which script and styles belong to an entry."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

DIST = Path(__file__).parent / "dist"
PREFIX = "/assets"


class NotBuilt(RuntimeError):
    """The styles and islands were never built here."""


class _Chunk(msgspec.Struct, frozen=True):
    file: str
    css: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """The addresses of one entry: its module script and its style sheets."""

    script: str
    styles: tuple[str, ...]


def entries(dist: Path = DIST) -> dict[str, Entry]:
    """Per entry (`site`, `diagram`, …) its addresses; raises `NotBuilt` when there is no manifest."""
    manifest = dist / ".vite" / "manifest.json"
    if not manifest.exists():
        raise NotBuilt(f"{manifest} is missing: type `make build`.")
    chunks = msgspec.json.decode(manifest.read_bytes(), type=dict[str, _Chunk])
    return {Path(source).stem: _entry(chunks, source) for source in chunks if source.startswith("islands/")}


def _entry(chunks: dict[str, _Chunk], source: str) -> Entry:
    chunk = chunks[source]
    shared = [style for name in chunk.imports for style in chunks[name].css]
    return Entry(f"{PREFIX}/{chunk.file}", tuple(f"{PREFIX}/{style}" for style in (*shared, *chunk.css)))
