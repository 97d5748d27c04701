"""Shapes of requests and answers: marshmallow, camelCase outside, exact numbers."""

from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, fields, validate


class Shape(Schema):
    """Base: names in camelCase; what is unknown is refused, so that a misspelt field is not lost in silence."""

    class Meta:
        """marshmallow's settings."""

        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:
        """snake_case inside, camelCase outside."""
        if field_obj.data_key is None:
            first, *rest = field_name.split("_")
            field_obj.data_key = first + "".join(word.title() for word in rest)

    @classmethod
    def of(cls, value: object) -> Any:
        """A value in this shape, ready for JSON."""
        return _made(cls).dump(value)


@cache
def _made(shape: type[Shape]) -> Shape:
    """Making a schema copies each of its fields, which costs more than using it."""
    return shape()


def text(meaning: str, **more: Any) -> fields.String:
    """A text with its description in OpenAPI."""
    return fields.String(metadata={"description": meaning}, **more)


def moment(meaning: str, **more: Any) -> fields.AwareDateTime:
    """A date-time with zone."""
    return fields.AwareDateTime(metadata={"description": meaning}, **more)


def values(meaning: str, **more: Any) -> fields.Dict:
    """A JSON object of variables."""
    return fields.Dict(
        keys=fields.String(), values=fields.Raw(allow_none=True), metadata={"description": meaning}, **more
    )


class ModelShape(Shape):
    """A model that can be started."""

    key = text("Stable key of the model, for example evenementenvergunning.")
    name = text("Name for people.")
    version = text("Version in force today, as major.minor.patch.", attribute="semver")
    owner = text("Authority that publishes the model.", attribute="owner_name")
    published_at = moment("When this version was published.")


class ModelList(Shape):
    """Models."""

    models = fields.List(fields.Nested(ModelShape))


class FormShape(Shape):
    """A form with the values that are known already."""

    form_id = text("Id of the form; null when the step has no form and takes any JSON.", allow_none=True)
    form = fields.Dict(
        allow_none=True, metadata={"description": "The form as form-js JSON, as this municipality has it."}
    )
    values = values("What the case knows already.")


class StartShape(Shape):
    """Start a case."""

    model = text("Key of the model.", required=True, validate=validate.Length(1, 200))
    variables = values("Values of the start form.", load_default=dict)
    business_key = text(
        "Case number of your own system; leave out for a number of ours.",
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 100),
    )


class CaseTask(Shape):
    """An open task of a case."""

    id = fields.UUID(metadata={"description": "Id of the task."})
    node = text("Id of the step in the diagram.")
    name = text("Name of the step.")
    assignee_name = text("Who works on it.", allow_none=True)
    due_at = moment("When it must be done.", allow_none=True)


class DecisionShape(Shape):
    """A decision (besluit) in a case."""

    subject = text("What was decided about.")
    authority = text("Who decided.")
    result = text("The outcome.")
    decided_at = moment("When.")


class PickableShape(Shape):
    """A step of an ad-hoc sub-process that may be begun now."""

    step = text("Id of the step.")
    name = text("Its name.")
    token = fields.Integer(metadata={"description": "Which open sub-process it stands in."})


class CaseShape(Shape):
    """A case."""

    id = fields.UUID(metadata={"description": "Id of the case."})
    model = text("Key of the model.")
    business_key = text("Case number.")
    status = text("Whether the case runs.", validate=validate.OneOf(["active", "completed", "cancelled"]))
    end = text("Name of the end state, when the case has ended.", allow_none=True)
    started_at = moment("When the case began.")
    ended_at = moment("When it ended.", allow_none=True)
    revision = fields.Integer(metadata={"description": "Grows with every step; also the ETag."})
    variables = values("What the case knows.")
    tasks = fields.List(fields.Nested(CaseTask), metadata={"description": "Open tasks."})
    pickable = fields.List(fields.Nested(PickableShape), metadata={"description": "Steps that may be begun by choice."})
    decisions = fields.List(fields.Nested(DecisionShape), metadata={"description": "Decisions taken."})
    incidents = fields.Integer(metadata={"description": "Number of open incidents."})


class StepShape(Shape):
    """A case after a step. Read the case for what it knows."""

    id = fields.UUID(metadata={"description": "Id of the case."})
    business_key = text("Case number.")
    status = text("Whether the case runs.", validate=validate.OneOf(["active", "completed", "cancelled"]))
    end = text("Name of the end state, when the case has ended.", allow_none=True)
    revision = fields.Integer(metadata={"description": "Grows with every step; also the ETag."})
    tasks = fields.List(fields.Nested(CaseTask), metadata={"description": "Open tasks."})


