"""Shapes of drafts, findings, differences, proposals, versions and roll-out."""

from marshmallow import fields, validate

from api.release_schemas import ReleaseShape
from api.schemas import Shape, moment, text, values
from tenants.release import POLICIES, RINGS

SEVERITIES = ["error", "warning", "info"]
KINDS = ["added", "removed", "changed", "moved"]
IMPACTS = ["none", "patch", "minor", "major"]
STATES = ["open", "withdrawn", "approved", "rejected"]
ROLLOUT = ["waiting", "pending", "held", "deferred", "adopted"]
STATUSES = ["fits", "fits-base-changed", "needs-attention", "void", "redundant", "new-point", "default-taken"]
MOST_CHOICES = 1000


class DraftLineShape(Shape):
    """A draft in a list."""

    key = text("Key of the model.")
    name = text("Name for people.")
    revision = fields.Integer(metadata={"description": "Grows with every change; also the ETag."})
    base_version = text("The version that the draft began from; null for a new model.", allow_none=True)
    edited_by = text("Who changed it last.", attribute="edited_by_name")
    edited_at = moment("When.")
    locked = fields.Boolean(metadata={"description": "A proposal is open, so that nothing can change."})


class DraftList(Shape):
    """The drafts of this authority, by key."""

    drafts = fields.List(fields.Nested(DraftLineShape))


class FileShape(Shape):
    """A file of a package."""

    path = text("Path in the package.")
    size = fields.Integer(metadata={"description": "Bytes."})


class DraftShape(DraftLineShape):
    """A draft. Read its package for the contents."""

    edited_by_you = fields.Boolean(metadata={"description": "Whether the client of this key changed it last."})
    proposal_id = fields.UUID(allow_none=True, metadata={"description": "The proposal that is open."})
    files = fields.List(fields.Nested(FileShape), metadata={"description": "Its files, by path."})


class FindingShape(Shape):
    """Something that a check has found."""

    severity = text("An error stops publishing.", validate=validate.OneOf(SEVERITIES))
    code = text("Kind of finding, for machines.")
    path = text("File in the package; empty when it is about the whole.")
    element = text("Id of the element; empty when there is none.")
    line = fields.Integer(metadata={"description": "Line in that file; 0 when unknown."})
    text_ = text("What is wrong and what to do, in the language that was asked for.", attribute="text", data_key="text")


class CheckShape(Shape):
    """What publishing would say of a package."""

    key = text("How the package calls its model; null when it cannot be read.", allow_none=True)
    hash = text("SHA-256 of the package; null when it cannot be read.", allow_none=True)
    publishable = fields.Boolean(metadata={"description": "Whether no finding is an error."})
    findings = fields.List(fields.Nested(FindingShape))


class FindingsShape(CheckShape):
    """What publishing would say of a draft."""

    revision = fields.Integer(metadata={"description": "Of the draft that was checked."})


class DetailShape(Shape):
    """An attribute that changed."""

    name = text("Its name, for people.")
    before = text("Its value before; empty when it had none.")
    after = text("Its value after; empty when it has none.")


class ChangeShape(Shape):
    """One difference."""

    kind = text("What happened.", validate=validate.OneOf(KINDS))
    subject = text("What it happened to, such as step, flow, form or layout.")
    element = text("Id of the element, field, rule or file.", attribute="id")
    path = text("File in the package.")
    impact = text("How much it weighs for others.", validate=validate.OneOf(IMPACTS))
    text_ = text("The difference in one sentence.", attribute="text", data_key="text")
    details = fields.List(fields.Nested(DetailShape))


class DifferenceShape(Shape):
    """What a draft changes of the newest version."""

    revision = fields.Integer(metadata={"description": "Of the draft."})
    version = text("The newest version; null for a new model.", allow_none=True)
    readable = fields.Boolean(metadata={"description": "False when the draft cannot be read: see its findings."})
    impact = text("The greatest of the changes.", validate=validate.OneOf(IMPACTS))
    proposed_version = text("The number that these changes ask for.")
    changes = fields.List(fields.Nested(ChangeShape))


class ProposeShape(Shape):
    """Propose a draft as a version."""

    revision = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 999_999_999),
        metadata={"description": "Of the draft, as you read it."},
    )
    version = text(
        "The number, as major.minor.patch; left out: the number that the changes ask for.",
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 50),
    )
    changelog = text(
        "What changes, for the people who work with it.", required=True, validate=validate.Length(1, 100_000)
    )
    effective_from = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "First day on which cases start on it; left out: at once."},
    )
    release = fields.Nested(ReleaseShape, load_default=None, allow_none=True)


class RemarkShape(Shape):
    """A decision with a remark."""

    remark = text("Why, in words.", load_default="", validate=validate.Length(0, 100_000))


class ReasonShape(Shape):
    """A rejection, which says what has to change."""

    remark = text("What has to change.", required=True, validate=validate.Length(1, 100_000))


