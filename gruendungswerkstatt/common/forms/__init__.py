"""Form fields and the crispy helper that all rooms use."""

from .dates import DateThreeFieldsField, DateThreeFieldsWidget, MomentField, MomentWidget
from .fields import DigitsCharField, FreeTextField, LineField, NameField, PhoneField, TextField
from .helper import KernHelper

__all__ = [
    "DateThreeFieldsField",
    "DateThreeFieldsWidget",
    "DigitsCharField",
    "FreeTextField",
    "KernHelper",
    "LineField",
    "MomentField",
    "MomentWidget",
    "NameField",
    "PhoneField",
    "TextField",
]
