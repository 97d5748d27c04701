"""`plus1 models rules` and `plus1 models support`: what is checked and what runs, as the pages of `docs`."""

import click

from bpmn.checks.page import page as rules_page
from engine.runtime.support import page as support_page


@click.command()
def rules() -> None:
    """Write what is checked of a process, as the page docs/controles.md."""
    click.echo(rules_page(), nl=False)


@click.command()
def support() -> None:
    """Write which parts of BPMN run, and how, as the page docs/bpmn-support.md."""
    click.echo(support_page(), nl=False)
