"""The office that runs this portal: setting PORTAL_OFFICE names it by its code, else it is the first one."""

from django.conf import settings
from django.db.models.signals import post_delete, post_save

from gruendungswerkstatt.common.context import Office, office_is_found_by
from gruendungswerkstatt.common.kept import Kept

from .models import Organisation

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _find() -> Office:
    offices = Organisation.objects.offices().order_by("pk")
    if settings.PORTAL_OFFICE:
        offices = offices.filter(code=settings.PORTAL_OFFICE)
    row = offices.first()
    return as_office(row) if row else Office()


def as_office(row: Organisation) -> Office:
    """What pages show of an organisation. Of a name like "Jobcenter Kreis Unna – Gründungswerkstatt" the body is
    kept: the part after the dash is the portal's own name, which stands beside it."""
    names = {code: _body(getattr(row, f"name_{code}") or row.name_de or row.name) for code in LANGUAGES}
    return Office(
        pk=row.pk,
        name=names[settings.LANGUAGE_CODE],
        names=names,
        phone=row.phone,
        email=row.email,
        street=row.street,
        postal_code=row.postal_code,
        place=row.place,
    )


def _body(name: str) -> str:
    return name.partition(" – ")[0]


kept = Kept(_find, otherwise=Office())


def _forget(**_kwargs: object) -> None:
    kept.forget()


def connect() -> None:
    """Let every page know the office, and know a change of it at once where it is made."""
    office_is_found_by(kept.get)
    post_save.connect(_forget, sender=Organisation)
    post_delete.connect(_forget, sender=Organisation)
