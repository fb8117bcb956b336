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


class ConsentPurpose(TextChoices):
    ADVICE = "advice", _("Advice by the partner")


class ConsentWay(TextChoices):
    """How the founder said yes."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    WRITTEN = "written", _("In writing")


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
