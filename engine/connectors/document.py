"""Job type `document`: a letter from a Markdown text of the model, with FEEL merge fields `{{ … }}`.

Header `text`: the path of the text below `texts/`, without `.md`; the letter's title is its first heading. A merge
field that comes to null is a fault, since a letter with a hole must not leave the house. Values are escaped: a
resident's input never becomes markup.
"""

import re

from bpmn import feel
from engine.connectors.base import Assignment
from engine.domain.outcome import Done, Hopeless, NewDocument, Outcome
from engine.settings import Settings

FIELD = re.compile(r"\{\{(.{1,500}?)\}\}", re.DOTALL)
SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|])")


class Hole(Exception):
    """A merge field has no value."""


def write(assignment: Assignment, settings: Settings) -> Outcome:
    """Make the letter; the document is stored when the job completes."""
    name = assignment.headers.get("text", "")
    source = assignment.texts.get(f"texts/{name}.md")
    if source is None:
        return Hopeless(f"the model has no text texts/{name}.md; the header `text` names it")
    try:
        letter = merge(source, assignment)
    except (Hole, feel.FeelError, feel.FeelSyntaxError) as error:
        return Hopeless(f"texts/{name}.md: {error}")
    title = next((line.lstrip("# ").strip() for line in letter.splitlines() if line.startswith("#")), name)
    return Done(documents=(NewDocument(title, "text/markdown", letter.encode()),))


def merge(source: str, assignment: Assignment) -> str:
    """Fill the merge fields. Raises Hole, naming the field."""
    known = dict(assignment.variables) | {"gemeente": assignment.tenant_name, "zaaknummer": assignment.business_key}

    def fill(match: re.Match[str]) -> str:
        expression = match.group(1).strip()
        evaluation = feel.Evaluation(assignment.now, seed=assignment.key)
        value = feel.compile(expression)(lambda name: known.get(name, feel.MISSING), evaluation)
        if value is None:
            reason = f" ({evaluation.notes[0]})" if evaluation.notes else ""
            raise Hole(f"the merge field {expression!r} is empty{reason}")
        return SPECIAL.sub(r"\\\1", text_of(feel.to_json(value)))

    return FIELD.sub(fill, source)


def text_of(value: object) -> str:
    """How a value reads in a Dutch letter."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(text_of(item) for item in value)
    return str(value)
