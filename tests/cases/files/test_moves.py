"""What has to be true before a move, who may go over it, and taking the last change back."""

from datetime import date, timedelta

import pytest

from cases.files import bulk, services, standing
from cases.files.bulk import Change
from cases.files.enums import BulkKind, BulkResult, CaseState, Need, Outcome, Phase, Proof
from cases.files.models import Case, StatusChange, TimelineEntry
from cases.files.refusals import CaseRefusal
from cases.files.rules import GUARDS, PHASES, Facts, guards_of_phase, guards_of_state, missing
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.documents.enums import DocumentKind, RequestState
from tests.factories.documents import DocumentRequestFactory
from tests.factories.files import CaseFactory, FounderFactory, TimelineEntryFactory
from tests.factories.people import MembershipFactory

from .conftest import NOON

NOTHING = Facts(phase=Phase.ACCESS, has_talk=False, has_application=None, is_adult=None, proofs=frozenset())


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, team_lead=True)


def needs(guards):
    return [guard.need for guard in guards]


# --- The table ---


def test_the_way_forward_asks_for_what_the_phases_in_between_are_left_with():
    assert guards_of_phase("access", "orientation") == []
    assert needs(guards_of_phase("orientation", "planning")) == [Need.FIRST_TALK]
    assert needs(guards_of_phase("planning", "start")) == [Need.VIABILITY, Need.APPLICATION, Need.OF_AGE]
    assert needs(guards_of_phase("start", "consolidation")) == [Need.STARTING_PAPER]
    everything = needs(guard for guard in GUARDS if guard.entering)
    assert needs(guards_of_phase("access", "consolidation")) == everything
    assert needs(missing(guards_of_phase("access", "consolidation"), NOTHING)) == everything


@pytest.mark.parametrize("source", PHASES)
def test_nothing_is_asked_for_going_back(source):
    for target in PHASES[: PHASES.index(source)]:
        assert guards_of_phase(source, target) == []


def test_only_a_founded_business_needs_a_start_to_be_closed():
    for outcome in Outcome:
        is_founded = outcome in (Outcome.FOUNDED_FULL_TIME, Outcome.FOUNDED_SIDE)
        assert needs(guards_of_state("closed", outcome)) == ([Need.STARTED] if is_founded else [])


# --- Carried out ---

db = pytest.mark.django_db
frozen = pytest.mark.usefixtures("noon")


def fresh(case):
    case.refresh_from_db()
    return case


def refused(move):
    with pytest.raises(services.CaseRefused) as error:
        move()
    return error.value


@db
@frozen
def test_planning_begins_after_a_talk(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office), phase=Phase.ORIENTATION)
    no = refused(lambda: services.move_phase(case, advisor, Phase.PLANNING, version=1))
    assert (no.reason, no.needs, no.is_final) == (CaseRefusal.NEED_MISSING, (Need.FIRST_TALK,), False)
    assert fresh(case).phase == "orientation"
    TimelineEntryFactory(case=case, kind="appointment_ended", params={"outcome": "no_show"}, text="")
    refused(lambda: services.move_phase(case, advisor, Phase.PLANNING, version=1))
    TimelineEntryFactory(case=case, kind="appointment_ended", params={"outcome": "took_place"}, text="")
    assert services.move_phase(case, advisor, Phase.PLANNING, version=1).phase == "planning"


@db
@frozen
def test_a_paper_that_was_seen_or_accepted_is_enough(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office), phase=Phase.START)
    refused(lambda: services.move_phase(case, advisor, Phase.CONSOLIDATION, version=1))
    other = refused(lambda: services.move_phase(case, advisor, "consolidation", seen=[Proof.VIABILITY], version=1))
    assert other.needs == (Need.STARTING_PAPER,)
    services.move_phase(case, advisor, Phase.CONSOLIDATION, seen=[Proof.TAX_NUMBER], version=1)
    change = StatusChange.objects.get()
    assert (change.seen, change.overridden) == (["tax_number"], [])
    line = TimelineEntry.objects.get(case=case)
    assert line.params == {"before": "start", "after": "consolidation", "seen": ["tax_number"]}
    # Once seen it is known.
    services.move_phase(case, advisor, Phase.START, reason="Zu früh", version=2)
    services.move_phase(case, advisor, Phase.CONSOLIDATION, version=3)
    another = CaseFactory(founder=FounderFactory(office=office), phase=Phase.START)
    DocumentRequestFactory(
        case=another, kind=DocumentKind.TRADE_NOTICE, state=RequestState.ACCEPTED, received_at=clock.now()
    )
    services.move_phase(another, advisor, Phase.CONSOLIDATION, version=1)


