"""Every setting of Plus-1, read once from the environment (`PLUS1_…`); this file is the only one that looks there."""

import difflib
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvValidationError, ValidationError

PREFIX = "PLUS1_"
LOG_LEVELS = ("debug", "info", "warning", "error")
LOCALES = ("nl", "en")


class SettingsRefused(Exception):
    """Settings with a bad value; `problems` names each setting with what is wrong and what it should be."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        lines = [f"  {name}: {problem}" for name, problem in problems.items()]
        super().__init__("\n".join(["These settings cannot be used:", *lines]))
        self.problems = dict(problems)


def _one_of(*choices: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in choices:
            raise ValidationError(f"must be one of {', '.join(choices)}.")

    return check


def _between(low: float, high: float) -> Callable[[float], None]:
    def check(value: float) -> None:
        if not low <= value <= high:
            raise ValidationError(f"must lie between {low:g} and {high:g}.")

    return check


def _address(example: str, *schemes: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value and urlsplit(value).scheme not in schemes:
            raise ValidationError(f"must be an address such as {example}.")

    return check


_POSTGRES = _address("postgresql+psycopg://plus1_app:secret@host/plus1", "postgresql", "postgresql+psycopg")
_REDIS = _address("redis://host:6379/0", "redis", "rediss", "redis+socket", "unix")
_PUBLIC = _address("https://plus1.example.nl", "http", "https")


def _setting(default: object, meaning: str, check: Callable[[Any], None] | None = None, secret: bool = False) -> Any:
    return field(default=default, metadata={"meaning": meaning, "check": check, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with the value they have when nothing is set; an empty text means: not set."""

    database_url: str = _setting("", "PostgreSQL as the role plus1_app; empty: embedded PostgreSQL", _POSTGRES, True)
    owner_database_url: str = _setting("", "The same database as plus1_owner; only migrations", _POSTGRES, True)
    superuser_database_url: str = _setting(
        "", "Any database there as superuser; only `migrate --make-roles`", _POSTGRES, True
    )
    redis_url: str = _setting("", "Redis for Celery workers; empty: a thread in the web process", _REDIS, True)
    data_dir: Path = _setting(Path(), "Folder of the embedded database, its secrets and logs")
    host: str = _setting("127.0.0.1", "Address to listen on")
    port: int = _setting(8000, "Port to listen on", _between(0, 65535))
    public_url: str = _setting("", "Address that people type, when it differs from host and port", _PUBLIC)
    proxies: int = _setting(0, "How many proxies of our own stand in front", _between(0, 5))
    threads: int = _setting(8, "Threads of the web server", _between(1, 64))
    demo: bool = _setting(False, "Demo identities and data; only on loopback (with an embedded database: on)")
    secret_key: str = _setting("", "Signs sessions and forms; empty: made once in the data folder", None, True)
    session_hours: float = _setting(8.0, "Hours until a session ends", _between(0.1, 24))
    log_level: str = _setting("info", "Least severe message that is logged", _one_of(*LOG_LEVELS))
    log_json: bool = _setting(False, "Log lines as JSON")
    locale: str = _setting("nl", "Language for who did not choose one", _one_of(*LOCALES))
    body_limit: int = _setting(1_000_000, "Largest request, in bytes", _between(10_000, 50_000_000))
    page_size: int = _setting(50, "Rows on one page of a list", _between(5, 200))
    pool_size: int = _setting(10, "Database connections per process", _between(2, 100))
    statement_seconds: float = _setting(30.0, "Seconds until a statement is broken off", _between(1, 600))
    worker: bool = _setting(True, "Run jobs in the web process when there is no Redis")
    worker_threads: int = _setting(2, "Jobs at the same time in one process", _between(1, 32))
    sweep_seconds: float = _setting(1.0, "Seconds between two looks for due jobs", _between(0.05, 60))
    lease_seconds: float = _setting(60.0, "Seconds a job belongs to the worker that took it", _between(5, 3600))
    retry_seconds: float = _setting(2.0, "Longest wait before the second attempt; doubles", _between(0.01, 3600))
    retry_cap_seconds: float = _setting(3600.0, "Longest wait between attempts", _between(0.01, 86_400))
    http_allow: tuple[str, ...] = _setting((), "Hosts that the HTTP connector may call, comma separated")
    http_seconds: float = _setting(10.0, "Seconds until an outgoing call is broken off", _between(0.1, 120))
    http_limit: int = _setting(1_000_000, "Largest answer of an outgoing call, in bytes", _between(1_000, 50_000_000))

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return not self.database_url

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach us."""
        return _is_loopback(self.host)

    @property
    def address(self) -> str:
        """The address that people type."""
        host = "localhost" if self.loopback else self.host
        return self.public_url or f"http://{host}:{self.port}"


def read() -> Settings:
    """The settings of this process; raises `SettingsRefused` with every bad value at once."""
    env = Env(eager=False, prefix=PREFIX, expand_vars=False)
    values: dict[str, Any] = {name: _read_one(env, name) for name in names()}
    problems = _misspelt()
    try:
        env.seal()
    except EnvValidationError as bad:
        assert isinstance(bad.error_messages, Mapping), "sealing reports per name"
        problems |= {name: " ".join(map(str, errors)) for name, errors in bad.error_messages.items()}
    if not problems:
        values |= _derived(values)
        problems = _contradictions(values)
    if problems:
        raise SettingsRefused(problems)
    return Settings(**values)


def names() -> tuple[str, ...]:
    """The names of the settings, without the prefix, in the order in which they are explained."""
    return tuple(each.name for each in fields(Settings))


def table(settings: Settings) -> list[tuple[str, str, str]]:
    """Per setting its full name, its value as text (secrets hidden) and its meaning, for `plus1 doctor`."""
    rows = []
    for each in fields(Settings):
        value = _text(getattr(settings, each.name))
        shown = "(set)" if each.metadata["secret"] and value else value
        rows.append((PREFIX + each.name.upper(), shown, str(each.metadata["meaning"])))
    return rows


def environment(settings: Settings) -> dict[str, str]:
    """The environment for a process that we start, which then reads exactly these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {PREFIX + name.upper(): _text(getattr(settings, name)) for name in names()}


