"""Those who run an office write its pages: draft, preview, publish; nobody overwrites unseen changes."""

import uuid

import pytest
from django.urls import reverse

from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.content import selectors, services
from gruendungswerkstatt.content.enums import PageSlug, Refusal, TranslationState
from gruendungswerkstatt.content.models import Page, PageVersion
from gruendungswerkstatt.content.pages import LANGUAGES
from network.people.enums import Role
from tests.common.markup import read
from tests.factories.people import MembershipFactory, OrganisationFactory

EDIT, PREVIEW = "/de/office/pages/offer/", "/de/office/pages/offer/preview/"


def typed(version: int = 0, **changes: str) -> dict[str, str]:
    data = {"form_token": str(uuid.uuid4()), "version": str(version)}
    for language in LANGUAGES:
        data |= {f"title_{language}": f"T-{language}", f"summary_{language}": "S", f"body_{language}": "B"}
    return data | changes


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.ADMINISTRATOR])
def test_those_who_run_the_office_write_and_publish(scene, client, role):
    editor = scene.client(scene.member(role))
    answer = editor.post(EDIT, typed(title_de="Das machen wir"))
    assert answer.url == PREVIEW
    assert "Das machen wir" not in client.get("/de/pages/offer/").content.decode()
    preview = editor.get(PREVIEW).content.decode()
    assert "Das machen wir" in preview
    page = Page.objects.get()
    answer = editor.post(PREVIEW, {"form_token": str(uuid.uuid4()), "version": page.version})
    assert answer.url == "/de/office/pages/"
    assert "Das machen wir" in client.get("/de/pages/offer/").content.decode()
    version = PageVersion.objects.get()
    assert version.published_by.role == role
    assert "Das machen wir" in editor.get(f"/de/office/pages/offer/{version.number}/").content.decode()


def test_the_hub_leads_to_the_pages(scene):
    page = scene.client().get("/de/people/office/").content.decode()
    assert reverse("content:page_list") in page
    assert reverse("content:feedback_list") in page
    page = scene.client(scene.member(Role.ADMINISTRATOR)).get("/de/people/office/").content.decode()
    assert reverse("content:feedback_list") not in page


@pytest.mark.parametrize("path", ["/de/office/pages/", EDIT, PREVIEW])
def test_others_do_not_write(scene, client, path):
    assert client.get(path).status_code == 302
    for stranger in (scene.member(Role.ADVISOR), MembershipFactory(partner=True)):
        assert scene.client(stranger).get(path).status_code == 404
        assert scene.client(stranger).post(path, typed()).status_code in (404, 405)
    assert not Page.objects.exists()


def test_each_office_writes_its_own(scene):
    scene.publishes("offer", de=("Uns allein", "Kurz", "Lang"))
    other = MembershipFactory(team_lead=True)
    assert "Uns allein" not in scene.client(other).get(EDIT).content.decode()
    assert scene.client(other).get("/de/office/pages/offer/1/").status_code == 404
    scene.client(other).post(EDIT, typed(title_de="Ihre"))
    assert selectors.draft(scene.office, "offer").texts["de"].title == "Uns allein"
    assert selectors.draft(other.organisation, "offer").texts["de"].title == "Ihre"


def test_fields_stand_side_by_side_in_their_direction(scene):
    page = read(scene.client().get(EDIT).content.decode())
    for language, direction in (("de", "ltr"), ("ar", "rtl"), ("en", "ltr")):
        (field,) = page.all("textarea", id=f"id_body_{language}")
        assert (field.attrs["lang"], field.attrs["dir"]) == (language, direction)
    assert page.all("textarea", id="id_body_ar")[0].text.strip().startswith("## نساعدك في")


