"""Error pages: what went wrong, what to do, and a way back; log-in when that is what is missing."""

from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError

from api.problems import status_of
from engine.domain.errors import Plus1Error, Unauthenticated


def install(app: Flask) -> None:
    """Say of a form without its token what happened, for it is mostly an old page and seldom an attack."""

    @app.errorhandler(CSRFError)
    def strange(error: CSRFError) -> Any:
        return page(
            error.code,
            "Dit formulier hoort niet (meer) bij uw bezoek. Er is niets opgeslagen. Open de pagina opnieuw en verstuur "
            "het nog een keer.",
            "This form does not belong to your visit (any more). Nothing was saved. Open the page anew and resend it.",
            None,
        )


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
