"""A partner reads exactly what the consent names: for every set of fields, on the page and in the SQL."""

from itertools import chain, combinations

import pytest

from cases.files.models import Case
from cases.referrals.enums import ConsentField
from cases.referrals.models import Referral
from cases.referrals.presenters import notices
from cases.referrals.rules import in_order
from cases.referrals.selectors import disclosed
from tests.cases.referrals.conftest import address
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db

SUBSETS = list(chain.from_iterable(combinations(ConsentField, n) for n in range(1, len(ConsentField) + 1)))

# What each field shows in German, for the founder below.
SHOWN = {
    ConsentField.NAME: ["Çağrı"],
    ConsentField.CONTACT: [
        "0171 3920010",
        "tel:+491713920010",
        "Am Vormittag",
        "Andere benutzen dieses Telefon",
    ],
    ConsentField.LANGUAGE: ["Türkisch", "Deutsch</bdi>"],
    ConsentField.QUESTION: ["Brauche ich den Meister?"],
    ConsentField.SECTOR: ["Handwerk</bdi>", "Elektrotechniker"],
    ConsentField.EXPERIENCE: ["Mehr als 5 Jahre"],
    ConsentField.QUALIFICATION: ["Berufsausbildung", "noch keine Antwort"],
}
# What no consent covers.
NEVER = [
    "Işıldak",
    "ISILDAK",
    "cagri@example.org",
    "Olivenbaum",
    "Elektroinstallation für Altbauten",
    "Fröndenberg",
    "1988-05",
    "Mai 1988",
    "Bruder Kemal",
    "Hilfe vom Jobcenter",
]


@pytest.fixture
def case(db) -> Case:
    """A case that knows a lot about its founder, in a language of its own."""
    office = OrganisationFactory(office=True)
    town = MunicipalityFactory(code="froendenberg", name_de="Fröndenberg/Ruhr", office=office)
    submission = SubmissionFactory(persona=10, municipality=town)
    submission.answers |= {"benefits": ["jobcenter"], "own_word": "Olivenbaum"}
    submission.save()
    founder = FounderFactory(
        office=office,
        name="Çağrı",
        name_latin="Çağrı Işıldak",
        name_original="Çağrı ISILDAK",
        municipality=town,
        born_on="1988-05-04",
        born_precision="day",
        languages=["tr", "de"],
        contact_way="phone",
        phone="+491713920010",
        email="cagri@example.org",
        helper_contact="Bruder Kemal, +491713920099",
        may_call_helper=True,
        is_phone_shared=True,
        safe_times=["morning"],
        own_word="Olivenbaum",
    )
    return CaseFactory(founder=founder, submission=submission, sector="crafts", reference=submission.reference)


@pytest.fixture
def reader(db):
    return MembershipFactory(partner=True)


def refer(case, reader, fields) -> Referral:
    consent = ConsentFactory(founder=case.founder, partner=reader.organisation, fields=in_order(fields))
    return ReferralFactory(consent=consent, case=case, question="Brauche ich den Meister?")


def main_of(response) -> str:
    assert response.status_code == 200
    page = response.content.decode()
    return page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("fields", SUBSETS, ids="+".join)
def test_the_page_shows_the_consented_fields_and_no_other(case, reader, signed_in, fields):
    referral = refer(case, reader, fields)
    client = signed_in(reader)
    pages = [
        main_of(client.get(address("referrals:referral_detail", referral.uuid))),
        main_of(client.get(address("referrals:referral_answer", referral.uuid, "decline"))),
    ]
    for page in pages:
        for field, values in SHOWN.items():
            for value in values:
                assert (value in page) == (field in fields), f"{value!r} of {field}"
        for value in [*NEVER, case.reference, str(case.uuid), str(case.founder.uuid)]:
            assert value not in page
    listed = main_of(client.get(address("referrals:referral_list")))
    assert ("Çağrı" in listed) == (ConsentField.NAME in fields)
    for field, values in SHOWN.items():
        assert field == ConsentField.NAME or not any(value in listed for value in values)


