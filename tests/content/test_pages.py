"""What visitors read: the office's words, in their language, without a query."""

import hashlib
from dataclasses import replace

import pytest
from django.db import ProgrammingError
from django.utils.translation import override

from gruendungswerkstatt.content import published, services, shipped
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.markdown import problems
from gruendungswerkstatt.content.models import PageVersion
from gruendungswerkstatt.content.pages import LANGUAGES
from intake.models import Submission
from tests.common.markup import read
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

PUBLIC = [slug for slug in PageSlug.values if slug != PageSlug.START]
# What was shipped once was read by somebody: a changed notice is a new file.
NOTICES = {"2026-11": "43d0cefe18367e2c"}


@pytest.mark.parametrize("slug", PageSlug.values)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_portal_brings_every_page_in_every_language(slug, language):
    text = shipped.page(slug).texts[language]
    assert text
    assert text.summary
    assert problems(text.summary + text.body) == []


def test_a_shipped_notice_never_changes():
    assert set(NOTICES) == shipped.notice_versions()
    for version, digest in NOTICES.items():
        texts = [shipped.notice(version).texts[language].digest for language in LANGUAGES]
        assert hashlib.sha256("".join(texts).encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("slug", PUBLIC)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_public_and_name_their_twins(client, scene, slug, language):
    page = read(client.get(f"/{language}/pages/{slug}/").content.decode())
    assert len(page.all("h1")) == 1
    found = {link.attrs["hreflang"]: link.attrs["href"] for link in page.all("link", rel="alternate")}
    assert set(found) == {*LANGUAGES, "x-default"}
    assert all(href.endswith(f"/pages/{slug}/") for href in found.values())


def test_pages_cost_no_query(client, scene, django_assert_num_queries):
    scene.publishes("offer", de=("Unser Angebot", "Kurz", "Lang"))
    client.get("/de/pages/offer/")
    with django_assert_num_queries(0):
        for slug in PUBLIC:
            assert client.get(f"/ar/pages/{slug}/").status_code == 200
        client.get("/de/")


def test_there_are_no_other_pages(client, scene):
    assert client.get("/de/pages/start/").status_code == 404
    assert client.get("/de/pages/nowhere/").status_code == 404
    assert client.post("/de/pages/offer/").status_code == 405


def test_every_page_leads_to_all_of_them(client, scene):
    page = read(client.get("/ar/intake/").content.decode())
    links = {a.attrs["href"] for a in page.all("a") if any(p.tag == "footer" for p in a.parents)}
    assert {f"/ar/pages/{slug}/" for slug in PUBLIC} <= links


def test_visitors_read_what_the_office_that_runs_the_portal_published(client, scene):
    other = OrganisationFactory(office=True)
    assert published.page_of(other.pk, "offer") is shipped.page("offer")
    scene.publishes("offer", de=("Neu bei uns", "Kurz", "## Mehr\n\n{office}"))
    page = client.get("/de/pages/offer/").content.decode()
    assert "Neu bei uns" in page
    assert "<bdi>Jobcenter Kreis Unna</bdi>" in page
    assert published.page_of(other.pk, "offer") is shipped.page("offer")


def test_the_first_page_has_the_offices_words(client, scene):
    scene.publishes("start", de=("Willkommen!", "Wir beraten Sie.", ""))
    page = client.get("/de/").content.decode()
    assert "Willkommen!" in page
    assert "Wir beraten Sie." in page


def test_a_missing_translation_falls_back_and_says_so(client, scene):
    scene.publishes("offer", de=("Nur deutsch", "Kurz", "Lang"), ar=("", "", ""))
    page = read(client.get("/ar/pages/offer/").content.decode())
    (title,) = page.all("h1")
    assert (title.text, title.attrs["lang"], title.attrs["dir"]) == ("Nur deutsch", "de", "ltr")
    assert "هذا النص غير متوفر بعد بلغتك" in page.all("main")[0].text
    assert all(p.attrs.get("lang") == "de" for p in page.all("div") if p.has_class("gw-prose"))
    english = client.get("/en/pages/offer/").content.decode()
    assert "not yet available" not in english


def test_the_video_comes_from_our_own_host_or_the_page_says_it_is_missing(client, scene):
    assert "<video" not in client.get("/de/pages/sign-language/").content.decode()
    page = scene.writes("sign-language", de=("DGS", "Kurz", "Text"))
    page.video = "/static/video/dgs.mp4"
    page.save()
    services.publish(scene.office, "sign-language", scene.lead, version=page.version)
    answer = client.get("/de/pages/sign-language/")
    assert 'src="/static/video/dgs.mp4"' in answer.content.decode()
    assert "media-src 'self'" in answer["Content-Security-Policy"]


# --- The notice keeps its versions -----------------------------------------------------------------------------------


def test_an_old_notice_is_readable_for_ever_in_its_language(client, scene):
    first = scene.publishes("privacy", de=("Hinweis", "Eins", "Alt {phone}"), ar=("إشعار", "واحد", "قديم"))
    scene.office.refresh_from_db()
    scene.office.phone = "+4923032538999"
    scene.office.save()
    second = scene.publishes("privacy", de=("Hinweis", "Zwei", "Neu"), ar=("إشعار", "اثنان", "جديد"))
    assert first.name != second.name
    old = client.get(f"/de/pages/privacy/{first.name}/").content.decode()
    assert "Alt" in old
    assert "tel:+49230325385422" in old  # the telephone of that day
    assert "قديم" in client.get(f"/ar/pages/privacy/{first.name}/").content.decode()
    assert "Neu" in client.get("/de/pages/privacy/").content.decode()


def test_a_shipped_notice_is_found_by_its_name(client, scene):
    scene.publishes("privacy", de=("Hinweis", "Eins", "Eigener"))
    page = client.get(f"/ar/pages/privacy/{shipped.NOTICE_VERSION}/").content.decode()
    assert shipped.NOTICE_VERSION in page
    assert shipped.page("privacy").texts["ar"].title in page


@pytest.mark.parametrize(
    "name", ["1.99", "x", "1.x", "٣.١", "1", "1.1.1", "99999999999999999999.1", "2026-10", "%00", "-1.1"]
)
def test_a_notice_that_never_was_is_not_found(client, scene, name):
    assert client.get(f"/de/pages/privacy/{name}/").status_code == 404


def test_the_office_names_the_notice_it_published(scene):
    row = scene.publishes("privacy", de=("Hinweis", "Eins", "Text"))
    scene.office.refresh_from_db()
    assert scene.office.notice_version == row.name
    scene.publishes("offer", de=("Angebot", "Eins", "Text"))
    scene.office.refresh_from_db()
    assert scene.office.notice_version == row.name


def test_the_database_refuses_to_change_what_was_read(scene):
    row = scene.publishes("privacy", de=("Hinweis", "Eins", "Text"))
    with pytest.raises(ProgrammingError, match="Cannot update"):
        PageVersion.objects.filter(pk=row.pk).update(texts={})


def test_notices_of_two_offices_have_different_names(scene):
    other = OrganisationFactory(office=True)
    ours, theirs = PageVersion(office=scene.office, number=1), PageVersion(office=other, number=1)
    assert ours.name != theirs.name


def test_links_stay_in_the_language(client, scene):
    with override("de"):
        page = client.get("/ar/pages/plain-language/").content.decode()
    assert 'href="/ar/pages/accessibility/"' in page


# --- What a founder reads is what the submission remembers -----------------------------------------------------------


@pytest.fixture
def founder(client, scene):
    for code in ("kamen", "unna"):
        MunicipalityFactory(code=code, office=scene.office)

    def begins(language="ar", **posted):
        client.post(f"/{language}/intake/", {"has_read": "on", **posted})
        client.post(f"/{language}/intake/place/", {"municipality": "kamen", "is_adult": "yes"})
        return Submission.objects.get()

    return begins


def test_the_start_shows_the_offices_notice_and_the_draft_names_it(client, scene, founder):
    row = scene.publishes("privacy", ar=("إشعار", "نسخة المكتب", "نص"))
    page = client.get("/ar/intake/").content.decode()
    assert "نسخة المكتب" in page
    assert f"/ar/pages/privacy/{row.name}/" in page
    draft = founder()
    assert (draft.notice_version, draft.notice_language) == (row.name, "ar")


def test_what_was_read_counts_even_if_a_newer_notice_was_published_meanwhile(client, scene, founder):
    first = scene.publishes("privacy", de=("Hinweis", "Eins", "Text"))
    shown = read(client.get("/de/intake/").content.decode()).all("input", name="notice")[0].attrs["value"]
    scene.publishes("privacy", de=("Hinweis", "Zwei", "Text"))
    assert founder("de", notice=shown).notice_version == first.name


def test_an_invented_notice_counts_as_the_present_one(scene, founder):
    row = scene.publishes("privacy", de=("Hinweis", "Eins", "Text"))
    assert founder("de", notice="99.99").notice_version == row.name


def test_a_notice_without_translation_is_remembered_in_the_language_it_was_read_in(scene, founder):
    scene.publishes("privacy", de=("Hinweis", "Eins", "Text"), ar=("", "", ""))
    assert founder("ar").notice_language == "de"


def test_a_callback_shows_the_notice_of_the_responsible_office(client, scene):
    other = OrganisationFactory(office=True, notice_version="")
    MunicipalityFactory(code="selm", office=other)
    theirs = replace(scene, office=other, lead=MembershipFactory(organisation=other, role="team_lead"))
    row = theirs.publishes("privacy", de=("Hinweis", "Von der anderen Stelle", "Text"))
    assert "Von der anderen Stelle" in client.get("/de/intake/callback/selm/").content.decode()
    client.post("/de/intake/callback/selm/", {"name": "Rim", "phone": "01713920009", "language": "ar"})
    assert Submission.objects.get().notice_version == row.name
