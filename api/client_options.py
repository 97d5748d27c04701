"""What the commands of `plus1-client` share: where and who, and how an answer or a failure is shown."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from api.client import Away, Client, Refused

NO, AWAY = 1, 3


class FromEnvironment(click.Option):
    """A value that cannot stand on the command line, where everybody on the machine could read it."""

    def add_to_parser(self, *_: Any) -> None:
        """Not there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, and how the answer is shown."""

    client: Client
    as_json: bool

    def tell(self, answer: object, lines: Iterable[str]) -> None:
        """The answer as it came, or in lines."""
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False) if self.as_json else "\n".join(lines))


def _server(_: click.Context, __: click.Parameter, value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise click.BadParameter("this must be an address such as https://plus1.example.nl")
    return value


OPTIONS = (
    click.option("--server", required=True, envvar="MODEL_SERVER", callback=_server, show_envvar=True, help="Address."),
    click.option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="File that holds the API key; without it the variable MODEL_API_KEY.",
    ),
    click.option("--api-key", cls=FromEnvironment, envvar="MODEL_API_KEY", hidden=True),
    click.option("--language", type=click.Choice(["en", "nl"]), default="en", help="Of what the server says."),
    click.option("--json", "as_json", is_flag=True, help="Print the server's answer as JSON."),
)


def asking(act: Callable[..., None]) -> Callable[..., None]:
    """A command with the options that all share, whose failures become text and an exit status."""

    @wraps(act)
    def run(
        server: str, key_file: Path | None, api_key: str | None, language: str, as_json: bool, **given: Any
    ) -> None:
        try:
            with closing(Client(server, _key(key_file, api_key), language)) as client:
                if not client.private:
                    click.secho("Without https others can read the key on its way.", fg="red", err=True)
                act(Desk(client, as_json), **given)
        except Refused as refused:
            _show(refused.problem, as_json)
            sys.exit(NO)
        except Away as away:
            click.secho(str(away), fg="red", err=True)
            sys.exit(AWAY)
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'File'}: {error.strerror or error}") from error

    for option in reversed(OPTIONS):
        run = option(run)
    return run


def _key(key_file: Path | None, given: str | None) -> str:
    key = key_file.read_bytes().decode("utf-8", "replace").strip() if key_file else (given or "").strip()
    if not key:
        raise click.UsageError("There is no API key: name a file with --key-file, or set MODEL_API_KEY.")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise click.UsageError("This is no API key: a key is one word of letters, digits and signs.")
    return key


def _show(problem: Mapping[str, Any], as_json: bool) -> None:
    """Everything that the server finds wrong, with the place of each."""
    if as_json:
        click.echo(json.dumps(problem, indent=1, ensure_ascii=False))
    click.secho(str(problem.get("detail") or problem.get("title") or "Refused."), fg="red", err=True)
    for each in problem.get("errors", []):
        place = f"{each['path']}:{each.get('line', 0)} " if each.get("path") else ""
        click.echo(f"  {place}{each.get('in', '')}: {each.get('detail', '')} [{each.get('code', '')}]", err=True)
    if "current" in problem:
        click.echo(f"  now: {problem['current']}", err=True)
