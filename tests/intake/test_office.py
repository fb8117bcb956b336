"""The office's side of a submission: inbox, summary in the reader's language, accepted, closed, erased."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from gruendungswerkstatt.common.abstract import StaleVersion
from intake import presenters, selectors, services
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from tests.factories.intake import PERSONAS, SubmissionFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture
def town(office):
    return office.municipalities.get(code="kamen")


class TestInbox:
    def test_waiting_submissions_oldest_first(self, office, town):
        newer = SubmissionFactory(municipality=town, sent_at=NOON)
        older = SubmissionFactory(municipality=town, sent_at=NOON - timedelta(hours=1))
        SubmissionFactory(municipality=town, draft=True)
        SubmissionFactory(municipality=town, state=SubmissionState.ACCEPTED)
        assert list(selectors.inbox(office)) == [older, newer]

    def test_other_office_gets_nothing(self, office, town):
        sent = SubmissionFactory(municipality=town)
        stranger = OrganisationFactory(office=True)
        assert list(selectors.inbox(stranger)) == []
        assert selectors.submission_for_office(stranger, sent.uuid) is None
        assert selectors.submission_for_office(office, sent.uuid) == sent

    def test_nobody_reads_a_draft(self, office, town):
        draft = SubmissionFactory(municipality=town, draft=True)
        assert selectors.submission_for_office(office, draft.uuid) is None


class TestSummary:
    def rows(self, submission, language):
        with override(language):
            sections = presenters.summary_sections(submission)
        return {row.key: row for section in sections for row in section.rows}

    def test_an_arabic_intake_reads_in_german(self, town):
        rows = self.rows(SubmissionFactory.build(persona=7, municipality=town), "de")
        assert rows["municipality"].values == ["Kamen"]
        assert rows["sector"].values == ["Essen und Trinken"]
        assert rows["languages"].values == ["Arabisch", "Deutsch"]
        assert rows["topics"].values == ["Businessplan schreiben", "Erlaubnisse und Genehmigungen"]
        assert rows["phone"].values == ["0171 3920007"]
        assert rows["phone"].is_ltr

    def test_own_words_stay_as_written_with_their_language(self, town):
        rows = self.rows(SubmissionFactory.build(persona=7, municipality=town), "de")
        assert rows["idea"].values == [PERSONAS[7]["answers"]["idea"]]
        assert rows["idea"].is_own_words
        assert rows["idea"].language == "ar"
        assert not rows["sector"].is_own_words

    def test_the_same_submission_in_arabic(self, town):
        rows = self.rows(SubmissionFactory.build(persona=8, municipality=town), "ar")
        assert rows["trade"].values == ["حلاقة وتصفيف شعر"]
        assert rows["idea"].language == "de"

    def test_only_answered_questions_are_listed(self, town):
        submission = SubmissionFactory.build(municipality=town)
        with override("de"):
            sections = presenters.summary_sections(submission)
        assert [section.group for section in sections] == ["place", "person", "contact", "languages", "idea"]

    def test_an_answer_that_no_longer_applies_is_not_listed(self, town):
        submission = SubmissionFactory.build(municipality=town)
        submission.answers |= {"sector": "food", "trade": "baecker"}
        assert "trade" not in self.rows(submission, "de")

    @pytest.mark.parametrize("number", PERSONAS)
    def test_every_persona_reads_in_every_language(self, town, number):
        submission = SubmissionFactory.build(persona=number, municipality=town)
        for language in ("de", "ar", "en"):
            rows = self.rows(submission, language)
            assert set(rows) == set(submission.answers)
            assert all(row.label and all(row.values) for row in rows.values())


class TestAnswering:
    def test_accepting_keeps_it_as_long_as_the_case(self, town):
        sent = SubmissionFactory(municipality=town)
        services.mark_accepted(sent)
        services.mark_accepted(sent)
        row = Submission.objects.get(pk=sent.pk)
        assert row.state == SubmissionState.ACCEPTED
        assert row.delete_after_on is None
        assert row.version == 2

    def test_closing_needs_a_reason_and_the_version_that_was_read(self, town):
        sent = SubmissionFactory(municipality=town)
        with pytest.raises(StaleVersion):
            services.close(sent, ClosingReason.DUPLICATE, version=sent.version + 1)
        services.close(sent, ClosingReason.DUPLICATE, version=sent.version)
        row = Submission.objects.get(pk=sent.pk)
        assert (row.state, row.closing_reason) == (SubmissionState.CLOSED, ClosingReason.DUPLICATE)
        assert row.closed_at

    def test_closing_twice_for_the_same_reason_is_as_good_as_once(self, town):
        sent = SubmissionFactory(municipality=town)
        services.close(sent, ClosingReason.WITHDRAWN, version=1)
        services.close(sent, ClosingReason.WITHDRAWN, version=1)
        assert Submission.objects.get().version == 2

    def test_what_became_a_case_cannot_be_closed_by_somebody_who_did_not_see_it(self, town):
        sent = SubmissionFactory(municipality=town)
        services.mark_accepted(Submission.objects.get(pk=sent.pk))
        with pytest.raises(StaleVersion):
            services.close(sent, ClosingReason.DUPLICATE, version=1)
