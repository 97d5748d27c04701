"""The whole site: pages and API on one Flask application, over one engine, with Flask-SQLAlchemy's pool."""

import atexit
from typing import cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession

from api import app as api
from engine import settings as environment
from engine import wiring
from engine.settings import Settings
from engine.store.database import options
from engine.store.session import TenantSession
from webui import desk, draft_files, errors, frame, texts
from webui.pages import DEMO_PAGES, PAGES


class WebSession(TenantSession, FlaskSession):
    """A session of Flask-SQLAlchemy (closed with the request) that knows its tenant."""


def create(settings: Settings | None = None) -> Flask:
    """The application for gunicorn. Raises SettingsRefused, TooMuchPower, NotBuilt: better no start than a half one."""
    settings = settings or environment.read()
    app = Flask("webui", template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.body_limit,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=options(settings.pool_size, settings.statement_seconds),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.address.startswith("https:"),
    )
    database = SQLAlchemy(app, session_options={"class_": WebSession, "expire_on_commit": False})
    with app.app_context():
        engine = database.engine
    wired = wiring.build(settings, engine, lambda: cast(WebSession, database.session()))
    draft_files.install(app)
    frame.install(app, settings, desk.page)
    api.mount(app, wired.transactions, errors.page)
    errors.install(app)
    desk.install(app, settings)
    texts.install(app)
    for blueprint in PAGES + (DEMO_PAGES if settings.demo else ()):
        app.register_blueprint(blueprint)
    if wired.thread:
        wired.thread.start()
        atexit.register(wired.thread.stop)
    return app
