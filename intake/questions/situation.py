"""Step 4, which says who reads it (rule 4), and what is asked when sending (step 9)."""

from django.utils.translation import gettext_lazy as _

from intake.conditions import when

from .common import YES_NO, YES_NO_UNSURE
from .model import Kind, Option, Question

QUESTIONS = (
    Question(
        "benefits",
        Kind.CHOICES,
        _("Benefits"),
        _("Do you get money from one of these offices?"),
        options=(
            Option("jobcenter", _("From the Jobcenter")),
            Option("agentur", _("From the Agentur für Arbeit")),
            Option("sozialamt", _("From the Sozialamt")),
            Option("none", _("No, from none of them"), is_exclusive=True),
            Option("unsure", _("I am not sure"), is_exclusive=True),
        ),
        help=_("You can choose more than one."),
        why=_("Which help there is for your start depends on this office."),
    ),
    Question(
        "self_employed",
        Kind.CHOICE,
        _("Already self-employed"),
        _("Are you already self-employed?"),
        options=YES_NO,
        why=_("Then we help you with the next steps, for example with the income form (EKS)."),
    ),
    Question(
        "residence",
        Kind.CHOICE,
        _("Text on the residence card"),
        _("What is written on your residence card?"),
        options=(
            Option("any", _("Any work is allowed (“Erwerbstätigkeit gestattet” or “erlaubt”)")),
            Option("employment", _("Work as an employee is allowed (“Beschäftigung erlaubt” or “gestattet”)")),
            Option(
                "not_allowed",
                _("The text “Erwerbstätigkeit nicht gestattet”"),
                hint=_("This decides nothing yet. In the talk we tell you who can help."),
            ),
            Option("waiting", _("I am waiting for my card")),
            Option("unsure", _("I am not sure")),
            Option("in_talk", _("I would rather say it in the talk")),
        ),
        help=_(
            "Please look for the German text. If you have no card, for example with a German passport, leave it out."
        ),
        why=_("If something has to be clarified first, we tell you who can help. We write down only this answer."),
    ),
    Question(
        "wants_money",
        Kind.CHOICE,
        _("Money for the start today"),
        _("Do you want to ask for money for your start today?"),
        options=YES_NO_UNSURE,
        help=_("You can also decide later, but before you start."),
        why=_("If you say yes, we write down the day on which we got it."),
    ),
    Question(
        "wants_sms",
        Kind.CHOICE,
        _("Reminders by SMS"),
        _("Shall we remind you of appointments by SMS?"),
        options=YES_NO,
        asked_when=when("phone"),
        help=_("This is voluntary. You can change it at any time."),
    ),
    Question(
        "wants_email",
        Kind.CHOICE,
        _("Reminders by e-mail"),
        _("Shall we remind you of appointments by e-mail?"),
        options=YES_NO,
        asked_when=when("email"),
        help=_("This is voluntary. You can change it at any time."),
    ),
)
