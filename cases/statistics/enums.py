"""Codes of the figures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Table(TextChoices):
    """The fixed tables; there are no others, and none can be asked for."""

    # Closed one month after the year
    FORM = "form", _("What became of forms that were begun")
    FORM_SHORT = "form_short", _("Where people left the form on its first pages")
    FORM_LONG = "form_long", _("Where people left the form later")
    FORM_LANGUAGE = "form_language", _("Forms begun, by language of the page")
    FORM_BY_LANGUAGE = "form_by_language", _("What became of them, by language of the page")
    CASES_PHASE = "cases_phase", _("Cases opened, by the phase reached")
    CASES_SECTOR = "cases_sector", _("Cases opened, by sector")
    CASES_TOWN = "cases_town", _("Cases opened, by municipality")
    CASES_LANGUAGE = "cases_language", _("Cases opened, by language")
    WAITING = "waiting", _("Waiting time until the first talk")
    WAITING_LONG = "waiting_long", _("Those who waited longer than two weeks")
    WAITING_BY_LANGUAGE = "waiting_by_language", _("Waiting time, by language")
    REFERRED = "referred", _("Cases with a referral")
    REFERRED_LANGUAGE = "referred_language", _("Cases with a referral, by language")
    REFERRED_BY_LANGUAGE = "referred_by_language", _("Declined referrals, by language")
    # Closed one year later, when twelve months have passed for everybody
    OUTCOME = "outcome", _("Twelve months after the case was opened")
    OUTCOME_FOUNDED = "outcome_founded", _("How they founded")
    OUTCOME_OTHER = "outcome_other", _("Those who had not founded")
    OUTCOME_BY_SECTOR = "outcome_by_sector", _("Founded within twelve months, by sector")
    OUTCOME_BY_TOWN = "outcome_by_town", _("Founded within twelve months, by municipality")
    OUTCOME_BY_LANGUAGE = "outcome_by_language", _("Founded within twelve months, by language")


class FormEnd(TextChoices):
    """What became of a form that was begun."""

    SENT = "sent", pgettext_lazy("form", "Sent")
    LEFT_SHORT = "left_short", _("Left on the first pages")
    LEFT_LONG = "left_long", _("Left later")


class Wait(TextChoices):
    """From the enquiry, or from opening the case of somebody who came without, to the first talk that took place."""

    SOON = "soon", _("Up to two weeks")
    MONTH = "month", _("Up to four weeks")
    LONG = "long", _("Longer than four weeks")
    NONE = "none", _("No talk yet")


class WaitKind(TextChoices):
    SOON = "soon", _("Up to two weeks")
    LATER = "later", _("Longer, or no talk yet")


class Answered(TextChoices):
    """Whether a partner has declined one of the case's referrals."""

    DECLINED = "declined", _("Declined by a partner")
    NOT_DECLINED = "not_declined", _("Not declined")


class Result(TextChoices):
    """Twelve months after the case was opened."""

    FOUNDED = "founded", _("Founded")
    NOT_FOUNDED = "not_founded", _("Not founded, or not known any more")


class Founding(TextChoices):
    FULL_TIME = "full_time", _("Founded, full-time")
    SIDE = "side", _("Founded, side business")
    ADVISED = "advised", _("Founded, still advised")


class NotFounding(TextChoices):
    GOING_ON = "going_on", _("Still on the way")
    OTHER_WAY = "other_way", _("Other work or training")
    ENDED = "ended", _("Ended, or not known any more")
