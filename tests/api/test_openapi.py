"""The OpenAPI document: what CI compares, and what the NL GOV API Design Rules say of it."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
SPECTRAL = ROOT / "webui" / "node_modules" / ".bin" / "spectral"
KEPT = ROOT / "api" / "openapi.json"


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/v1/openapi.json")
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = json.loads(answer.data)
    return found


def test_the_kept_document_is_the_generated_one(document: dict[str, Any]) -> None:
    assert json.loads(KEPT.read_text()) == document, "run: python -m api.openapi"


def test_the_design_rules_find_no_error(document: dict[str, Any], shared: Path, tmp_path: Path) -> None:
    if not SPECTRAL.exists():
        pytest.fail("spectral is missing: make test installs it")
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(document))
    command = [str(SPECTRAL), "lint", "-r", str(shared / "adr" / "linter.yaml"), "-f", "text", str(spec)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and "No results with a severity of 'error'" in done.stdout, done.stdout + done.stderr
