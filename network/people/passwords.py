"""Which passwords are refused, in our words: Django's Arabic catalogue lacks some of its own, and the reader would get
German instead. The rules are Django's (length, common ones, likeness to the person, digits only)."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        text = ngettext(
            "This password is too short. It needs at least %(n)s character.",
            "This password is too short. It needs at least %(n)s characters.",
            self.min_length,
        )
        return text % {"n": self.min_length}

    get_help_text = get_error_message


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password. Please choose another one.")

    get_help_text = get_error_message


class UnlikeThePerson(password_validation.UserAttributeSimilarityValidator):
    """Compares with what a `User` has: name and e-mail address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        return _("This password is too similar to your name or your e-mail address.")

    get_help_text = get_error_message


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password has only digits. Please use letters too.")

    get_help_text = get_error_message
