"""Codes of the case file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(TextChoices):
    """The phases of the IQ "4+1" model."""

    ACCESS = "access", pgettext_lazy("phase", "Access")
    ORIENTATION = "orientation", pgettext_lazy("phase", "Orientation")
    PLANNING = "planning", pgettext_lazy("phase", "Planning")
    START = "start", pgettext_lazy("phase", "Start")
    CONSOLIDATION = "consolidation", pgettext_lazy("phase", "Consolidation")


class CaseState(TextChoices):
    OPEN = "open", pgettext_lazy("case state", "Open")
    RESTING = "resting", pgettext_lazy("case state", "Resting")
    HANDED_OVER = "handed_over", pgettext_lazy("case state", "Handed over")
    CLOSED = "closed", pgettext_lazy("case state", "Closed")
    MERGED = "merged", pgettext_lazy("case state", "Put together with another case")


class Outcome(TextChoices):
    """How a closed case ended."""

    FOUNDED_FULL_TIME = "founded_full_time", _("Founded, full-time")
    FOUNDED_SIDE = "founded_side", _("Founded, side business")
    OTHER_WORK = "other_work", _("Other work")
    TRAINING = "training", _("Training")
    MOVED_AWAY = "moved_away", _("Moved away")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_VIABLE = "not_viable", _("Not viable")
    NOT_REACHABLE = "not_reachable", _("Not reachable")


class DatePrecision(TextChoices):
    """How much of a date of birth is known (rule 9)."""

    DAY = "day", _("Exact day")
    MONTH = "month", _("Month and year")
    YEAR = "year", _("Year only")
    ASSUMED = "assumed", _("Assumed")


class ContactWay(TextChoices):
    """How a founder wants to be reached; the codes of the intake's question."""

    PHONE = "phone", _("Phone call")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    IN_PERSON = "in_person", _("In person")
    HELPER = "helper", _("Through a helper")


class ReminderStyle(TextChoices):
    """How much a reminder may say (rule 12)."""

    NEUTRAL = "neutral", _("Neutral: day, time and phone number only")
    WITH_PLACE = "with_place", _("With place")


class ChangeKind(TextChoices):
    PHASE = "phase", _("Phase")
    STATE = "state", _("State")
    ADVISOR = "advisor", _("Advisor")


