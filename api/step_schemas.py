"""The body with which a step of an ad-hoc sub-process is begun."""

from marshmallow import fields, validate

from api.schemas import Shape, text


class PickShape(Shape):
    """Which step begins."""

    step = text("Id of the step, from the case's `pickable`.", required=True, validate=validate.Length(1, 200))
    token = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "Which open sub-process, when several have the step; null for the oldest."},
    )
