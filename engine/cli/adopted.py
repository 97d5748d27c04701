"""`plus1 models import`: files of other engines become canonical drafts beside the originals, with a report."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bpmn import adopt, archive
from bpmn.adopt import Adoption
from bpmn.model import Finding

_COLOURS = {"error": "red", "warning": "yellow"}
_WORDS = {
    "nl": {"error": "fout", "warning": "open", "info": "info", "line": "regel"},
    "en": {"error": "error", "warning": "open", "info": "info", "line": "line"},
}


@click.command("import")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the drafts.")
@click.option(
    "--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the report."
)
@click.option("--force", is_flag=True, help="Replace drafts that are there already.")
def import_(paths: tuple[Path, ...], out: Path | None, lang: str, force: bool) -> None:
    """Bring over models of Camunda 7, Operaton, Flowable or Activiti: writes FILE.plus1.bpmn beside each FILE, says how
    much was translated and what is open. A folder or a zip is one package. Exit status 1 when a file cannot be used."""
    found: dict[Path, tuple[str, Adoption]] = {}
    for path in paths:
        adopted = _adopted(path)
        if not adopted:
            raise click.ClickException(f"{path} has no file that can be brought over.")
        for name, adoption in adopted.items():
            target = _target(path, name, out)
            if target in found:
                raise click.ClickException(f"Two files would both become {target}. Bring them over one by one.")
            found[target] = (name, adoption)
    taken = [str(target) for target, (_, one) in found.items() if one.content is not None and target.exists()]
    if taken and not force:
        raise click.ClickException(f"{', '.join(taken)} is there already. Say --force to replace it.")
    for target, (name, adoption) in found.items():
        _report(name, target, adoption, lang)
        if adoption.content is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(adoption.content)
    sys.exit(0 if all(one.content is not None for _, one in found.values()) else 1)


def _adopted(path: Path) -> Mapping[str, Adoption]:
    """The file by its name; of a folder or zip what has a converter, and is no draft of ours, by path in it."""
    if path.is_dir():
        names = {each.relative_to(path).as_posix(): each for each in sorted(path.rglob("*")) if each.is_file()}
        return adopt.adopt_package({name: each.read_bytes() for name, each in names.items() if _wanted(name)})
    if path.suffix.lower() != ".zip":
        return {path.name: adopt.adopt(path.name, path.read_bytes())}
    if path.stat().st_size > archive.MAX_ARCHIVE:
        raise click.ClickException(f"{path} is larger than 10 MB.")
    files, findings = archive.unpack(path.read_bytes())
    if files is None:
        raise click.ClickException(" ".join(finding.en for finding in findings))
    return adopt.adopt_package({name: content for name, content in files.items() if _wanted(name)})


def _wanted(name: str) -> bool:
    return adopt.ending(name) in adopt.ENDINGS and ".plus1." not in name


def _target(path: Path, name: str, out: Path | None) -> Path:
    """Beside the original, in the chosen folder, or for a zip in a folder beside it with its name."""
    stem = name.rsplit(".", 1)[0].removesuffix(".bpmn20").removesuffix(".bpmn")
    made = stem + adopt.ENDINGS.get(adopt.ending(name), "")
    if path.is_dir():
        return (out or path) / made
    if path.suffix.lower() == ".zip":
        return (out or path.with_suffix(".plus1")) / made
    return (out or path.parent) / made


def _report(name: str, target: Path, adoption: Adoption, lang: str) -> None:
    dutch, number = lang == "nl", len(adoption.open)
    if adoption.content is None:
        click.echo(f"{name}: " + ("kan niet worden gebruikt" if dutch else "cannot be used"))
    else:
        share, done, total = adoption.share, adoption.translated, adoption.total
        told = f"{share} % omgezet ({done} van {total}), {number} open" if dutch else ""
        click.echo(f"{name}: {told or f'{share} % translated ({done} of {total}), {number} open'} -> {target}")
    order = {"error": 0, "warning": 1, "info": 2}
    for one in sorted(adoption.findings, key=lambda each: (order[each.severity], each.line)):
        _line(one, lang)


def _line(one: Finding, lang: str) -> None:
    words = _WORDS[lang]
    where = " ".join(filter(None, (f"{words['line']} {one.line}" if one.line else "", one.element)))
    kind = click.style(words[one.severity], fg=_COLOURS.get(one.severity))
    click.echo(f"  {kind} {where}{': ' if where else ''}{one.nl if lang == 'nl' else one.en} [{one.code}]")