class CaseLineShape(Shape):
    """A case in a list."""

    id = fields.UUID(metadata={"description": "Id of the case."})
    model = text("Key of the model.")
    business_key = text("Case number.")
    status = text("Whether the case runs.")
    started_at = moment("When the case began.")
    ended_at = moment("When it ended.", allow_none=True)
    open_tasks = fields.Integer(metadata={"description": "Number of open tasks."})


class CaseList(Shape):
    """A page of cases, newest first."""

    cases = fields.List(fields.Nested(CaseLineShape))
    next = text("Cursor of the next page; null on the last one.", allow_none=True)


class CaseQuery(Shape):
    """Which cases."""

    status = text("Only with this status.", validate=validate.OneOf(["active", "completed", "cancelled"]))
    model = text("Only of this model.")
    search = text("Part of a case number.")
    after = text("Cursor of the page before.")
    limit = fields.Integer(
        load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows on a page."}
    )


class HistoryShape(Shape):
    """A line of a case's history."""

    seq = fields.Integer(metadata={"description": "Number of the line, from 1."})
    at = moment("When.")
    kind = text("What happened.")
    node = text("Id of the step.")
    node_name = text("Name of the step.")
    actor = text("Who did it: person:…, client:… or system:….")
    data = values("Details.")


class HistoryList(Shape):
    """Lines of history, oldest first; at most 500."""

    history = fields.List(fields.Nested(HistoryShape))


class HistoryQuery(Shape):
    """Which lines."""

    after = fields.Integer(load_default=0, metadata={"description": "Only lines after this number."})


class TaskShape(Shape):
    """A user task."""

    id = fields.UUID(metadata={"description": "Id of the task."})
    case_id = fields.UUID(attribute="instance_id", metadata={"description": "Id of the case."})
    node = text("Id of the step in the diagram.")
    name = text("Name of the step.")
    form_id = text("Id of its form.", attribute="form", allow_none=True)
    role = text("Process role that does it.", allow_none=True)
    groups = fields.List(fields.String(), metadata={"description": "Groups that may do it."})
    assignee = text("Id of who took it.", allow_none=True)
    assignee_name = text("Name of who took it.", allow_none=True)
    priority = fields.Integer(metadata={"description": "0 to 100; higher goes first."})
    due_at = moment("When it must be done.", allow_none=True)
    created_at = moment("When it appeared.")
    revision = fields.Integer(metadata={"description": "Also the ETag; send it as If-Match."})
    status = text("open, completed or cancelled.")


class TaskLineShape(TaskShape):
    """A task in a list."""

    business_key = text("Case number.")
    model = text("Key of the model.")


class TaskList(Shape):
    """A page of open tasks."""

    tasks = fields.List(fields.Nested(TaskLineShape(exclude=("status",))))
    next = text("Cursor of the next page; null on the last one.", allow_none=True)


class TaskQuery(Shape):
    """Which tasks, in which order."""

    case_id = fields.UUID(metadata={"description": "Only of this case."})
    model = text("Only of this model.")
    search = text("Part of a case number or step name.")
    whose = text("all, mine or free.", load_default="all", validate=validate.OneOf(["all", "mine", "free"]))
    order = text(
        "due, created or priority.", load_default="due", validate=validate.OneOf(["due", "created", "priority"])
    )
    after = text("Cursor of the page before.")
    limit = fields.Integer(
        load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows on a page."}
    )


class CompleteShape(Shape):
    """Complete a task."""

    variables = values("Values of the form.", load_default=dict)


class MessageShape(Shape):
    """A message for a case that waits, or that starts one."""

    name = text("Name of the message.", required=True, validate=validate.Length(1, 200))
    correlation_key = text(
        "Which case; null matches only who waits without a key.",
        load_default=None,
        allow_none=True,
        validate=validate.Length(0, 200),
    )
    variables = values("Values for the case.", load_default=dict)


class MessageAnswer(Shape):
    """The case that took the message."""

    case_id = fields.UUID(metadata={"description": "Id of the case."})
    business_key = text("Case number.")


class ProblemFault(Shape):
    """One fault."""

    in_ = text("Field, header or element id.", data_key="in")
    code = text("Kind of fault.")
    detail = text("What is wrong and what to do.")
    path = text("File in a package.")
    line = fields.Integer(metadata={"description": "Line in that file."})


class ProblemShape(Shape):
    """An error, RFC 9457."""

    type = fields.String(metadata={"description": "about:blank", "format": "uri"})
    title = text("Kind of error, for people.")
    status = fields.Integer(metadata={"description": "HTTP status."})
    detail = text("What is wrong and what to do.")
    code = text("Kind of error, for machines.")
    current = fields.Raw(metadata={"description": "On a conflict: the state or the revision now."})
    errors = fields.List(fields.Nested(ProblemFault), metadata={"description": "All faults at once."})
