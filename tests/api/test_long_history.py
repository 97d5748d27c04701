"""A case that has lived long: its page shows what happened last, and its diagram where it has been from the start."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import text

from engine.settings import Settings
from tenants.demo import load
from tests.api.test_at_once import ASKED, CLERK
from tests.api.three import PERMIT, Desk, at_work

MANY = text(
    "insert into history (tenant_id, instance_id, seq, at, kind, node, token, actor, data) "
    "select tenant_id, id, n, started_at, 'left', 'Oud' || n % 2, 1, 'system:plus1', '{}' "
    "from instance, generate_series(notes + 1, notes + 1000) n where id = :id"
)
COUNT = text("update instance set notes = notes + 1000 where id = :id")


def test_the_page_of_a_long_case(app: Flask, settings: Settings, outside: Any, jobs: Callable[[], None]) -> None:
    system = outside("utrecht")
    case = system.post("/v1/cases", {"model": PERMIT, "variables": ASKED}).json["id"]
    jobs()
    desk = Desk(app, CLERK)
    before = {mark["element"] for mark in desk.get(f"/utrecht/zaken/{case}/schema.json").json["marks"]}
    with at_work(settings) as transactions, transactions.of(load.UTRECHT) as transaction:
        transaction.run(MANY, {"id": case})
        transaction.run(COUNT, {"id": case})
    task = system.get("/v1/tasks", caseId=case).json["tasks"][0]["id"]
    answer = system.post(f"/v1/tasks/{task}/complete", {"variables": {"volledig": "ja"}}, etag='"1"')
    assert answer.status_code == 200
    lines = system.get(f"/v1/cases/{case}/history", after=1000).json["history"]
    name = next(line["nodeName"] for line in lines if line["kind"] == "task-completed")
    page = desk.get(f"/utrecht/zaken/{case}").text
    assert f"De taak ‘{name}’ is afgerond" in page
    after = {mark["element"] for mark in desk.get(f"/utrecht/zaken/{case}/schema.json").json["marks"]}
    assert after >= before | {"Oud0", "Oud1"}
