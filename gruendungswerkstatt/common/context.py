"""What every page knows: the office that runs the portal and how the reader wants to see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from . import phones

THEME_COOKIE = "gw_theme"
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Office:
    """The office that runs the portal, as pages show it: `names` by language, `phone` in E.164; "" for what it lacks.

    `pk` is None where no office is known: before the first one is set up, and while the database does not answer.
    """

    pk: int | None = None
    name: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    place: str = ""


@dataclass(frozen=True)
class Portal:
    """Name of the portal; the office behind it, as it calls itself and in the reader's language; its telephone in
    E.164 and as people dial it; the forced theme ("" follows the device)."""

    name: str = "Gründungswerkstatt"
    office: str = ""
    office_name: str = ""
    phone: str = ""
    phone_text: str = ""
    theme: str = ""


_find_office: Callable[[], Office] = Office


def office_is_found_by(find: Callable[[], Office]) -> None:
    """Tell this room, which knows no models, how to find the office. `find` must answer without a database too."""
    global _find_office
    _find_office = find


def portal_office() -> Office:
    """The office that runs the portal."""
    return _find_office()


def current_portal(theme: str = "") -> Portal:
    """The portal in the present language."""
    office = portal_office()
    return Portal(
        office=office.name,
        office_name=office.names.get(get_language() or "", office.name),
        phone=office.phone,
        phone_text=phones.readable(office.phone) if office.phone else "",
        theme=theme,
    )


def remember_theme(response: HttpResponse, theme: str) -> None:
    """Let the browser remember "light" or "dark"; anything else lets it forget what it remembered."""
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=365 * 24 * 60 * 60,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")


def portal(request: HttpRequest) -> dict[str, Portal]:
    """Context processor: `portal` in every template."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"portal": current_portal(theme if theme in THEMES else "")}
