"""Error pages: what went wrong, what to do, and a way back; log-in when that is what is missing."""

from typing import Any

from flask import redirect, render_template, request, url_for

from engine.domain.errors import Plus1Error, Unauthenticated


def page(status: int, nl: str, en: str, error: Plus1Error | None) -> Any:
    """The page for an error; `error` is None for what Flask itself refuses."""
    if isinstance(error, Unauthenticated):
        back = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(url_for("login.log_in", naar=back))
    problems = error.problems if error else ()
    return render_template("error.html", status=status, nl=nl, en=en, problems=problems), status
