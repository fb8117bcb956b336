"""Forms of the intake; those of the questions are made from `questions`."""

from .closing import ClosingForm
from .entry import CallbackForm, CallbackTownForm, CodeForm, NoticeForm
from .group import GroupForm

__all__ = ["CallbackForm", "CallbackTownForm", "ClosingForm", "CodeForm", "GroupForm", "NoticeForm"]
