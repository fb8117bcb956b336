"""Fields for what people really type."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.clock import BERLIN
from gruendungswerkstatt.common.forms import (
    DateThreeFieldsField,
    DateThreeFieldsWidget,
    DigitsCharField,
    FreeTextField,
    MomentField,
    MomentWidget,
    NameField,
    PhoneField,
    TextField,
)

anything = st.text(max_size=12)


def codes(error: ValidationError) -> list[str]:
    return [e.code for e in error.error_list]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0151 23456789", "+4915123456789"),
        ("٠١٥١٢٣٤٥٦٧٨٩", "+4915123456789"),
        ("۰۱۵۱/۲۳۴۵۶۷۸۹", "+4915123456789"),
        ("0049 (0) 151 234 567 89", "+4915123456789"),
        ("+963 944 567 890", "+963944567890"),
        ("02303 2538-5422", "+49230325385422"),
        ("\u202a0151 23456789\u202c", "+4915123456789"),
    ],
)
def test_telephone_numbers_are_read_in_any_writing(typed, number):
    assert PhoneField().clean(typed) == number


@pytest.mark.parametrize("typed", ["12", "keine", "0800-CALLME", "+49", "0151 23456789 ext. 5", "1" * 30, "📞"])
def test_what_is_no_telephone_number_is_told(typed):
    with pytest.raises(ValidationError) as caught:
        PhoneField().clean(typed)
    assert codes(caught.value) == ["invalid"]


def test_a_stored_number_is_shown_as_people_dial_it():
    assert PhoneField().prepare_value("+4915123456789") == "01512 3456789"
    assert PhoneField().prepare_value("+963944567890").startswith("+963 ")
    assert PhoneField().prepare_value("0151 23 45") == "0151 23 45"
    assert phones.readable("nonsense") == "nonsense"


@given(anything)
def test_no_text_breaks_the_telephone_field(typed):
    try:
        number = PhoneField(required=False).clean(typed)
    except ValidationError:
        return
    assert number == "" or phones.parse(number) == number


def test_digits_are_written_western():
    assert DigitsCharField().clean(" ٤٨۲۱-9037 ") == "4821-9037"


def test_names_keep_their_script_and_get_the_right_apostrophe():
    assert NameField().clean("  عبد   الله ") == "عبد الله"
    assert NameField().clean("O\u2018Neill") == "O\u2019Neill"


def test_own_words_are_kept_and_their_length_is_counted_in_characters():
    field = FreeTextField(max_length=10)
    assert field.clean("🥙" * 10) == "🥙" * 10
    with pytest.raises(ValidationError) as caught:
        field.clean("x" * 10_000)
    assert "10.000" in caught.value.messages[0]
    assert "10" in caught.value.messages[0]


def post(name: str, **parts: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({f"{name}_{part}": value for part, value in parts.items()})
    return data


def test_a_day_is_read_from_three_fields():
    typed = DateThreeFieldsWidget().value_from_datadict(post("on", day="٢٩", month="2", year="۲۰۲۴"), {}, "on")
    assert DateThreeFieldsField().clean(typed) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (["29", "2", "2023"], ["day"]),
        (["0", "2", "2023"], ["day"]),
        (["1", "13", "2023"], ["month"]),
        (["1", "", "23"], ["month", "year"]),
        (["", "", ""], ["required"]),
        ([], ["required"]),
        (["٣x", "1", "2023"], ["day"]),
        (["²", "1", "2023"], ["day"]),
    ],
)
def test_each_wrong_part_of_a_day_has_its_error(typed, wrong):
    with pytest.raises(ValidationError) as caught:
        DateThreeFieldsField().clean(typed)
    assert codes(caught.value) == wrong


def test_a_day_can_be_left_out_where_it_is_optional():
    assert DateThreeFieldsField(required=False).clean(["", "", ""]) is None


def test_days_can_be_limited():
    field = DateThreeFieldsField(earliest=date(2026, 1, 1), latest=date(2026, 12, 31))
    assert field.clean(["1", "1", "2026"]) == date(2026, 1, 1)
    for year, code in (("2025", "earliest"), ("2027", "latest")):
        with pytest.raises(ValidationError) as caught:
            field.clean(["1", "1", year])
        assert codes(caught.value) == [code]


@given(st.lists(anything, max_size=5))
def test_no_parts_break_a_day(parts):
    for field in (DateThreeFieldsField(required=False), MomentField(required=False)):
        found = set()
        try:
            field.clean(parts)
        except ValidationError as error:
            found = set(codes(error))
        assert found <= {"day", "month", "year", "time"}


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_comes_back_as_it_was_shown(day):
    field = DateThreeFieldsField()
    assert field.clean(field.widget.decompress(day)) == day
    assert not field.has_changed(day, field.widget.decompress(day))


@pytest.mark.parametrize("typed", ["14:30", "14.30", "١٤:٣٠", "14:30:00"])
def test_a_moment_is_berlins(typed):
    parts = MomentWidget().value_from_datadict(post("at", day="23", month="11", year="2026", time=typed), {}, "at")
    moment = MomentField().clean(parts)
    assert moment == datetime(2026, 11, 23, 14, 30, tzinfo=BERLIN)
    assert MomentField().widget.decompress(moment) == ["23", "11", "2026", "14:30"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (["23", "11", "2026", "25:00"], ["time"]),
        (["23", "11", "2026", ""], ["time"]),
        (["", "", "", "14:30"], ["day", "month", "year"]),
        (["31", "11", "2026", "noon"], ["day", "time"]),
        (["", "", "", ""], ["required"]),
    ],
)
def test_each_wrong_part_of_a_moment_has_its_error(typed, wrong):
    with pytest.raises(ValidationError) as caught:
        MomentField().clean(typed)
    assert codes(caught.value) == wrong


def test_a_moment_obeys_the_limits_of_its_day():
    field = MomentField(earliest=date(2026, 11, 23))
    assert field.clean(["23", "11", "2026", "0:15"]).day == 23
    with pytest.raises(ValidationError) as caught:
        field.clean(["22", "11", "2026", "23:45"])
    assert codes(caught.value) == ["earliest"]


@pytest.mark.parametrize("field_class", [NameField, FreeTextField, TextField])
@pytest.mark.parametrize("typed", ["\u200b", "\u200f\u200e", " \u2060\n", "\u3164"])
def test_invisible_signs_are_no_answer(field_class, typed):
    with pytest.raises(ValidationError) as caught:
        field_class().clean(typed)
    assert codes(caught.value) == ["required"]
    assert field_class(required=False).clean(typed) == ""


@pytest.mark.parametrize("field_class", [NameField, FreeTextField, TextField])
def test_invisible_signs_go_only_at_the_ends(field_class):
    assert field_class().clean("\u200fنیلوفر می\u200cخواهم\u200d ") == "نیلوفر می\u200cخواهم"
