"""The style guide: every macro once, to look at and to test; only in the demonstration."""

from pathlib import Path

from flask import Blueprint, Response, render_template

PROCESS = Path(__file__).parents[2] / "bpmn" / "library" / "evenementenvergunning" / "process.bpmn"

blueprint = Blueprint("style_guide", __name__, url_prefix="/stijlgids")


@blueprint.get("")
def show() -> str:
    """The page with every macro."""
    return render_template("style_guide.html", title="Stijlgids")


@blueprint.get("/schema.bpmn")
def schema() -> Response:
    """A diagram to show."""
    return Response(PROCESS.read_bytes(), mimetype="application/xml")


@blueprint.get("/schema.json")
def marks() -> dict[str, object]:
    """One mark of each kind, on the first user tasks of the diagram."""
    text = PROCESS.read_text()
    tasks = [part.split('"', 1)[0] for part in text.split('userTask id="')[1:]]
    kinds = ("done", "active", "waiting", "incident")
    return {"marks": [{"element": task, "kind": kind, "count": 2} for task, kind in zip(tasks, kinds, strict=False)]}
