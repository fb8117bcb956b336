"""Options that several questions share."""

from django.utils.translation import gettext_lazy as _

from .model import Option

YES_NO = (Option("yes", _("Yes")), Option("no", _("No")))
YES_NO_UNSURE = (*YES_NO, Option("unsure", _("I am not sure")))
