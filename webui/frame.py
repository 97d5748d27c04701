"""What surrounds every page: built files, languages, security headers, and the names that base.html reads."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import Flask, Response, get_flashed_messages, redirect, request, url_for
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

from engine.settings import LOCALES, Settings
from webui import assets, dates
from webui.assets import Entry

LOCALE_COOKIE = "plus1-taal"
LANGUAGES = {"nl": "Nederlands", "en": "English"}
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
# The editors place what they draw with style attributes; scripts and style elements stay as strict as elsewhere.
EDITOR_POLICY = POLICY + "; style-src-attr 'unsafe-inline'"
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='#125c72'/>"
    "<path d='M6 16h10M11 11v10M21 11l4-3v16' stroke='#fff' stroke-width='3' fill='none'/></svg>"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the main menu; `current` when we are there."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What base.html needs; `acting` is the municipality for which the person acts in this tab."""

    locale: str
    demo: bool
    assets: Callable[[str], Entry]
    home: str = "/"
    icon: str = ""
    acting: str | None = None
    person: str | None = None
    logout: str | None = None
    switch: str | None = None
    theme: str | None = None
    navigation: Sequence[Item] = ()
    languages: Sequence[tuple[str, str, str]] = field(default_factory=tuple)

    def flashes(self) -> list[tuple[str, str]]:
        """Messages for this page: kind (info, ok, warning, error) and text; each is shown once."""
        return [(kind if kind in ("ok", "warning", "error") else "info", text) for kind, text in _flashed()]


def install(app: Flask, settings: Settings, page: Callable[[Page], Page] = lambda page: page) -> None:
    """Put the frame around `app`'s pages; `page` fills in who acts, for whom, and the menu, per request."""
    built = assets.entries()
    app.static_folder = str(assets.DIST)
    app.add_url_rule(f"{assets.PREFIX}/assets/<path:filename>", "assets", _asset(app))
    app.add_url_rule("/icon.svg", "icon", _icon)
    app.add_url_rule("/taal/<locale>", "language", _set_language)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"day": dates.day, "moment": dates.moment}
    Babel(app, default_locale=settings.locale, locale_selector=lambda: _locale(settings))
    _protect_forms(app)
    app.after_request(_secure)
    if settings.proxies:
        count = settings.proxies  # scheme and host come from our own proxies in front, and from no further
        # Flask documents this way of wrapping; its types call it a method.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    def names() -> dict[str, object]:
        return {"page": page(_page(settings, built))}

    app.context_processor(names)


def _protect_forms(app: Flask) -> None:
    """Forms carry a token bound to the browser; the API takes a key in a header and no cookie, so it needs none.

    The token lasts as long as the session: a form that stood open over lunch must not be lost.
    """
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    guard = CSRFProtect(app)

    def check() -> None:
        if not request.path.startswith("/v1/"):
            guard.protect()

    app.before_request(check)


def _page(settings: Settings, built: dict[str, Entry]) -> Page:
    languages = [(code, name, url_for("language", locale=code)) for code, name in LANGUAGES.items()]
    locale = str(get_locale() or settings.locale)
    return Page(locale, settings.demo, built.__getitem__, icon=url_for("icon"), languages=languages)


def _flashed() -> list[tuple[str, str]]:
    return [(str(each[0]), str(each[1])) for each in get_flashed_messages(with_categories=True)]


def _locale(settings: Settings) -> str:
    chosen = request.cookies.get(LOCALE_COOKIE, "")
    return chosen if chosen in LOCALES else settings.locale


def within(wanted: str) -> str:
    """The address when it is a path of this site, else the beginning.

    Browsers read a backslash as a slash and leave out control characters, so that these could lead elsewhere."""
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if ours else "/"


def _set_language(locale: str) -> AnyResponse:
    """Remember a language and go back to where the person was; only to a page of ours."""
    answer = redirect(within(re.sub(r"^https?://[^/]+", "", request.referrer or "")))
    if locale in LOCALES:
        answer.set_cookie(LOCALE_COOKIE, locale, max_age=31_536_000, httponly=True, samesite="Lax")
    return answer


def _asset(app: Flask) -> Callable[[str], Response]:
    def asset(filename: str) -> Response:
        answer = app.send_static_file(f"assets/{filename}")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    return asset


def _icon() -> Response:
    return Response(ICON, mimetype="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def _secure(answer: Response) -> Response:
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if answer.mimetype == "text/html":
        headers.setdefault("Cache-Control", "no-store")
        headers.setdefault("Vary", "Cookie")
    return answer