def _read_one(env: Env, name: str) -> object:
    each = next(each for each in fields(Settings) if each.name == name)
    if not os.environ.get(PREFIX + name.upper()):
        return each.default
    key, check = name.upper(), each.metadata["check"]
    if each.type is bool:
        return env.bool(key)
    if each.type is int:
        return env.int(key, validate=check)
    if each.type is float:
        return env.float(key, validate=check)
    if each.type is Path:
        return env.path(key)
    if each.type is str:
        return env.str(key, validate=check)
    words: list[str] = env.list(key) or []
    return tuple(word.strip().lower() for word in words if word.strip())


def _derived(values: Mapping[str, Any]) -> dict[str, object]:
    """The defaults that depend on other settings."""
    derived: dict[str, object] = {}
    if values["data_dir"] == Path():
        derived["data_dir"] = _default_data_dir()
    if not os.environ.get(PREFIX + "DEMO"):
        derived["demo"] = not values["database_url"] and _is_loopback(values["host"])
    return derived


def _contradictions(values: Mapping[str, Any]) -> dict[str, str]:
    problems = {}
    if values["demo"] and not _is_loopback(values["host"]):
        problems["PLUS1_DEMO"] = "demo identities have no passwords: only with PLUS1_HOST=127.0.0.1."
    if values["database_url"] and not values["secret_key"]:
        problems["PLUS1_SECRET_KEY"] = "is needed with PLUS1_DATABASE_URL: 32 random characters, alike in each process."
    if 0 < len(values["secret_key"]) < 32:
        problems["PLUS1_SECRET_KEY"] = "must have at least 32 characters."
    if values["owner_database_url"] and not values["database_url"]:
        problems["PLUS1_OWNER_DATABASE_URL"] = "is of use only with PLUS1_DATABASE_URL."
    if values["lease_seconds"] <= 2.5 * values["http_seconds"]:
        # A call takes at most twice that long, and with no lease left it would be done twice.
        problems["PLUS1_LEASE_SECONDS"] = "must be more than 2.5 times PLUS1_HTTP_SECONDS."
    return problems


def _misspelt() -> dict[str, str]:
    """Set names that no setting has but that look like one: surely meant, and silently useless otherwise."""
    known = [PREFIX + name.upper() for name in names()]
    problems = {}
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, 1, 0.85)
            if close:
                problems[name] = f"is no setting; did you mean {close[0]}?"
    return problems


def _default_data_dir() -> Path:
    """`var` in the working folder; for root in a closed folder (its home, say) a place that PostgreSQL can enter."""
    here = Path.cwd() / "var"
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in here.parents):
        return here
    return Path("/var/lib/plus1")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
