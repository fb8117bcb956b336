"""Words that others will read in a mail or on a page: nobody sends links or markup through them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_NOT_PLAIN = ("http", "//", "<", ">")


def no_links(value: str) -> None:
    """Validator: ValidationError if `value` has an address of the web or markup in it."""
    if any(sign in value.casefold() for sign in _NOT_PLAIN):
        raise ValidationError(_("Please write this without links and without the signs < and >."), code="not_plain")
