"""What a person or client sent with a start or a completion, checked by the form of the step: one way in for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bpmn import feel, forms
from engine.domain.errors import Invalid, Problem

Scope = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Submission:
    """Exactly one of the two: `fields` of an HTML form, or `variables` as JSON."""

    variables: Mapping[str, object] | None = None
    fields: Mapping[str, Sequence[str]] | None = None


def accepted(form: forms.Form | None, given: Submission, scope: Scope, now: int) -> dict[str, object]:
    """The values that may go into the case. With a form only its own fields; without one any JSON.

    Raises Invalid with every field error at once."""
    if form is None:
        return dict(given.variables or {})
    evaluation = feel.Evaluation(now)
    if given.fields is not None:
        found = forms.from_html(form, given.fields, scope, evaluation)
    else:
        found = forms.from_json(form, given.variables or {}, scope, evaluation)
    if found.errors:
        problems = tuple(Problem(e.key, e.nl, e.en) for e in found.errors)
        raise Invalid(
            "Het formulier is niet goed ingevuld. Verbeter de genoemde velden.",
            "The form has errors. Correct the fields that are named.",
            problems,
        )
    return dict(found.values)
