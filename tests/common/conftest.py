"""Fixtures of the design tests: they need no database."""

import pytest

from tests.common.markup import Markup, read


@pytest.fixture
def gallery_urls(settings):
    """The rooms' addresses are not needed to draw the gallery."""
    settings.ROOT_URLCONF = "tests.common.urls_gallery"


@pytest.fixture
def drawn(gallery_urls):
    """`drawn(language, base, *forms)`: the gallery page as read markup."""
    from tests.common.gallery import draw

    def page(language: str, base: str = "base_founder.html", *forms, theme: str = "") -> Markup:
        return read(draw(language, base, *forms, theme=theme))

    return page
