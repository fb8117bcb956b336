"""A team lead asks how a file came to be as it is, and who has seen it, in both directions."""

import re

import pytest
from django.utils import translation

from cases.files.enums import Phase
from tests.browser.test_office_journey import ADVISOR, LEAD, signs_in

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("language", "phone"), [("de", False), ("ar", True)])
def test_a_team_lead_reads_how_a_file_came_to_be_as_it_is(person, case_of, language, phone):
    # Given a case that an advisor has looked at
    case = case_of("bilal", ADVISOR)
    advisor = person(language)
    signs_in(advisor, ADVISOR)
    advisor.opens(f"/{language}/cases/{case.uuid}/")
    # When the team lead opens it and moves the phase
    lead = person(language, phone=phone)
    signs_in(lead, LEAD)
    lead.opens(f"/{language}/cases/{case.uuid}/")
    lead.unfolds("Phase")
    lead.ticks("to", "orientation")
    lead.presses("Change phase")
    # Then the history of the file shows the phase before and after, who it was and where
    lead.follows("History of changes")
    assert lead.path == f"/{language}/history/"
    newest = lead.page.locator("main li article").first
    words = [lead.word("before:"), phase_in(lead, Phase.ACCESS), lead.word("after:"), phase_in(lead, Phase.ORIENTATION)]
    assert re.search(r"\s*".join(map(re.escape, words)), newest.inner_text())
    lead.sees("Petra Lindner")
    lead.sees(f"/{language}/cases/{case.uuid}/phase/")
    # And the answers of the enquiry with their questions, the own words as written
    lead.reads("Food and drink")
    lead.sees("أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €")
    # And who has seen the file, by role and purpose, without a name
    seen = lead.page.get_by_role("region", name=lead.word("Who has seen this file"))
    for word in ("Advisor", "Team lead", "Work on the case"):
        assert lead.word(word) in seen.inner_text()
    # When everything is asked for, page by page
    lead.follows("Show everything")
    lead.follows("Next page")
    lead.follows("Previous page")
    # Then values of people are not there any more
    lead.does_not_see("Food-Truck (Falafel)")


def phase_in(somebody, phase: Phase) -> str:
    with translation.override(somebody.language):
        return str(phase.label)
