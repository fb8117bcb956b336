"""Codes of consents and referrals."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsentField(TextChoices):
    """What may be passed on; a partner sees exactly the fields the consent names."""

    NAME = "name", _("your name")
    CONTACT = "contact", _("how to reach you")
    LANGUAGE = "language", _("your language")
    QUESTION = "question", _("your question")
    SECTOR = "sector", _("your sector and trade")
    EXPERIENCE = "experience", _("your years of experience")
    QUALIFICATION = "qualification", _("your qualification")


# As staff read a field; ConsentField's own labels speak to the founder ("your name").
FIELD_TITLES = {
    ConsentField.NAME: _("Name to address"),
    ConsentField.CONTACT: _("Way to reach the person"),
    ConsentField.LANGUAGE: _("Languages"),
    ConsentField.QUESTION: _("Question"),
    ConsentField.SECTOR: _("Sector and trade"),
    ConsentField.EXPERIENCE: _("Years of experience"),
    ConsentField.QUALIFICATION: _("Highest qualification"),
}


class ConsentPurpose(TextChoices):
    ADVICE = "advice", _("Advice by the partner")


class ConsentWay(TextChoices):
    """How the founder said yes, or took it back."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")
    PORTAL = "portal", _("By the founder, in this portal")


# Ways in which somebody of the office hears it.
TOLD_WAYS = (ConsentWay.IN_PERSON, ConsentWay.PHONE, ConsentWay.WRITTEN)


class ReferralState(TextChoices):
    """What the partner sets; the rest (seen, withdrawn, overdue) is derived."""

    SENT = "sent", pgettext_lazy("referral", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    DONE = "done", pgettext_lazy("referral", "Done")


class DeclineReason(TextChoices):
    NO_CAPACITY = "no_capacity", _("No capacity at the moment")
    NOT_RESPONSIBLE = "not_responsible", _("Not responsible")
    NOT_REACHABLE = "not_reachable", _("Could not reach the person")
    OTHER = "other", _("Another reason")


class ReferralStatus(TextChoices):
    """Where a referral stands, derived from what the partner set, from being opened and from the consent."""

    SENT = "sent", pgettext_lazy("referral", "Sent")
    SEEN = "seen", pgettext_lazy("referral", "Seen")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    DONE = "done", pgettext_lazy("referral", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Consent withdrawn")


class ReferralRefusal(TextChoices):
    """Why nothing is passed on; shown to the advisor and compared in tests."""

    UNDER_AGE = (
        "under_age",
        _("This person is under 18. Nothing is passed on to partners: please call yourself and stay at their side."),
    )
    AGE_UNKNOWN = (
        "age_unknown",
        _("It is not known whether this person is 18 or older. Please ask first and record the answer in the case."),
    )
    CASE_NOT_OPEN = "case_not_open", _("The case is closed or was handed over. Please open it again first.")
    OFFER_GONE = "offer_gone", _("This offer is no longer in the directory. Please choose another one.")
    OWN_OFFICE = "own_office", _("This is an offer of your own office. It needs no referral.")
    NO_NOTICE = "no_notice", _("Your office has no approved privacy notice yet. Without it nobody can agree.")
    NO_FIELDS = "no_fields", _("Please choose what may be passed on.")
    NO_CONSENT = "no_consent", _("There is no valid consent for this partner. Please ask the founder again.")
    NO_PIN = "no_pin", _("The founder has no PIN yet and cannot answer alone. Please ask in the talk.")
    ALREADY_AGREED = "already_agreed", _("The founder has agreed to this before.")
    ALREADY_SENT = "already_sent", _("This question is already with the partner.")


class AnswerRefusal(TextChoices):
    """Why a partner's answer is refused."""

    NO_SUCH_STEP = (
        "no_such_step",
        _("This answer is not possible any more. The referral was answered before."),
    )
    REASON_MISSING = "reason_missing", _("Please choose a reason.")
    RESULT_MISSING = "result_missing", _("Please write in one or two sentences what came of it.")