@db
@frozen
def test_a_team_lead_goes_over_it_with_a_reason_that_stays(case, advisor, lead):
    def skip(by, reason):
        return services.move_phase(case, by, Phase.PLANNING, reason=reason, is_override=True, version=1)

    assert refused(lambda: skip(advisor, "Eilt")).reason == CaseRefusal.NOT_A_TEAM_LEAD
    assert refused(lambda: skip(lead, " ")).reason == CaseRefusal.REASON_MISSING
    skip(lead, "Gespräch war bei der WFG")
    change = StatusChange.objects.get()
    assert (change.overridden, change.reason, change.author) == (["first_talk"], "Gespräch war bei der WFG", lead)
    assert TimelineEntry.objects.get(case=case).params["overridden"] == ["first_talk"]


@db
@frozen
def test_nobody_hands_over_a_young_person(office, lead):
    case = CaseFactory(founder=FounderFactory(office=office, is_adult=False))
    no = refused(
        lambda: services.change_state(case, lead, CaseState.HANDED_OVER, reason="Umzug", is_override=True, version=1)
    )
    assert (no.needs, no.is_final) == ((Need.OF_AGE_TO_HAND_OVER,), True)


@db
@frozen
def test_many_cases_say_which_are_too_early(office, advisor):
    early = CaseFactory(founder=FounderFactory(office=office))
    ready = CaseFactory(founder=FounderFactory(office=office), phase=Phase.START)
    change = Change(BulkKind.CLOSE, outcome=Outcome.FOUNDED_SIDE)
    results = {early.uuid: BulkResult.NEED_MISSING, ready.uuid: BulkResult.DONE}
    assert bulk.expected([early, ready], change) == results
    assert bulk.carry_out(office, advisor, change, {early.uuid: 1, ready.uuid: 1}) == results
    assert (fresh(early).state, fresh(ready).state) == ("open", "closed")


# --- Undo ---


@db
@frozen
def test_the_last_change_is_taken_back_and_both_lines_stay(case, advisor):
    services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    services.undo_change(case, advisor, version=2)
    assert (fresh(case).phase, case.version) == ("access", 3)
    assert list(TimelineEntry.objects.filter(case=case).order_by("id").values_list("kind", "params")) == [
        ("phase_changed", {"before": "access", "after": "orientation"}),
        ("change_undone", {"about": "phase", "before": "orientation", "after": "access"}),
    ]
    assert refused(lambda: services.undo_change(case, advisor, version=3)).reason == CaseRefusal.NOTHING_TO_UNDO
    with pytest.raises(StaleVersion):
        services.undo_change(case, advisor, version=2)


@db
@frozen
def test_a_closing_and_an_opening_are_taken_back_whole(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office))
    services.change_state(case, advisor, CaseState.CLOSED, outcome=Outcome.TRAINING, version=1)
    services.undo_change(case, advisor, version=2)
    assert (fresh(case).state, case.outcome, case.closed_at, case.delete_after_on) == ("open", "", None, None)
    services.change_state(case, advisor, CaseState.CLOSED, outcome=Outcome.TRAINING, version=3)
    with clock.frozen(NOON + timedelta(days=30)):
        services.change_state(case, advisor, CaseState.OPEN, reason="Falscher Fall", version=4)
        services.undo_change(case, advisor, version=5)
    assert (fresh(case).state, case.outcome, case.closed_at) == ("closed", "training", NOON)
    assert case.delete_after_on == date(2029, 11, 23)


@db
@frozen
def test_what_came_after_stands_in_the_way(case, advisor, lead):
    services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    services.add_note(case, advisor, "Eine Notiz ändert nichts daran.")
    assert standing.refusal_to_undo(standing.of(case).last, fresh(case).version, advisor) is None
    services.record_application(case, advisor, False, version=2)
    assert refused(lambda: services.undo_change(case, advisor, version=3)).reason == CaseRefusal.NOTHING_TO_UNDO
    assert fresh(case).phase == "orientation"


@db
@frozen
def test_a_colleague_leaves_it_a_team_lead_may(case, advisor, lead):
    services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    colleague = MembershipFactory(organisation=case.office)
    assert refused(lambda: services.undo_change(case, colleague, version=2)).reason == CaseRefusal.NOT_YOURS_TO_UNDO
    services.undo_change(case, lead, version=2)
    assert fresh(case).phase == "access"


@db
@frozen
def test_where_a_case_stands_is_one_query(case, advisor, django_assert_num_queries):
    services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    case = Case.objects.select_related("founder").get(pk=case.pk)
    with django_assert_num_queries(1):
        where = standing.of(case)
    assert (where.facts.has_talk, where.last.after) == (False, "orientation")
