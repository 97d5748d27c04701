"""The command line `plus1`: one command per file, each thin over a use case; errors become text with a way out."""

import sys

import click
from sqlalchemy.exc import OperationalError

from engine.cli.cases import cases
from engine.cli.demo import demo
from engine.cli.doctor import doctor
from engine.cli.migrate import migrate
from engine.cli.models import models
from engine.cli.pages import rules, support
from engine.cli.rollout import rollout
from engine.cli.serve import serve
from engine.cli.tenants import tenants
from engine.cli.worker import worker
from engine.domain.errors import Plus1Error
from engine.embedded import Refused
from engine.settings import SettingsRefused


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=None, version="0.1.0", prog_name="plus1")
def plus1() -> None:
    """Plus-1: one more municipality, shared by all.

    Settings come from the environment (PLUS1_…); `plus1 doctor` lists and checks them.
    """


for command in (serve, worker, migrate, demo, tenants, models, rollout, cases, doctor):
    plus1.add_command(command)
for page in (rules, support):
    models.add_command(page)


def main() -> None:
    """The entry point: an expected failure is a sentence and exit status 1, never a stack trace."""
    try:
        plus1(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.Abort:
        sys.exit(130)
    except Plus1Error as problem:
        click.secho(problem.en, fg="red", err=True)
        for each in problem.problems:
            click.echo(f"  {f'{each.path}:{each.line} ' if each.path else ''}{each.at}: {each.en}", err=True)
        sys.exit(1)
    except OperationalError as problem:
        click.secho(f"The database does not answer: {str(problem.orig).splitlines()[0]}", fg="red", err=True)
        sys.exit(1)
    except OSError as problem:
        click.secho(f"{problem.filename or 'File'}: {problem.strerror or problem}", fg="red", err=True)
        sys.exit(1)
    except (SettingsRefused, Refused) as problem:
        click.secho(str(problem), fg="red", err=True)
        sys.exit(1)
