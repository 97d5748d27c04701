"""Which version a new case gets: the highest number whose days have begun and not ended."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from engine.domain.caller import system
from engine.domain.errors import NotFound
from engine.domain.ids import new_id
from engine.store import models
from engine.store.transaction import Transactions
from engine.usecases.publish_model import PublishModel, publish_model

SOURCE = {"process.bpmn": (Path(__file__).parents[1] / "models" / "keuze.bpmn").read_bytes()}


@pytest.mark.parametrize(
    ("on", "semver"), [("2026-12-31", None), ("2027-01-01", "1.0.0"), ("2027-03-01", "1.1.0"), ("2027-04-01", "1.0.0")]
)
def test_first_and_last_day(transactions: Transactions, utrecht: UUID, on: str, semver: str | None) -> None:
    with transactions.of(utrecht) as transaction:
        first = publish_model(transaction, system(utrecht), PublishModel(SOURCE, "1.0.0", "", date(2027, 1, 1)))
        days = {"effective_from": date(2027, 3, 1), "last_start": date(2027, 3, 31)}
        models.add_version(transaction, replace(first, id=new_id(), semver="1.1.0", **days), SOURCE)
    with transactions.of(utrecht) as transaction:
        if semver is None:
            with pytest.raises(NotFound):
                models.current_version(transaction, "keuze", date.fromisoformat(on))
        else:
            assert models.current_version(transaction, "keuze", date.fromisoformat(on)).semver == semver
