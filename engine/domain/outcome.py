"""What a connector did: the values that come back from outside work, and what is stored with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that the job made, stored with the job's completion."""

    title: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision (besluit) to be registered in the case, with the authority that took it."""

    subject: str
    authority: str
    result: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """It worked: variables for the case, and what is to be stored with it."""

    variables: Mapping[str, object] = field(default_factory=dict)
    documents: tuple[NewDocument, ...] = ()
    decisions: tuple[NewDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work now; another attempt may. `after`: seconds that the other side asked to wait."""

    message: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Hopeless:
    """It will not work by trying again: a person must look."""

    message: str


@dataclass(frozen=True, slots=True)
class BpmnError:
    """The other side answered with a business error that the model may catch."""

    code: str
    variables: Mapping[str, object] = field(default_factory=dict)


Outcome = Done | Failed | Hopeless | BpmnError
