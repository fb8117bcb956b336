"""Form fields and the crispy helper that all rooms use."""

from .dates import DateThreeFieldsField, DateThreeFieldsWidget, MomentField, MomentWidget
from .fields import DigitsCharField, FreeTextField, LineField, MailField, NameField, PhoneField, TextField
from .helper import KernHelper
from .staying import FORM_ID, StaysMixin, is_staying

__all__ = [
    "FORM_ID",
    "DateThreeFieldsField",
    "DateThreeFieldsWidget",
    "DigitsCharField",
    "FreeTextField",
    "KernHelper",
    "LineField",
    "MailField",
    "MomentField",
    "MomentWidget",
    "NameField",
    "PhoneField",
    "StaysMixin",
    "TextField",
    "is_staying",
]