class TimelineKind(TextChoices):
    """What a line of the case's timeline tells; each room writes its own through `services.record`."""

    CASE_OPENED = "case_opened", _("Case opened")
    NOTE = "note", _("Note")
    PHASE_CHANGED = "phase_changed", _("Phase changed")
    STATE_CHANGED = "state_changed", _("State changed")
    ADVISOR_CHANGED = "advisor_changed", _("Advisor changed")
    CHANGE_UNDONE = "change_undone", _("Change undone")
    APPOINTMENT_PLANNED = "appointment_planned", _("Appointment planned")
    APPOINTMENT_MOVED = "appointment_moved", _("Appointment moved")
    APPOINTMENT_CANCELLED = "appointment_cancelled", _("Appointment cancelled")
    APPOINTMENT_HANDED_ON = "appointment_handed_on", _("Appointment: other advisor")
    APPOINTMENT_ENDED = "appointment_ended", _("Appointment: outcome recorded")
    CONSENT_GIVEN = "consent_given", _("Consent recorded")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")
    REFERRED = "referred", _("Referral sent")
    REFERRAL_ANSWERED = "referral_answered", _("Referral answered")
    STEP_ADDED = "step_added", _("Step agreed")
    STEP_DONE = "step_done", _("Step done")
    APPLICATION_RECORDED = "application_recorded", _("Application recorded")
    DEADLINE_SET = "deadline_set", _("Deadline set")
    DEADLINE_CHANGED = "deadline_changed", _("Deadline changed")
    DEADLINE_DONE = "deadline_done", _("Deadline done")
    DEADLINE_REOPENED = "deadline_reopened", _("Deadline opened again")
    CALL_REACHED = "call_reached", _("Called and reached")
    CALL_MISSED = "call_missed", _("Called, not reached")
    REFERRAL_REMINDED = "referral_reminded", _("Partner asked for an answer")
    ERASURE_REQUESTED = "erasure_requested", _("Deletion asked for")
    ERASURE_DECLINED = "erasure_declined", _("Deletion declined")
    ENQUIRY_ADDED = "enquiry_added", _("Another enquiry added")
    ENQUIRY_CONFIRMED = "enquiry_confirmed", _("Founder confirmed the answers")
    CODE_RENEWED = "code_renewed", _("Founder got a new code")
    PIN_SET = "pin_set", _("Founder got a new PIN")
    DOCUMENT_ASKED = "document_asked", _("Document asked for")
    DOCUMENT_WITHDRAWN = "document_withdrawn", _("Document not needed any more")
    DOCUMENT_RECEIVED = "document_received", _("Document received")
    DOCUMENT_ACCEPTED = "document_accepted", _("Document in order")
    DOCUMENT_SENT_BACK = "document_sent_back", _("Document sent back")
    DOCUMENT_DELETED = "document_deleted", _("File seen and deleted")
    DOCUMENT_INFECTED = "document_infected", _("File with a virus deleted")
    CASES_MERGED = "cases_merged", _("Cases put together")
    MERGE_UNDONE = "merge_undone", _("Cases separated again")
    ASKED_BACK = "asked_back", _("Question to the founder")
    ASK_BACK_ANSWERED = "ask_back_answered", _("Founder answered a question")
    ASK_BACK_WITHDRAWN = "ask_back_withdrawn", _("Question taken back")
    SHORT_MESSAGE = "short_message", _("Short message to the founder")
    PLACE_SHOWN = "place_shown", _("Right place shown")
    FOLLOW_UPS_PLANNED = "follow_ups_planned", _("Follow-ups planned")
    FOLLOW_UP_RECORDED = "follow_up_recorded", _("Follow-up recorded")
    FOLLOW_UP_MISSED = "follow_up_missed", _("Follow-up: not reached")
    FUNDING_RECORDED = "funding_recorded", _("Funding recorded")
    FUNDING_CHANGED = "funding_changed", _("Funding changed")
    WORDS_TRANSLATED = "words_translated", _("Own words translated")


class TimelinePart(TextChoices):
    """What the timeline can be narrowed down to; which kinds of lines that are, stands in `rules.TIMELINE_PARTS`."""

    NOTES = "notes", pgettext_lazy("lines of the history", "Notes")
    CONTACTS = "contacts", pgettext_lazy("lines of the history", "Contacts")
    STEPS = "steps", pgettext_lazy("lines of the history", "Steps and deadlines")
    APPOINTMENTS = "appointments", pgettext_lazy("lines of the history", "Appointments")
    DOCUMENTS = "documents", pgettext_lazy("lines of the history", "Documents")
    REFERRALS = "referrals", pgettext_lazy("lines of the history", "Referrals and consents")
    MESSAGES = "messages", pgettext_lazy("lines of the history", "Questions and answers")
    MOVES = "moves", pgettext_lazy("lines of the history", "Course of the case")


class DeadlineKind(TextChoices):
    """What an office watches; what the day means that is typed for it, stands in `rules.DEADLINE_DAYS`."""

    START_MONEY = "start_money", _("Request for Einstiegsgeld before the start")
    VIABILITY = "viability", _("Viability check after one year")
    RESIDENCE = "residence", _("End of the residence permit")
    EKS = "eks", _("Anlage EKS with the final figures")
    GRANT_END = "grant_end", _("End of Einstiegsgeld (§ 16b SGB II)")
    COOPERATION_PLAN = "cooperation_plan", _("Kooperationsplan: six months are over")
    OTHER = "other", pgettext_lazy("deadline", "Something else")


class DeadlineSource(TextChoices):
    RULE = "rule", pgettext_lazy("deadline", "Follows from the case")
    HAND = "hand", pgettext_lazy("deadline", "Entered by hand")


class FundingKind(TextChoices):
    """What money or help for the start is asked for. Information only: nobody is entitled to any of it by a record."""

    START_BENEFIT = "start_benefit", _("Einstiegsgeld (§ 16b SGB II)")
    GOODS_LOAN = "goods_loan", _("Loan for goods (§ 16c SGB II)")
    GOODS_GRANT = "goods_grant", _("Grant for goods (§ 16c SGB II)")
    START_GRANT = "start_grant", _("Gründungszuschuss (§ 93 SGB III)")
    COACHING = "coaching", _("Coaching with a voucher (AVGS, § 45 SGB III)")
    MICROLOAN = "microloan", _("Microloan")
    OTHER = "other", pgettext_lazy("funding", "Something else")


