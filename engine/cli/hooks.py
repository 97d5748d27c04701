"""What gunicorn calls in its processes; `server.py` names this module on its command line."""

from engine import settings
from engine.cli import logs


def post_fork(server: object, worker: object) -> None:
    """In the process that serves, before the application is loaded."""
    logs.configure(settings.read())
