"""What a connector gets and gives. A connector is a function `(Assignment, Outside) -> Outcome`; retrying is not its
business: it says what happened, and `worker/retry.py` decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from engine.domain.outcome import Outcome
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Assignment:
    """One job to do. `key` is the same for every attempt, so that the other side can tell a repeat from a second
    request; `variables` are the job's inputs, fixed when the job was made; `parameters` the municipality's values as
    they are now (FEEL values); `texts`: letter texts of the model by file name without ending; `catalogue`: what of the
    municipality's own catalogue belongs to this step and to the case (zaaktype, status, result, document, role)."""

    key: str
    type: str
    headers: Mapping[str, str]
    variables: Mapping[str, object]
    parameters: Mapping[str, object]
    texts: Mapping[str, str]
    business_key: str
    tenant: UUID
    tenant_name: str
    now: int
    attempt: int
    catalogue: Mapping[str, str] = field(default_factory=dict)


Connector = Callable[[Assignment, Settings], Outcome]
