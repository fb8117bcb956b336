"""Forms of the intake; those of the questions are made from `questions`."""

from .closing import ClosingForm
from .confirming import ConfirmForm, NumberForm
from .entry import CallbackForm, CallbackTownForm, CodeForm, LostCodeForm, NoticeForm, ResumeForm
from .group import FirstPageForm, GroupForm
from .pin import NewPinMixin, pin_field, wait_text
from .traps import TRAPS

__all__ = [
    "TRAPS",
    "CallbackForm",
    "CallbackTownForm",
    "ClosingForm",
    "CodeForm",
    "ConfirmForm",
    "FirstPageForm",
    "GroupForm",
    "LostCodeForm",
    "NewPinMixin",
    "NoticeForm",
    "NumberForm",
    "ResumeForm",
    "pin_field",
    "wait_text",
]