def test_what_is_not_consented_to_is_not_even_selected(case, reader, signed_in, capture_queries):
    referral = refer(case, reader, [ConsentField.LANGUAGE, ConsentField.QUESTION])
    client = signed_in(reader)
    with capture_queries() as queries:
        main_of(client.get(address("referrals:referral_detail", referral.uuid)))
    sql = "\n".join(query["sql"] for query in queries)
    assert '"cases_files_founder"."languages"' in sql
    for column in (
        "name",
        "name_latin",
        "phone",
        "email",
        "helper_contact",
        "safe_times",
        "born_on",
        "own_word",
    ):
        assert f'"cases_files_founder"."{column}"' not in sql
    assert "answers" not in sql


@pytest.mark.parametrize(
    ("way", "shown", "hidden"),
    [
        ("sms", ["0171 3920010", "Am Vormittag"], ["cagri@example.org", "Kemal"]),
        (
            "email",
            ["cagri@example.org", "mailto:"],
            ["0171 3920010", "Kemal", "Am Vormittag", "Andere benutzen"],
        ),
        ("helper", ["Bruder Kemal"], ["0171 3920010", "cagri@example.org", "Am Vormittag"]),
        ("in_person", ["Persönlich"], ["0171 3920010", "cagri@example.org", "Kemal"]),
    ],
)
def test_only_the_safe_way_is_given(case, reader, signed_in, way, shown, hidden):
    case.founder.contact_way = way
    case.founder.save()
    referral = refer(case, reader, [ConsentField.CONTACT])
    page = main_of(signed_in(reader).get(address("referrals:referral_detail", referral.uuid)))
    assert all(value in page for value in shown)
    assert not any(value in page for value in hidden)


@pytest.mark.parametrize("way", ["helper", "phone"])
@pytest.mark.parametrize("may_call", [False, None])
def test_a_helper_who_may_not_be_called_is_not_given_away(case, reader, signed_in, way, may_call):
    case.founder.contact_way, case.founder.may_call_helper = way, may_call
    case.founder.save()
    referral = refer(case, reader, ConsentField)
    page = main_of(signed_in(reader).get(address("referrals:referral_detail", referral.uuid)))
    assert "Kemal" not in page
    assert "3920099" not in page
    assert ("Nur über die Beratung" in page) == (way == "helper")
    assert disclosed(case.pk, [ConsentField.CONTACT])["given_contact"] == ("" if way == "helper" else "+491713920010")


@pytest.mark.parametrize(
    ("may_call", "said"), [(True, "helfenden Person"), (False, "über uns erreicht"), (None, "über uns erreicht")]
)
def test_the_founder_is_told_whether_the_helpers_contact_is_given(case, reader, may_call, said):
    case.founder.contact_way, case.founder.may_call_helper = "helper", may_call
    case.founder.language = "de"
    (notice,) = notices(case.founder, reader.organisation, [ConsentField.CONTACT])
    assert said in notice.sentence


def test_unanswered_fields_say_so(reader, signed_in):
    case = CaseFactory()  # a walk-in: no enquiry, no sector
    referral = refer(case, reader, ConsentField)
    page = main_of(signed_in(reader).get(address("referrals:referral_detail", referral.uuid)))
    assert page.count(">nicht beantwortet<") == 3


@pytest.mark.parametrize("language", ["ar", "en"])
def test_labels_come_in_the_readers_language(case, reader, signed_in, language):
    referral = refer(case, reader, ConsentField)
    page = main_of(signed_in(reader).get(address("referrals:referral_detail", referral.uuid, language=language)))
    assert {"ar": "التركية", "en": "Turkish"}[language] in page
    assert "Türkisch" not in page
    assert '<bdi dir="ltr">0171 3920010</bdi>' in page
