"""The forms of a case as tests of the desk speak of them."""

from html import unescape

from gruendungswerkstatt.common.ids import new_uuid

STALE = "Jemand anderes hat diesen Fall inzwischen geändert."


def page_of(case):
    return f"/de/cases/{case.uuid}/"


def address(case, name):
    return f"{page_of(case)}{name}/"


def refused(response) -> str:
    """The page again, with the summary of errors."""
    assert response.status_code == 200
    html = unescape(response.content.decode())
    assert "kern-error-summary" in html
    assert "<title>Fehler" in html
    return html


def fresh(case):
    case.refresh_from_db()
    return case


def sent(case, **values):
    return {"version": str(case.version), "form_token": str(new_uuid()), **values}