class ProposalShape(Shape):
    """A proposal to publish one revision of a draft."""

    id = fields.UUID(metadata={"description": "Id of the proposal."})
    key = text("Key of the model.")
    revision = fields.Integer(metadata={"description": "Of the draft: exactly this is published."})
    version = text("The number that it gets.", attribute="semver")
    changelog = text("What changes.")
    effective_from = fields.Date(allow_none=True, metadata={"description": "First day that cases start on it."})
    release = fields.Nested(ReleaseShape)
    state = text("How it stands.", validate=validate.OneOf(STATES))
    proposed_by = text("Who proposed it.", attribute="proposed_by_name")
    proposed_at = moment("When.")
    edited_by = text("Who changed that revision last.", attribute="edited_by_name")
    decided_by = text("Who decided or withdrew; null while it is open.", attribute="decided_by_name", allow_none=True)
    decided_at = moment("When.", allow_none=True)
    remark = text("What was said with the decision.", allow_none=True)


class VersionShape(Shape):
    """A published version; it never changes."""

    key = text("Key of the model.")
    name = text("Name for people.")
    version = text("The number, as major.minor.patch.", attribute="semver")
    changelog = text("What changed.")
    published_at = moment("When it was published.")
    effective_from = fields.Date(
        allow_none=True, metadata={"description": "First day that cases start on it; null: at once."}
    )
    hash = text("SHA-256 of the package.", attribute="package_hash")
    last_start = fields.Date(allow_none=True, metadata={"description": "Last day that cases begin on it, or null."})
    release = fields.Nested(ReleaseShape)


class VersionList(Shape):
    """The versions of a model of this authority, the newest first."""

    versions = fields.List(fields.Nested(VersionShape))


class StatusShape(Shape):
    """What becomes of one choice of a municipality under a version."""

    point = text("Id of the point that is open to choice; empty when it is about the whole.")
    status = text("Kind.", validate=validate.OneOf(STATUSES))
    text_ = text("What and why.", attribute="text", data_key="text")
    remedy = text("What to do.")


class RolloutLineShape(Shape):
    """How a version stands for one municipality."""

    tenant = text("Name of the municipality.", attribute="tenant_name")
    slug = text("Its short name.")
    ring = text("Its ring.", validate=validate.OneOf(RINGS))
    policy = text("What it wants of versions that fit.", validate=validate.OneOf(POLICIES))
    reason = text("Why it puts the version off; null when it does not.", allow_none=True)
    held_until = fields.Date(allow_none=True, metadata={"description": "Until when it does, when that is known."})
    alerts = fields.Integer(metadata={"description": "Choices and questions that it has to decide on."})
    own_model = fields.Boolean(metadata={"description": "It has a model of its own under this key: a fork."})
    state = text("held: the municipality has to decide.", validate=validate.OneOf(ROLLOUT))
    decided_by = text("Who decided there; null when nobody had to.", attribute="decided_by_name", allow_none=True)
    decided_at = moment("When.", allow_none=True)
    statuses = fields.List(fields.Nested(StatusShape), metadata={"description": "Of its choices."})


class RolloutShape(Shape):
    """Every municipality that could start a version, by name."""

    tenants = fields.List(fields.Nested(RolloutLineShape))


class UpgradeShape(Shape):
    """A version that waits for a decision of this municipality."""

    key = text("Key of the model.")
    name = text("Name for people.")
    running = text("The version that new cases get now; null when there is none.", allow_none=True)
    version = text("The version that waits.")
    changelog = text("What changed.")
    state = text("held, or deferred until a day.", validate=validate.OneOf(ROLLOUT))
    reason = text("Why it was put off; null when it was not.", allow_none=True)
    held_until = fields.Date(allow_none=True, metadata={"description": "Until when."})
    release = fields.Nested(ReleaseShape)
    statuses = fields.List(fields.Nested(StatusShape), metadata={"description": "Of the choices made."})
    choices = fields.List(values("A choice."), metadata={"description": "The choices as they are now."})
    revision = fields.Integer(metadata={"description": "Of the choices; send it with an adoption."})


class NoticeShape(Shape):
    """A version that went by itself, and that nobody has read about yet."""

    key = text("Key of the model.")
    name = text("Name for people.")
    version = text("The version.")
    kind = text("Why it went.", validate=validate.OneOf(["legal", "default", "automatic"]))
    at = moment("When.", allow_none=True)
    release = fields.Nested(ReleaseShape)
    statuses = fields.List(fields.Nested(StatusShape), metadata={"description": "Of the choices made."})


class UpgradeList(Shape):
    """What this municipality has to decide, by model."""

    upgrades = fields.List(fields.Nested(UpgradeShape))
    notices = fields.List(fields.Nested(NoticeShape), metadata={"description": "What went by itself, unread."})


class AdoptShape(Shape):
    """Take a version, with choices that fit it."""

    choices = fields.List(
        values("A choice."),
        validate=validate.Length(0, MOST_CHOICES),
        metadata={
            "description": "All choices from now on, when they have to change: fewer, others, or for this version."
        },
    )
    revision = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 999_999_999),
        metadata={"description": "Of the choices, as you read it."},
    )


class AdoptedShape(Shape):
    """What was adopted."""

    key = text("Key of the model.")
    version = text("The version that new cases get.")
    revision = fields.Integer(metadata={"description": "Of the choices now."})
