"""What visitors read now, kept in the process so that no page costs a query for it."""

from collections.abc import Mapping

from django.db.models.signals import post_save

from gruendungswerkstatt.common.context import Office, portal_office
from gruendungswerkstatt.common.kept import Kept

from . import shipped
from .models import PageVersion
from .pages import Published, Text


def of_version(row: PageVersion) -> Published:
    """A stored version as a page."""
    texts = {language: Text(**text) for language, text in row.texts.items()}
    return Published(row.page.slug, row.name, texts, row.video, row.published_at, Office(**row.office_data))


def _find() -> Mapping[tuple[int, str], Published]:
    return {(row.office_id, row.page.slug): of_version(row) for row in PageVersion.objects.latest()}


kept: Kept[Mapping[tuple[int, str], Published]] = Kept(_find, otherwise={})


def page_of(office_id: int | None, slug: str) -> Published:
    """The page of an office; the portal's own text where the office published none."""
    if office_id is None:
        return shipped.page(slug)
    return kept.get().get((office_id, slug)) or shipped.page(slug)


def public_page(slug: str) -> Published:
    """The page of the office that runs the portal."""
    return page_of(portal_office().pk, slug)


def _forget(**_kwargs: object) -> None:
    kept.forget()


def connect() -> None:
    """See a new version at once where it is published."""
    post_save.connect(_forget, sender=PageVersion)
