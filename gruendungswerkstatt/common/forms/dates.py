"""Days asked for in three fields: a calendar needs many taps for a year of birth and hides the month's name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.clock import at, local
from gruendungswerkstatt.common.dates import MONTHS, day_short
from gruendungswerkstatt.common.text import western_digits

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


def _month_choices() -> list[tuple[str, Any]]:
    return [("", "–"), *((str(number), name) for number, name in enumerate(MONTHS, start=1))]


class DateThreeFieldsWidget(forms.MultiWidget):
    """Day, month (as a word) and year. The names of the parts are the codes of errors that concern one part only."""

    part_names = ("day", "month", "year")
    part_labels = (_("Day"), _("Month"), _("Year"))
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(self.part_widgets(), attrs)

    def part_widgets(self) -> dict[str, forms.Widget]:
        return {
            "day": forms.TextInput({**_NUMERIC, "maxlength": 2, "class": "kern-form-input__input--width-2"}),
            "month": forms.Select(choices=_month_choices),
            "year": forms.TextInput({**_NUMERIC, "maxlength": 4, "class": "kern-form-input__input--width-4"}),
        }

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        typed = super().value_from_datadict(data, files, name)
        return [western_digits(part).strip() if isinstance(part, str) else "" for part in typed]


class DateThreeFieldsField(forms.Field):
    """A day out of three fields; any digits. `earliest` and `latest` (dates) limit what is possible."""

    widget = DateThreeFieldsWidget
    default_error_messages = {
        "required": _("Please enter day, month and year."),
        "day": _("Please enter the day as a number from 1 to 31."),
        "month": _("Please choose the month."),
        "year": _("Please enter the year with four digits."),
        "date": _("This day is not in the calendar. Please check day and month."),
        "earliest": _("The day must not be before %(limit)s."),
        "latest": _("The day must not be after %(limit)s."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The day; None where nothing was entered. Raises ValidationError with one error per wrong part."""
        if value is None or isinstance(value, date):
            return value
        parts = [*value, "", "", ""][:3]
        if not any(parts):
            return None
        day, month, year = _number(parts[0], 1, 31), _number(parts[1], 1, 12), _number(parts[2], 1000, 9999)
        wrong = [name for name, number in zip(("day", "month", "year"), (day, month, year), strict=True) if not number]
        if wrong:
            raise ValidationError([ValidationError(self.error_messages[name], code=name) for name in wrong])
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["date"], code="day") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        for code, limit, is_beyond in (
            ("earliest", self.earliest, bool(value and self.earliest and value < self.earliest)),
            ("latest", self.latest, bool(value and self.latest and value > self.latest)),
        ):
            if is_beyond:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": day_short(limit)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial) if not isinstance(initial, Sequence) else list(initial)
        return not self.disabled and [part or "" for part in before] != [part or "" for part in data or before]


class MomentWidget(DateThreeFieldsWidget):
    """Day, month, year and the time on the office's clock."""

    part_names = ("day", "month", "year", "time")
    part_labels = (_("Day"), _("Month"), _("Year"), _("Time"))

    def part_widgets(self) -> dict[str, forms.Widget]:
        time = forms.TextInput({"autocomplete": "off", "class": "kern-form-input__input--width-4"})
        time.input_type = "time"
        return {**super().part_widgets(), "time": time}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        *day, typed = super().value_from_datadict(data, files, name)
        hour, minute = _clock(typed)
        # A browser's own time field shows nothing but "09:15", so "9.15" must not come back as it was typed.
        return [*day, typed if hour is None else f"{hour:02}:{minute:02}"]

    def decompress(self, value: datetime | None) -> list[str]:
        if not value:
            return ["", "", "", ""]
        moment = local(value)
        return [*super().decompress(moment.date()), moment.strftime("%H:%M")]


class MomentField(DateThreeFieldsField):
    """A moment: three-field day and a time in `Europe/Berlin`; gives an aware datetime."""

    widget = MomentWidget
    default_error_messages = {
        "required": _("Please enter day, month, year and time."),
        "time": _("Please enter the time like 14:30."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        *day_parts, typed = [*value, "", "", "", ""][:4]
        if not any(day_parts) and not typed:
            return None
        errors: list[ValidationError] = []
        day = None
        try:
            day = super().to_python(day_parts if any(day_parts) else ["?", "", ""])
        except ValidationError as error:
            errors += error.error_list
        hour, minute = _clock(typed)
        if hour is None:
            errors.append(ValidationError(self.error_messages["time"], code="time"))
        if errors or day is None:
            raise ValidationError(errors)
        return at(day, hour, minute)

    def validate(self, value: datetime | None) -> None:
        super(DateThreeFieldsField, self).validate(value)
        if value is not None:
            super().validate(local(value).date())


def _number(typed: str, lowest: int, highest: int) -> int | None:
    """The whole number in `typed` if it lies between the limits."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(highest))):
        return None
    return int(typed) if lowest <= int(typed) <= highest else None


def _clock(typed: str) -> tuple[int | None, int]:
    """Hour and minute of "14:30", "14.30", "14:30:00" or "9"; (None, 0) for anything else."""
    hour, _colon, rest = typed.replace(".", ":").partition(":")
    minute = rest.partition(":")[0] or "0"
    numbers = (_digits(hour), _digits(minute))
    if None in numbers or numbers[0] > 23 or numbers[1] > 59:
        return None, 0
    return numbers


def _digits(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else None
