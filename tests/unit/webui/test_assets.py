"""The built files: addresses from the manifest, styles of shared chunks included, and within their budgets."""

import gzip
import json
from pathlib import Path

import pytest

from webui import assets
from webui.assets import Entry, NotBuilt

MANIFEST = {
    "_shared.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"]},
    "islands/site.js": {
        "file": "assets/site-1.js",
        "css": ["assets/site-1.css"],
        "imports": ["_shared.js"],
        "isEntry": True,
    },
}
needs_build = pytest.mark.skipif(not assets.DIST.exists(), reason="the web files are not built: make build")


def test_an_entry_brings_the_styles_of_what_it_imports(tmp_path: Path) -> None:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST))
    expected = Entry("/assets/assets/site-1.js", ("/assets/assets/shared-1.css", "/assets/assets/site-1.css"))
    assert assets.entries(tmp_path) == {"site": expected}


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="make build"):
        assets.entries(tmp_path)


@needs_build
@pytest.mark.parametrize(("entry", "script", "styles"), [("site", 40_000, 45_000), ("diagram", 80_000, 10_000)])
def test_the_pages_stay_light(entry: str, script: int, styles: int) -> None:
    """Budgets in bytes, compressed: the clerk's pages 40 KB of script and 45 KB of styles."""
    built = assets.entries()[entry]
    assert packed(built.script) <= script
    assert sum(packed(style) for style in built.styles) <= styles


def packed(address: str) -> int:
    return len(gzip.compress((assets.DIST / address.removeprefix(f"{assets.PREFIX}/")).read_bytes()))


@needs_build
def test_styles_reach_nothing_outside() -> None:
    for entry in assets.entries().values():
        for style in entry.styles:
            text = (assets.DIST / style.removeprefix(f"{assets.PREFIX}/")).read_text()
            assert "url(http" not in text and 'url("http' not in text and "@import" not in text


@needs_build
def test_no_token_that_is_used_was_dropped() -> None:
    (style,) = assets.entries()["site"].styles
    text = (assets.DIST / style.removeprefix(f"{assets.PREFIX}/")).read_text()
    for token in ("--plus1-accent:", "--basis-color-default-bg-document:", "--utrecht-button-padding-inline-start:"):
        assert token in text
