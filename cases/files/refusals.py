"""Codes of the case file that say why something cannot be done, in words for who wanted it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FundingProblem(TextChoices):
    """Why funding cannot be as it was typed."""

    NO_NAME = "no_name", _("Please say what it is.")
    NOT_YET = "not_yet", _("This day has not come yet.")
    NO_DAY = "no_day", _("Please enter the day of the decision.")
    NO_DECISION = "no_decision", _("Please choose how it was decided, or leave the day of the decision empty.")
    DECIDED_BEFORE_ASKED = "decided_before_asked", _("The decision cannot be earlier than the request.")
    NO_START = "no_start", _("Granted: please enter the first day.")
    NOT_GRANTED = (
        "not_granted",
        _("Only what was granted has a first and a last day. Please choose “granted”, or leave this empty."),
    )
    ENDS_BEFORE_START = "ends_before_start", _("The last day cannot be before the first day.")


class CaseRefusal(TextChoices):
    """Why a change of a case is refused; shown to the advisor and compared in tests."""

    NO_SUCH_MOVE = "no_such_move", _("This step does not lead there. Please choose one of the offered steps.")
    NOT_OPEN = "not_open", _("The case is not open. Please open it again first.")
    REASON_MISSING = "reason_missing", _("Please give a reason for this step.")
    OUTCOME_MISSING = "outcome_missing", _("Please say how the case ended.")
    NOT_OF_THE_OFFICE = "not_of_the_office", _("This person does not work on cases of your office.")
    NOT_YET = "not_yet", _("This time has not come yet.")
    SUBMISSION_CLOSED = "submission_closed", _("The enquiry was closed and cannot become a case.")
    FOLLOW_UP_OVER = "follow_up_over", _("This follow-up does not wait any more.")
    NEED_MISSING = "need_missing", _("Something is missing before this step.")
    NOT_A_TEAM_LEAD = "not_a_team_lead", _("Only a team lead can do this although something is missing.")
    NOTHING_TO_UNDO = "nothing_to_undo", _("This cannot be undone any more: the case was changed since.")
    NOT_YOURS_TO_UNDO = "not_yours_to_undo", _("Only who made this change or a team lead can undo it.")


class MergeRefusal(TextChoices):
    """Why two cases are not put together, or not separated again."""

    SAME_CASE = "same_case", _("This is the same case. Please type the number of the other one.")
    ENDED = "ended", _("One of the two cases has ended. Please open it again first.")
    ALREADY_MERGED = "already_merged", _("One of the two cases was put together with another case in the meantime.")
    ERASURE_ASKED = (
        "erasure_asked",
        _("Deletion was asked for in one of the two cases. Please decide about that first."),
    )
    TOO_LATE = "too_late", _("The time to separate the cases again is over.")
    UNDONE = "undone", _("The cases were separated again already.")
    MERGED_SINCE = (
        "merged_since",
        _("The remaining case was put together with a third one since. Please separate those two first."),
    )


class AskBackRefusal(TextChoices):
    """Why a question is not asked, answered or taken back."""

    ENDED = "ended", _("The case or the enquiry has ended, so nothing can be asked.")
    GONE = "gone", _("This question is no longer open.")
    TOO_MANY = "too_many", _("Five questions are waiting already. Please take one back first.")


class TranslationRefusal(TextChoices):
    """Why a translation of somebody's own words is not stored."""

    GONE = "gone", _("The words that you translated are not there any more. Nothing was saved.")
    CHANGED = (
        "changed",
        _("The words were changed in the meantime. Please compare your translation with them, then save again."),
    )


class SuggestionFailure(TextChoices):
    """Why the office's translation server suggests nothing."""

    OFF = "off", _("Your office has no translation server.")
    NO_ANSWER = "no_answer", _("The translation server does not answer. Please try again later, or translate yourself.")
    NOT_POSSIBLE = "not_possible", _("The translation server cannot translate these words. Please translate yourself.")


class LabelRefusal(TextChoices):
    """Why a label is not made, renamed or put on a case."""

    NAME_TAKEN = "name_taken", _("There is a label with this name already.")
    TOO_MANY = "too_many", _("There are 40 labels already. Please delete one that nobody needs.")
    GONE = "gone", _("This label was deleted in the meantime.")


class TemplateRefusal(TextChoices):
    """Why a template of steps is not made or changed."""

    TOO_MANY = "too_many", _("There are 100 templates already. Please delete one that nobody needs.")
    GONE = "gone", _("This template was deleted in the meantime.")


class BlockRefusal(TextChoices):
    """Why a text block is not made or changed."""

    NAME_TAKEN = "name_taken", _("There is a text block with this name already.")
    TOO_MANY = "too_many", _("There are 100 text blocks already. Please delete one that nobody needs.")
    GONE = "gone", _("This text block was deleted in the meantime.")


class ErasureRefusal(TextChoices):
    """Why nothing is erased or asked for."""

    HAS_CASE = "has_case", _("There is a case file. The office decides about its deletion.")
    DECIDED = "decided", _("This request was decided already.")