def test_a_second_editor_overwrites_nothing_unseen(scene):
    client = scene.client()
    client.post(EDIT, typed(title_de="Erste"))
    answer = client.post(EDIT, typed(title_de="Zweite"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Zweite" in page
    assert "inzwischen" in page
    assert selectors.draft(scene.office, "offer").texts["de"].title == "Erste"
    version = read(page).all("input", name="version")[0].attrs["value"]
    assert client.post(EDIT, typed(int(version), title_de="Zweite")).status_code == 302


def test_sending_twice_saves_once(scene):
    client, data = scene.client(), typed(title_de="Einmal")
    assert client.post(EDIT, data).url == client.post(EDIT, data).url
    assert Page.objects.get().version == 1


def test_what_was_not_previewed_is_not_published(scene):
    page = scene.writes("offer", de=("Eins", "Kurz", "Lang"))
    scene.writes("offer", de=("Zwei", "Kurz", "Lang"))
    with pytest.raises(StaleVersion):
        services.publish(scene.office, "offer", scene.lead, version=page.version)
    data = {"form_token": str(uuid.uuid4()), "version": page.version}
    answer = scene.client().post(PREVIEW, data)
    assert "geändert" in answer.content.decode()
    assert not PageVersion.objects.exists()


def test_publishing_the_same_again_is_refused(scene):
    scene.publishes("offer", de=("Eins", "Kurz", "Lang"))
    page = scene.writes("offer")
    with pytest.raises(services.Refused) as refused:
        services.publish(scene.office, "offer", scene.lead, version=page.version)
    assert refused.value.reason == Refusal.NOTHING_NEW


def test_without_german_nothing_is_published(scene):
    page = scene.writes("offer", de=("Nur ein Titel", "", ""))
    with pytest.raises(services.Refused) as refused:
        services.publish(scene.office, "offer", scene.lead, version=page.version)
    assert refused.value.reason == Refusal.NO_SOURCE


def test_a_translation_is_stale_when_the_german_text_changed_after_it(scene):
    scene.writes("offer", de=("Neu", "Kurz", "Lang"))
    draft = selectors.draft(scene.office, "offer")
    assert draft.state("ar") == draft.state("en") == TranslationState.STALE
    scene.writes("offer", ar=("جديد", "قصير", "طويل"))
    draft = selectors.draft(scene.office, "offer")
    assert (draft.state("de"), draft.state("ar"), draft.state("en")) == ("current", "current", "stale")
    assert "hat sich seitdem geändert" in scene.client().get(EDIT).content.decode()


def test_an_editor_confirms_that_a_translation_still_fits(scene):
    scene.client().post(EDIT, typed(title_de="Tippfehler"))
    version = Page.objects.get().version
    scene.client().post(EDIT, typed(version, title_de="Ohne Fehler", is_current_en="on"))
    draft = selectors.draft(scene.office, "offer")
    assert (draft.state("ar"), draft.state("en")) == ("stale", "current")


def test_an_empty_translation_is_missing(scene):
    scene.writes("offer", ar=("", "", ""))
    assert selectors.draft(scene.office, "offer").state("ar") == TranslationState.MISSING
    assert "fehlt" in scene.client().get("/de/office/pages/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_de": ""}, "id_title_de"),
        ({"title_ar": ""}, "id_title_ar"),
        ({"body_en": "[x](http://example.org)"}, "http://example.org"),
        ({"body_ar": "{fax}"}, "{fax}"),
        ({"body_de": "![](x.png)"}, "Bilder"),
        ({"body_de": "x" * 20_001}, "zu lang"),
        ({"version": "no"}, "alert"),
        ({"form_token": ""}, "unvollständig"),
    ],
)
def test_mistakes_are_named_and_nothing_is_saved(scene, changes, said):
    answer = scene.client().post(EDIT, typed(**changes))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    "path", ["https://evil.example/x.mp4", "//evil.example/x.mp4", "x.mp4", "/x.exe", "/\\evil/x.mp4"]
)
def test_a_video_lies_on_our_own_host(scene, path):
    answer = scene.client().post("/de/office/pages/sign-language/", typed(video=path))
    assert answer.status_code == 200
    assert not Page.objects.exists()


def test_a_video_of_our_own_is_kept(scene):
    scene.client().post("/de/office/pages/sign-language/", typed(video="/static/video/dgs.mp4"))
    assert Page.objects.get().video == "/static/video/dgs.mp4"


def test_missing_data_of_the_office_is_said(scene):
    scene.office.street = ""
    scene.office.save()
    page = scene.client().get("/de/office/pages/legal-notice/preview/").content.decode()
    assert "{address}" in page
    assert "{phone}" not in page


def test_a_page_that_does_not_exist_is_not_found(scene):
    for path in ("nowhere/", "nowhere/preview/", "nowhere/1/", "offer/1/", "offer/0/"):
        assert scene.client().get(f"/de/office/pages/{path}").status_code == 404


@pytest.mark.parametrize("slug", PageSlug.values)
def test_every_page_can_be_edited_and_previewed(scene, slug):
    assert scene.client().get(f"/ar/office/pages/{slug}/").status_code == 200
    assert scene.client().get(f"/ar/office/pages/{slug}/preview/").status_code == 200


def test_the_list_asks_for_all_pages_at_once(scene, django_assert_max_num_queries):
    client = scene.client()
    client.get("/de/office/pages/")
    with django_assert_max_num_queries(5):  # session, user, membership, drafts
        client.get("/de/office/pages/")


def test_an_office_that_does_not_run_the_portal_is_told_where_its_pages_are_read(scene):
    other = MembershipFactory(team_lead=True, organisation=OrganisationFactory(office=True))
    said = "die dieses Portal betreibt"
    assert said in scene.client(other).get("/de/office/pages/").content.decode()
    assert said not in scene.client().get("/de/office/pages/").content.decode()
