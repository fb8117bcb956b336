"""A founder at the intake, in the words the tests are told in."""

import re
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.test import Client

from intake.models import Submission
from intake.questions import QUESTIONS
from intake.steps import GROUPS
from tests.factories.intake import SHORT_WAY
from tests.factories.people import MunicipalityFactory, OrganisationFactory

TOWNS = [option.code for option in QUESTIONS["municipality"].options if option.code != "other"]


@dataclass
class Walker:
    """A browser that fills in the intake page by page, as the server leads it."""

    language: str = "de"
    client: Client = field(default_factory=Client)

    def url(self, tail: str = "") -> str:
        return f"/{self.language}/intake/{tail}"

    def get(self, tail: str = "", **kwargs):
        return self.client.get(self.url(tail), **kwargs)

    def post(self, tail: str = "", data: dict | None = None, **kwargs):
        return self.client.post(self.url(tail), data or {}, **kwargs)

    def reads_notice(self):
        response = self.post("", {"has_read": "on"})
        assert response.status_code == 302, response.content.decode()[:500]
        return response

    def answers(self, group: str, data: dict, tail: str = ""):
        response = self.post(f"{group}/{tail}", data)
        assert response.status_code == 302, errors_of(response)
        assert "checked=1" not in response.url, errors_of(self.client.get(response.url))
        return response

    def mistakes(self, tail: str, data: dict):
        """The page that names what is wrong in `data`, which is one that can be asked for again."""
        response = self.post(tail, data)
        assert response.status_code == 302, "nothing to keep, or the page was drawn at once"
        assert response.url.endswith("checked=1"), "nothing is wrong"
        return self.client.get(response.url)

    def walks(self, answers: dict, *, until: str = "") -> None:
        """Fill in every page that applies, in order, with `answers`; stop before the page `until`."""
        self.reads_notice()
        for group in GROUPS.values():
            if group.code == until:
                return
            if group.code != "place" and not group.is_needed(self.draft.answers):
                continue
            self.answers(group.code, page_data(group, answers))

    @property
    def draft(self) -> Submission:
        return Submission.objects.order_by("-id").first()


def page_data(group, answers: dict) -> dict:
    """What a browser would post for one page."""
    data = {}
    for key in group.keys:
        value = answers.get(key)
        if not value:
            continue
        if key == "planned_start":
            data |= {"planned_start_year": value[:4], "planned_start_month": str(int(value[5:]))}
        else:
            data[key] = value
    return data


def errors_of(response) -> str:
    form = response.context and response.context.get("form")
    return str(form.errors) if form is not None else response.content.decode()[:500]


def other_device(founder, language="de") -> Walker:
    device = Walker(language)
    for name, morsel in founder.client.cookies.items():
        device.client.cookies[name] = morsel.value
    return device


def seen_by(response) -> str:
    return re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]


def field_of(response, name: str):
    return response.context["form"][name].value()


@pytest.fixture(autouse=True)
def _no_attempts_from_before():
    cache.clear()


@pytest.fixture
def office(db):
    """An office that is responsible for every town of the Kreis."""
    office = OrganisationFactory(office=True)
    for code in TOWNS:
        MunicipalityFactory(code=code, office=office)
    return office


@pytest.fixture
def walker(office):
    """`walker("ar")`: a founder whose browser shows Arabic pages."""
    return lambda language="de": Walker(language)


@pytest.fixture
def short_way():
    return dict(SHORT_WAY)
