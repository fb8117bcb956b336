"""A month asked for as word and year: few people know the day on which they will start."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.bilingual import side_by_side
from gruendungswerkstatt.common.dates import MONTHS
from gruendungswerkstatt.common.text import western_digits

YEARS_BACK, YEARS_AHEAD = 5, 20


def _months() -> list[tuple[str, str]]:
    return [("", "–"), *((str(number), side_by_side(name)) for number, name in enumerate(MONTHS, start=1))]


class MonthWidget(forms.MultiWidget):
    """Month (as a word) and year. The names of the parts are the codes of errors that concern one part only."""

    part_names = ("month", "year")
    part_labels = (_("Month"), _("Year"))
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None):
        month = forms.Select(choices=_months)
        year = forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "maxlength": 4, "class": "kern-form-input__input--width-4"}
        )
        super().__init__({"month": month, "year": year}, attrs)

    def decompress(self, value: str | None) -> list[str]:
        if not value:
            return ["", ""]
        year, _dash, month = value.partition("-")
        return [str(int(month)), year]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        typed = super().value_from_datadict(data, files, name)
        return [western_digits(part).strip() if isinstance(part, str) else "" for part in typed]


class MonthField(forms.Field):
    """A month of the near past or future; any digits. Gives "2027-03", "" where nothing was entered."""

    widget = MonthWidget
    default_error_messages = {
        "month": _("Please choose the month."),
        "year": _("Please enter the year with four digits, for example %(example)s."),
        "far": _("Please enter a year from %(first)s to %(last)s."),
    }

    def to_python(self, value: Any) -> str:
        month, year = [*(value or ()), "", ""][:2]
        if not month and not year:
            return ""
        now = clock.today().year
        errors = []
        if month not in {str(number) for number in range(1, 13)}:
            errors.append(ValidationError(self.error_messages["month"], code="month"))
        first, last = now - YEARS_BACK, now + YEARS_AHEAD
        if not (len(year) == 4 and year.isdecimal()):
            errors.append(ValidationError(self.error_messages["year"], code="year", params={"example": now + 1}))
        elif not first <= int(year) <= last:
            params = {"first": first, "last": last}
            errors.append(ValidationError(self.error_messages["far"], code="year", params=params))
        if errors:
            raise ValidationError(errors)
        return f"{year}-{int(month):02d}"
