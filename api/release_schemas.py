"""Shapes of how a version goes out: rings, policies, notices, putting off."""

from marshmallow import fields, validate

from api.schemas import Shape, moment, text
from tenants.release import EVERYONE, LONGEST, POLICIES, RINGS


class ReleaseShape(Shape):
    """How a version goes out."""

    ring = text("The first ring that gets it.", load_default=EVERYONE, validate=validate.OneOf(RINGS))
    pilot_on = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "When pilot tenants follow; null: when somebody says so.", "example": "2027-02-01"},
    )
    everyone_on = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "When everyone follows; null: when somebody says so.", "example": "2027-03-01"},
    )
    legal_basis = text(
        "The article of a legal fix, such as Awb 4:13; empty when it is none. A legal fix goes before the ring and the "
        "policy of every municipality, never before the checks.",
        load_default="",
        validate=validate.Length(0, LONGEST),
    )
    legal_reason = text("Why the law leaves no time.", load_default="", validate=validate.Length(0, LONGEST))
    earlier_until = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "Last day on which cases begin on earlier versions; null: no such day."},
    )


class RingShape(Shape):
    """The ring that gets a version now, with those before it."""

    ring = text("Name of the ring.", required=True, validate=validate.OneOf(RINGS))


class OpenedShape(Shape):
    """What opening a ring came to."""

    ring = text("Name of the ring.")
    tenants = fields.Integer(metadata={"description": "How many municipalities get the version by that."})


class MembershipShape(Shape):
    """In which ring a municipality is, from now on."""

    tenant = text("Short name of the municipality.", required=True, validate=validate.Length(1, 200))
    ring = text("Name of the ring.", required=True, validate=validate.OneOf(RINGS))
    reason = text("Why.", required=True, validate=validate.Length(1, LONGEST))


class HoldShape(Shape):
    """Put a version off."""

    reason = text("Why.", required=True, validate=validate.Length(1, LONGEST))
    until = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "When it is looked at again; null: when somebody decides."},
    )


class HeldShape(Shape):
    """What was put off."""

    key = text("Key of the model.")
    version = text("The version that waits.")


class PolicyShape(Shape):
    """What a municipality wants of versions that fit."""

    key = text("Key of the model; empty: of all that have no policy of their own.", load_default="")
    policy = text(
        "At once, after its own approval, or not before a day.", required=True, validate=validate.OneOf(POLICIES)
    )
    until = fields.Date(
        load_default=None, allow_none=True, metadata={"description": "With policy until: the day, else null."}
    )
    reason = text("Why.", required=True, validate=validate.Length(1, LONGEST))


class SaidShape(PolicyShape):
    """What was said, by whom and when."""

    set_by = text("Who said it.", attribute="set_by_name")
    set_at = moment("When.")


class PolicyList(Shape):
    """What this municipality said, the newest first."""

    policies = fields.List(fields.Nested(SaidShape))
