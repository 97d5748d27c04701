"""The texts of the modeller: every text that the editors ask for has Dutch; our own words are all there and used."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

WEBUI = Path(__file__).parents[3] / "webui"
ISLANDS = WEBUI / "islands"
MODELLER = sorted([*(ISLANDS / "modeller").glob("*.js"), *(ISLANDS / "modeller" / "editors").glob("*.js")])
LANGUAGE = WEBUI.parent / "bpmn" / "language" / "plus1.json"
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (WEBUI / "node_modules" / "dmn-js").exists(),
    reason="needs Node and the packages",
)


def node(code: str) -> str:
    """What a script says; it stands in the islands' folder."""
    run = subprocess.run(["node", "--input-type=module", "-e", code], cwd=ISLANDS, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@needs_node
def test_each_text_that_the_editors_ask_for_has_dutch() -> None:
    found = json.loads(node('import {asked} from "./build/keys.js"; console.log(JSON.stringify(asked()))'))
    assert len(found) > 300, "the sources of the editors are not where they were"
    dutch = json.loads(
        node('import {DUTCH} from "./modeller/language/dutch.js"; console.log(JSON.stringify(Object.keys(DUTCH)))')
    )
    assert set(found) - set(dutch) == set()


@needs_node
def test_each_element_and_attribute_of_our_vocabulary_has_a_label() -> None:
    code = (
        'import {TYPES, PROPERTIES} from "./modeller/plus1/labels.js"; console.log(JSON.stringify([TYPES, PROPERTIES]))'
    )
    types, properties = json.loads(node(code))
    declared = json.loads(LANGUAGE.read_text())["types"]
    shown = {one["name"] for one in declared if one.get("meta") or one["name"] in ("Point", "LaneRole")}
    assert shown - set(types) == set()
    names = {each["name"] for one in declared for each in one.get("properties", []) if not each.get("isBody")}
    assert names - {key.split(".")[-1] for key in properties} == set()


def words() -> dict[str, list[str]]:
    """Our own texts by key, each in Dutch and English."""
    text = (ISLANDS / "modeller" / "words.js").read_text()
    lines = re.findall(r'^  "?([\w-]+)"?: (\[.*\]),$', text, re.MULTILINE)
    assert len({key for key, _ in lines}) == len(lines), "a key stands there twice"
    return {key: json.loads(pair) for key, pair in lines}


def test_our_words_stand_in_two_languages_with_the_same_gaps() -> None:
    for key, pair in words().items():
        assert len(pair) == 2 and all(pair), key
        assert sorted(re.findall(r"\{(\w+)\}", pair[0])) == sorted(re.findall(r"\{(\w+)\}", pair[1])), key


def test_each_word_that_is_asked_for_is_there_and_none_is_left_over() -> None:
    source = "\n".join(path.read_text() for path in MODELLER if path.name != "words.js")
    known = set(words())
    asked = set(re.findall(r'\bt\("([\w-]+)"', source))
    assert asked - known == set()
    quoted = set(re.findall(r'["`]([\w-]+)["`]', source)) | set(re.findall(r"\b(\w+):", source))
    assert known - quoted == set(), "nobody asks for these"
