"""`plus1 rollout simulate`: a roll-out rehearsed on a database of its own, the same for the same seed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bpmn.library import shelf
from engine.cli import plus1

V1 = Path(shelf.__file__).parent / "evenementenvergunning"
V2 = Path(__file__).parents[1] / "rollout" / "evenementenvergunning-v2"
STATUSES = {"fits", "fits-base-changed", "needs-attention", "void", "redundant", "new-point"}


def simulate(tmp_path: Path, *more: str) -> tuple[dict[str, Any], str]:
    target = tmp_path / "figures.json"
    done = CliRunner().invoke(plus1, ["rollout", "simulate", str(V1), str(V2), "--json", str(target), *more])
    assert done.exit_code == 0, done.output
    return json.loads(target.read_text()), done.output


def test_every_municipality_is_in_the_report_and_every_status_occurs(tmp_path: Path) -> None:
    figures, said = simulate(tmp_path, "--tenants", "24", "--structures", "12", "--seed", "3")
    assert figures["tenants"] == figures["reported"] == 24 and figures["structures"] == 12
    assert figures["adopted"] + figures["held"] == 24 and figures["adopted"] > 0
    assert figures["statuses"].keys() == STATUSES and all(figures["statuses"].values())
    assert sum(n for status, n in figures["statuses"].items() if status != "new-point") == figures["choices"]
    assert figures["seconds"] > 0 and figures["peak_mb"] > 0
    assert "Seed 3" in said and "Every municipality is in the report." in said


def test_the_seed_decides_all_but_time_and_memory(tmp_path: Path) -> None:
    def drawn() -> dict[str, Any]:
        figures, _ = simulate(tmp_path, "--tenants", "6", "--structures", "3")
        return {name: value for name, value in figures.items() if name not in ("seconds", "peak_mb")}

    assert drawn() == drawn()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((str(V1), str(V1), "--tenants", "0"), "0 is not in the range"),
        ((str(V1), "nergens"), "does not exist"),
        ((str(V1), str(V2.parent)), "is no package"),
    ],
)
def test_bad_input_is_refused_before_anything_starts(arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(plus1, ["rollout", "simulate", *arguments])
    assert done.exit_code == 2 or done.exit_code == 1
    assert said in done.output and "Starting" not in done.output