class FundingDecision(TextChoices):
    GRANTED = "granted", pgettext_lazy("funding", "Granted")
    REFUSED = "refused", pgettext_lazy("funding", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("funding", "Withdrawn by the founder")


class Need(TextChoices):
    """What is missing before a move of phase or state; says what to do."""

    FIRST_TALK = "first_talk", _("No talk is recorded yet: an appointment that took place, a call or a note.")
    VIABILITY = "viability", _("The viability certificate was not seen yet.")
    APPLICATION = (
        "application",
        _("It is not recorded whether the founder asks for money. Einstiegsgeld has to be asked for before the start."),
    )
    OF_AGE = "of_age", _("It is not recorded that the founder is 18 or older.")
    STARTING_PAPER = "starting_paper", _("Neither trade registration nor tax number was seen yet.")
    OF_AGE_TO_HAND_OVER = (
        "of_age_to_hand_over",
        _("Nothing is passed on about somebody who is under 18 or whose age is not recorded. Please call."),
    )
    STARTED = (
        "started",
        _("A founded business belongs to the phase Start or Consolidation. Please change the phase first."),
    )


class Proof(TextChoices):
    """Papers that a phase is left with. That somebody saw one is recorded, no copy is needed."""

    VIABILITY = "viability", _("Viability certificate")
    TRADE_NOTICE = "trade_notice", _("Trade registration")
    TAX_NUMBER = "tax_number", _("Tax number")


class FollowUpState(TextChoices):
    """What became of asking a founder some months after the start."""

    OPEN = "open", pgettext_lazy("follow-up", "Open")
    DONE = "done", pgettext_lazy("follow-up", "Recorded")
    NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "Not reached")
    NOT_NEEDED = "not_needed", pgettext_lazy("follow-up", "Not needed any more")


class FollowUpAnswer(TextChoices):
    """The answer to "Are you still in business?"."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_REACHED = "not_reached", _("Not reached")


class Work(TextChoices):
    """How much of somebody's work the business is."""

    FULL = "full", _("Main job")
    SIDE = "side", _("Side job")


