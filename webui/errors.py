"""Error pages: what went wrong, what to do, and a way back; log-in when that is what is missing."""

from typing import Any

from flask import redirect, render_template, request, url_for

from api.problems import status_of
from engine.domain.errors import Plus1Error, Unauthenticated


def page(status: int, nl: str, en: str, error: Plus1Error | None) -> Any:
    """The page for an error; `error` is None for what Flask itself refuses."""
    if isinstance(error, Unauthenticated):
        back = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(url_for("login.log_in", naar=back))
    problems = error.problems if error else ()
    return render_template("error.html", status=status, nl=nl, en=en, problems=problems), status


def again(page: str, error: Plus1Error) -> tuple[str, int]:
    """The page of a form that was refused, with the status that goes with the error."""
    return page, status_of(error)
