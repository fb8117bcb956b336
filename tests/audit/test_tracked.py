"""Every table of ours has a history, or a reason not to; this list is the only one (docs/adr/0008-history.md)."""

import pytest
from django.apps import apps

from gruendungswerkstatt.common import history
from tests.test_architecture import LEVEL

UNTRACKED = {
    "audit.ErasureRun": "a proof: written by a run, never changed by anybody",
    "audit.FormToken": "of the portal's own use: says which form was carried out",
    "audit.ViewLog": "a history itself: only added, says who looked",
    "cases_desk.SavedView": "of a member's own use: filters and a sort, nothing about people",
    "cases_files.AddedEnquiry": "only added; a line of the timeline says who and when",
    "cases_files.MatchKey": "derived from the founder's names and ways to be reached",
    "cases_files.NameKey": "derived from the founder's names",
    "cases_files.NoteDraft": "half typed, not said yet and seen by its writer alone: the note has a history",
    "cases_files.StatusChange": "a history itself: only added, with author and reason",
    "cases_files.TimelineEntry": "a history itself: only added, one line for each event",
    "cases_referrals.ConsentRequest": "a question: goes with its answer, so that a no is written down nowhere",
    "cases_referrals.Handover": "only added; a line of the timeline or the enquiry's end says that it happened",
    "cases_referrals.ReferralStatusChange": "a history itself: only added, with author and words",
    "cases_statistics.Snapshot": "figures without a person: written once, and the database refuses to change them",
    "content.Feedback": "a visitor's words and contact: nobody changes them, they go after their time",
    "content.PageVersion": "a history itself: the database refuses to change it",
    "intake.StepCount": "counts without a person, written by the database itself and never changed by anybody",
    "documents.Document": "written once, when it is received; that it was deleted is a line of the timeline",
    "documents.DocumentRequest": "each move is a line of the case's timeline, with author and reason",
    "cases_files.Merge": "written once and undone once, with both authors; what it moved has its history",
    "messaging.Heartbeat": "written by the worker every minute",
    "messaging.Message": "a ledger of its own: every row says what became of it, its words go after 90 days",
    "network_people.AccountMail": "a queue: rows go as soon as they are sent",
    "network_people.GrantedMembership": "written once by a sign-in; the membership has its history",
    "network_people.Identity": "written once by a sign-in, never changed; the person has a history",
    "network_people.MembershipChange": "a history itself: only added, with its author",
    "network_people.User_groups": "never used: what somebody may do follows from memberships",
    "network_people.User_user_permissions": "never used: what somebody may do follows from memberships",
}
# Automatic tables between two models are tracked through a class of their own (network.directory.models.OfferTopic).
TRACKED_TABLES = {event.pgh_tracked_model._meta.db_table for event in history.event_models()}
OURS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in LEVEL and not issubclass(model, history.Event)
}


@pytest.mark.parametrize("label", sorted(OURS))
def test_a_table_has_a_history_or_a_reason_not_to(label):
    has_history = OURS[label]._meta.db_table in TRACKED_TABLES
    assert has_history is not (label in UNTRACKED), "track it (common.history), or say here why not"


def test_nothing_is_excepted_that_does_not_exist():
    assert set(UNTRACKED) <= set(OURS)


def test_what_is_only_added_cannot_be_changed_by_a_form():
    """A reason of the list holds: rows that are a history themselves have no version to be changed from."""
    for label, reason in UNTRACKED.items():
        if reason.startswith("a history itself"):
            assert "version" not in {field.name for field in OURS[label]._meta.get_fields()}