class AskBackState(TextChoices):
    """Where a question to the founder stands."""

    ASKED = "asked", pgettext_lazy("question to the founder", "Waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("question to the founder", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("question to the founder", "Taken back")


class AskBackBlock(TextChoices):
    """Text blocks: what is often asked back, said in every language of the portal."""

    REACH = "reach", _("When and how can we reach you best?")
    IDEA = "idea", _("Please tell us more about your idea: what would you like to offer, and to whom?")
    START = "start", _("When would you like to start?")
    PLACE = "place", _("Where would you like to work: in a shop, at home, on the road or online?")
    EXPERIENCE = "experience", _("What have you worked in so far, and for how long?")


class InterpreterNeed(TextChoices):
    """What the founder said about an interpreter, as the worklist filters by it."""

    YES = "yes", _("Interpreter needed")
    NO = "no", _("No interpreter")
    UNKNOWN = "unknown", pgettext_lazy("interpreter", "Not said")


class ContactAge(TextChoices):
    """How long ago the last contact was, as the worklist filters by it."""

    WEEK = "week", _("In the last 7 days")
    MONTH = "month", _("More than 30 days ago")
    QUARTER = "quarter", _("More than 90 days ago")
    HALF_YEAR = "half_year", _("More than half a year ago")


class DueDay(TextChoices):
    """A day of a case that comes near or has passed, as the worklist filters by it."""

    STEP_OVERDUE = "step_overdue", _("Agreed step overdue")
    STEP_SOON = "step_soon", _("Agreed step due within 7 days")
    START_SOON = "start_soon", _("Planned start within 30 days")
    START_PASSED = "start_passed", _("Planned start has passed")
    START_WITHOUT_APPLICATION = "start_without_application", _("Start planned, no application recorded")


class StepActor(TextChoices):
    """Who does a step of the plan."""

    FOUNDER = "founder", pgettext_lazy("who does a step", "The founder")
    ADVISOR = "advisor", pgettext_lazy("who does a step", "The advisor")


class BlockPlace(TextChoices):
    """Where a text block is offered."""

    BOTH = "both", pgettext_lazy("text block", "In notes and in questions to founders")
    NOTE = "note", pgettext_lazy("text block", "In notes only")
    QUESTION = "question", pgettext_lazy("text block", "In questions to founders only")


class BulkKind(TextChoices):
    """What is done to many cases at once."""

    ASSIGN = "assign", _("Assign")
    PUT_LABEL = "put_label", _("Put label on")
    TAKE_LABEL = "take_label", _("Take label off")
    CLOSE = "close", _("Close")


class BulkResult(TextChoices):
    """What became of one of many cases, or what would."""

    DONE = "done", pgettext_lazy("many cases", "Changed")
    UNCHANGED = "unchanged", _("Nothing to change")
    ENDED = "ended", _("Left: the case has ended already")
    STALE = "stale", _("Left: somebody else changed the case in the meantime")
    GONE = "gone", _("Left: the case is not there any more")
    ADVISOR_LEFT = "advisor_left", _("Left: this person does not work on cases of your office any more")
    NEED_MISSING = "need_missing", _("Left: something is missing; the page of the case says what")
    LABEL_GONE = "label_gone", _("Left: the label was deleted in the meantime")


class ShortMessage(TextChoices):
    """Texts of the house that staff may send; each is a kind of message with a text in every language."""

    PLEASE_CALL = "please_call", _("Please call us")
    PLEASE_LOOK = "please_look", _("Please look at your page")


class MessageResult(TextChoices):
    """What became of a short message to one of many founders, or what would."""

    PLANNED = "planned", pgettext_lazy("many messages", "Is sent")
    ALREADY = "already", _("Not sent: this person got the same message today")
    NOT_WANTED = "not_wanted", _("Not sent: this person wants no messages. Please call or write a letter.")
    NO_ADDRESS = "no_address", _("Not sent: there is neither a telephone for SMS nor an e-mail address")
    ENDED = "ended", _("Not sent: the case has ended already")
    STALE = "stale", _("Not sent: somebody else changed the case in the meantime")
    GONE = "gone", _("Not sent: the case is not there any more")


class ErasureRequestState(TextChoices):
    """A request that was granted is gone together with the case."""

    OPEN = "open", _("Waiting for the office")
    DECLINED = "declined", _("Declined")


class ErasureDecline(TextChoices):
    """Why data is kept although somebody asked for its deletion (Art. 17 (3), Art. 12 (6) GDPR); told to the person."""

    LEGAL_DUTY = "legal_duty", _("The law says that the office has to keep the data for now.")
    CLAIMS = "claims", _("The data is needed for a legal claim that is still open.")
    NOT_PROVEN = "not_proven", _("We do not know for sure yet that the request comes from the person.")


class ErasureReason(TextChoices):
    """Why an office erases before the time is over (Art. 17 (1) GDPR). Codes only: words could name the person."""

    REQUESTED = "requested", _("The person asked for it")
    NOT_NEEDED = "not_needed", _("The data is not needed any more")
    NOT_RESPONSIBLE = "not_responsible", _("Another office is responsible")
    BY_MISTAKE = "by_mistake", _("The case was opened by mistake, or twice")


class MatchReason(TextChoices):
    """Why two records may be about one person (matching.py); none of them is enough alone."""

    NAME_SAME = "name_same", _("The name sounds the same")
    NAME_ALIKE = "name_alike", _("The name sounds alike in another spelling")
    NAME_PART = "name_part", _("One name is a part of the other")
    NAME_ONE = "name_one", _("One word of the name is the same")
    EMAIL = "email", _("Same e-mail address")
    PHONE = "phone", _("Same phone number")
    PHONE_SHARED = "phone_shared", _("Same phone number, which others use too")
    TOWN = "town", _("Same municipality")
    LANGUAGE = "language", _("A language in common")
    BORN_DAY = "born_day", _("Same date of birth")
    BORN_SWAPPED = "born_swapped", _("Same date of birth with day and month swapped")
    BORN_MONTH = "born_month", _("Same month and year of birth")
