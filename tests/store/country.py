"""The demo municipalities with a collective that publishes and a worker: the stage of the tests of roll-out."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from engine.domain.caller import system
from engine.domain.codec import from_text
from engine.domain.work import Instance
from engine.queries import versions as version_queries
from engine.settings import Settings
from engine.store import models
from engine.store.models import Version
from engine.store.transaction import Transactions
from engine.usecases.effective_model import local_day
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission
from engine.worker.run_one import claim_due, run_all
from tenants.demo import load
from tests.store.editors import KEY, LOTTE, SMALL, Act, editor

NAMES = {load.UTRECHT: "Utrecht", load.GRONINGEN: "Groningen", load.EMMEN: "Emmen"}
OWNER = {tenant: editor(tenant, "Daan") for tenant in NAMES}
ASKED = {
    "evenement": "Straatfeest",
    "soort": "buurtfeest",
    "omschrijving": "Een feest voor de hele straat.",
    "locatie": "Lindelaan",
    "datum": "2027-06-12",
    "aantalBezoekers": 80,
    "aanvrager": {"naam": "Sanne de Vries", "email": "sanne@voorbeeld.nl"},
}


class Country:
    """The demo municipalities, the collective that publishes, and a worker."""

    def __init__(self, transactions: Transactions, act: Act) -> None:
        self.transactions, self.act = transactions, act

    def publish(self, files: dict[str, bytes], semver: str, on: date | None = None, work: bool = True) -> Version:
        made: Version = self.act(publish_model, system(load.PLUS_1), PublishModel(files, semver, "Nieuw", on))
        if work:
            self.work()
        return made

    def work(self) -> None:
        while due := claim_due(self.transactions):
            run_all(self.transactions, Settings(), due)

    def states(self, version: Version) -> dict[str, str]:
        lines = self.act(version_queries.rollout_report, LOTTE, version.id)
        return {line.tenant_name: line.state for line in lines}

    def running(self) -> dict[str, str]:
        found = {}
        for tenant, name in NAMES.items():
            with self.transactions.of(tenant) as transaction:
                found[name] = models.current_version(transaction, KEY, local_day(transaction.at)).semver
        return found

    def choices(self, tenant: UUID) -> tuple[list[dict[str, Any]], int]:
        with self.transactions.of(tenant) as transaction:
            stored = models.override(transaction, KEY)
        return from_text(stored.choices), stored.revision  # type: ignore[return-value]

    def start(self, tenant: UUID) -> Instance:
        caller = replace(OWNER[tenant], rights=frozenset({"clerk"}))
        case: Instance = self.act(start_case, caller, StartCase(KEY, Submission(ASKED)))
        return case

    def version_of(self, tenant: UUID, case: Instance) -> UUID:
        with self.transactions.of(tenant) as transaction:
            return models.effective_model(transaction, case.effective_id).version_id


def everyone(state: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(NAMES.values(), state) | others


def given_up(point: str, choices: list[dict[str, Any]], version: str = "2.0.0") -> list[dict[str, Any]]:
    """The choices, with that of one point no longer counting from a version on."""
    return [choice | {"beforeVersion": version} if choice["point"] == point else choice for choice in choices]


def new_model(key: str) -> dict[str, bytes]:
    return {"process.bpmn": SMALL["process.bpmn"].replace(b'<process id="keuze"', f'<process id="{key}"'.encode())}
