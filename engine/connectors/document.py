"""Job type `document`: a letter from a Markdown text of the model, with FEEL merge fields `{{ … }}`.

Header `text`: the file below `texts/`, without `.md`; the letter's title is its first heading. A merge field that comes
out empty is a fault, since a letter with a hole must not leave the house.
"""

from bpmn import feel, forms
from bpmn.forms.texts import escape_markdown
from engine.connectors.base import Assignment
from engine.domain.outcome import Done, Hopeless, NewDocument, Outcome
from engine.settings import Settings


class Hole(Exception):
    """A merge field has no value."""


def write(assignment: Assignment, settings: Settings) -> Outcome:
    """Make the letter; the document is stored when the job completes."""
    name = assignment.headers.get("text", "")
    source = assignment.texts.get(name)
    if source is None:
        return Hopeless(f"the model has no text texts/{name}.md; the header `text` names it")
    try:
        letter = merged(source, assignment)
    except (Hole, feel.FeelError, feel.FeelSyntaxError) as error:
        return Hopeless(f"texts/{name}.md: {error}")
    title = next((line.lstrip("# ").strip() for line in letter.splitlines() if line.startswith("#")), name)
    return Done(documents=(NewDocument(title, "text/markdown", letter.encode()),))


def merged(source: str, assignment: Assignment) -> str:
    """The text with its fields filled in. Raises Hole, naming the empty field."""
    known = {**assignment.parameters, **assignment.variables}
    known |= {"gemeente": assignment.tenant_name, "zaaknummer": assignment.business_key}

    def scope(name: str) -> object:
        return known.get(name, feel.MISSING)

    for field in forms.merge_fields(source):
        evaluation = feel.Evaluation(assignment.now, seed=assignment.key)
        if not forms.merge(f"{{{{{field}}}}}", scope, evaluation).strip():
            reason = f": {evaluation.notes[0]}" if evaluation.notes else ""
            raise Hole(f"the merge field {{{{ {field} }}}} is empty{reason}")
    return forms.merge(source, scope, feel.Evaluation(assignment.now, seed=assignment.key), escape_markdown)
