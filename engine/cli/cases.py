"""`plus1 cases`: start a case, and show one."""

from pathlib import Path
from uuid import UUID

import click

from engine.cli.acting import acting
from engine.domain.codec import received, to_text
from engine.queries.cases import CaseView, HistoryEntry, read_case, read_history
from engine.usecases.start_case import StartCase, start_case
from engine.usecases.submitted import Submission

_TENANT = click.option("--tenant", required=True, help="Short name of the municipality, as `plus1 tenants` shows it.")


@click.group()
def cases() -> None:
    """The cases of a municipality: start one, show one."""


@cases.command()
@click.argument("model")
@_TENANT
@click.option("--values", default="{}", help="The start form's values as JSON, or @FILE.")
@click.option("--number", "business_key", help="Case number of your own; one is given when left out.")
def start(model: str, tenant: str, values: str, business_key: str | None) -> None:
    """Start a case of MODEL (its key). Prints the id and the case number."""
    text = Path(values[1:]).read_text() if values.startswith("@") else values
    try:
        variables = received(text)
    except ValueError as broken:
        raise click.BadParameter(f"This is no JSON: {broken}", param_hint="--values") from broken
    if not isinstance(variables, dict):
        raise click.BadParameter("This must be an object: {…}", param_hint="--values")
    command = StartCase(model, Submission(variables=variables), business_key)
    with acting(tenant) as (transaction, caller):
        case = start_case(transaction, caller, command)
    click.echo(f"{case.id}  {case.business_key or ''}  {case.status}")


@cases.command()
@click.argument("case", type=click.UUID)
@_TENANT
@click.option("--history/--no-history", default=True, help="With the history, or without.")
def show(case: UUID, tenant: str, history: bool) -> None:
    """Show a case: where it is, its variables, tasks, problems and history."""
    with acting(tenant) as (transaction, caller):
        view = read_case(transaction, caller, case)
        lines = read_history(transaction, caller, case) if history else []
    for line in (*_summary(view), *map(_history, lines)):
        click.echo(line)


def _summary(view: CaseView) -> list[str]:
    case = view.case
    ended = f", ended {case.ended_at:%Y-%m-%d %H:%M} at {view.end_name}" if case.ended_at else ""
    lines = [
        f"{case.business_key or case.id}  {view.process_name}  {case.status}",
        f"started {case.started_at:%Y-%m-%d %H:%M} by {case.started_by}{ended}",
    ]
    for node, (count, kind) in view.places.items():
        name = view.nodes[node].name if node in view.nodes else node
        lines.append(f"at {name or node}: {count} × {kind}")
    lines += [f"problem at {incident.node}" for incident in view.incidents]
    return [*lines, "variables:", *(f"  {name} = {to_text(value)}" for name, value in sorted(view.variables.items()))]


def _history(entry: HistoryEntry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind:16} {entry.node}"
