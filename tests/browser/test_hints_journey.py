"""An office writes a hint in three languages and a founder reads it in Arabic; a founder says yes on the own page."""

import re

import pytest

from cases.referrals.models import Consent, ConsentRequest, Referral
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from intake import office_hints
from intake.models import OfficeHint
from intake.pins import hashed
from network.directory import helping

from .test_office_journey import signs_in

pytestmark = pytest.mark.long

LEAD, ADVISOR, _COLLEAGUE, _STRANGER, CRAFTS, *_OTHERS = DEMO_ACCOUNTS
PIN = "482913"
OWN = {
    "de": ("Lebensmittel: Belehrung", "Bitte klären Sie beides mit dem Gesundheitsamt in Unna."),
    "en": ("Food: briefing", "Please clarify both with the public health office in Unna."),
    "ar": ("الأغذية: التوعية الصحية", "يُرجى الاستفسار عن الأمرين لدى مكتب الصحة في مدينتك."),
}


@pytest.fixture(autouse=True)
def _nothing_kept():
    for kept in (office_hints.kept, helping.kept):
        kept.forget()
    yield
    for kept in (office_hints.kept, helping.kept):
        kept.forget()


def opens_own_page(founder, submission, code):
    founder.opens(f"/{founder.language}/status/")
    founder.types("reference", submission.reference)
    founder.types("code", code)
    founder.saves()
    founder.follows("Open my page")
    founder.types("pin", PIN)
    founder.saves()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_hint_in_the_offices_words_reaches_a_founder_in_arabic(person, enquiry, language):
    # Given a team lead on the page of hints
    lead = person(language)
    signs_in(lead, LEAD)
    lead.opens(f"/{language}/people/office/")
    lead.follows("Hints to founders")
    lead.page.locator("#hint-food_hygiene a").click()
    lead.looks()
    # When a text decides
    lead.types("text_de", "Das ist ohne Belehrung verboten. Bitte fragen Sie.")
    lead.presses("Publish")
    # Then it is refused beside the field, and what was typed stays
    lead.sees(re.compile(re.escape("verboten")))
    assert not OfficeHint.objects.exists()
    # When it is written in three languages, looked at and published
    for code, (title, text) in OWN.items():
        lead.types(f"title_{code}", title)
        lead.types(f"text_{code}", text)
    lead.presses("Preview")
    lead.reads("Nothing is published yet.")
    lead.sees(OWN["ar"][1])
    lead.presses("Publish")
    assert OfficeHint.objects.get().texts["ar"]["text"] == OWN["ar"][1]
    # Then a founder on an old phone reads it in Arabic, with who can help
    submission, code = enquiry("bilal")
    submission.pin_hash = hashed(PIN)
    submission.save()
    founder = person("ar", phone=True, javascript=False)
    opens_own_page(founder, submission, code)
    founder.follows("What I should clarify")
    founder.sees(OWN["ar"][1])
    founder.reads("Who can help")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_founder_says_yes_alone_and_the_partner_then_sees_the_referral(person, case_of, enquiry, language):
    # Given a case of an electrician who has a PIN
    case = case_of("cagri", ADVISOR)
    submission = case.submission
    submission.pin_hash = hashed(PIN)
    submission.save()
    advisor = person(language)
    signs_in(advisor, ADVISOR)
    # When the advisor chooses the chamber of crafts and lets the founder answer alone
    advisor.opens(f"/{language}/referrals/cases/{case.uuid}/new/?q=Handwerk")
    offer = advisor.page.locator(".kern-card", has_text=re.compile("Handwerkskammer")).first
    offer.get_by_role("link").click()
    advisor.looks()
    advisor.saves()
    advisor.presses("Ask on the own page")
    asked = ConsentRequest.objects.get(case=case)
    advisor.reads("Questions that wait for the founder")
    # Then the partner sees nothing yet
    partner = person(language)
    signs_in(partner, CRAFTS)
    partner.does_not_see("Çağrı")
    # When the founder reads the question behind the PIN and says yes
    from intake.access import renew_code

    founder = person("ar", phone=True, javascript=False)
    opens_own_page(founder, submission, renew_code(submission))
    founder.follows("My consents")
    founder.page.locator('button[name="decision"][value="yes"]').click()
    founder.looks()
    consent = Consent.objects.get(founder=case.founder)
    assert (consent.given_by, consent.fields) == ("portal", asked.fields)
    # And the advisor passes the question on
    advisor.opens(f"/{language}/referrals/cases/{case.uuid}/new/?q=Handwerk")
    advisor.page.locator(".kern-card", has_text=re.compile("Handwerkskammer")).first.get_by_role("link").click()
    advisor.looks()
    advisor.follows("Use this consent")
    advisor.types("question", "Brauche ich den Meister?")
    advisor.saves()
    referral = Referral.objects.get(case=case)
    # Then the partner sees what was agreed to
    partner.opens(f"/{language}/referrals/{referral.uuid}/")
    partner.sees("Çağrı Işıldak")
    # And nothing any more once the founder withdraws
    founder.opens("/ar/status/consents/")
    founder.follows(re.compile(re.escape(founder.word("Withdraw consent"))))
    founder.saves()
    partner.opens(f"/{language}/referrals/{referral.uuid}/", status=404)
