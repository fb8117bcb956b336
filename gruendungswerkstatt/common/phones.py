"""Telephone numbers: read in any writing, kept as E.164, shown as people dial them."""

import re
import unicodedata

import phonenumbers

from .text import clean, western_digits

REGION = "DE"
_LONG_RUN = re.compile(r"\d{8,}")
_FOUR_FROM_THE_END = re.compile(r"(?<=\d)(?=(?:\d{4})+$)")


def parse(value: str) -> str | None:
    """`value` in E.164 ("+4915112345678"), None if it cannot be a telephone number.

    Any digits, spaces, dashes, brackets, "00" or "+"; without a country code the number is German. German numbers must
    be in use (a forgotten area code is found), of foreign ones only the length is checked: their plans change unseen.
    """
    # Marks of direction and other signs that nobody sees come along when a number is pasted.
    typed = "".join(sign for sign in western_digits(clean(value)) if unicodedata.category(sign) != "Cf").strip()
    if any(sign.isalpha() for sign in typed):
        return None  # the library would read letters as keys of a telephone
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        return None
    check = phonenumbers.is_valid_number if _is_german(number) else phonenumbers.is_possible_number
    if number.extension or not check(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(value: str) -> str:
    """An E.164 number as read aloud: German ones with a leading 0, others with their country code.

    Eight digits and more in a row lose everybody who reads them; they stand in fours, counted from the end.
    """
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return value
    formats = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(number, formats.NATIONAL if _is_german(number) else formats.INTERNATIONAL)
    return _LONG_RUN.sub(lambda run: _FOUR_FROM_THE_END.sub(" ", run[0]), written)


def _is_german(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code == phonenumbers.country_code_for_region(REGION)
