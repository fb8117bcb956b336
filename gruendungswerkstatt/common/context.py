"""What every page knows: the office that runs the portal and how the reader wants to see it."""

from dataclasses import dataclass

from django.http import HttpRequest

THEME_COOKIE = "gw_theme"
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Portal:
    """Name of the portal, the office behind it, its telephone (E.164), the forced theme ("" follows the device)."""

    name: str = "Gründungswerkstatt"
    office: str = "Jobcenter Kreis Unna"
    phone: str = "+49230325385422"
    phone_text: str = "02303 2538-5422"
    theme: str = ""


def portal(request: HttpRequest) -> dict[str, Portal]:
    """Context processor: `portal` in every template."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"portal": Portal(theme=theme if theme in THEMES else "")}
