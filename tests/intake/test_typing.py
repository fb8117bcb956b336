"""What founders type, from any keyboard: names of all scripts, digits of three systems, numbers and months."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from gruendungswerkstatt.common import clock, phones
from gruendungswerkstatt.common.forms import DateThreeFieldsField, DateThreeFieldsWidget, PhoneField
from intake.forms import GroupForm
from intake.forms.fields import form_field
from intake.questions import QUESTIONS, Kind
from intake.steps import GROUPS

SYSTEMS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
# Letters of the scripts people here write their names in; DIN 91379's Latin ones with everything that hangs on them.
DIN_91379 = (
    "AÁÀÂÃÄÅĀĂĄÆBCĆĈĊČÇDĎĐEÉÈÊËĒĔĖĘĚFGĜĞĠĢHĤĦIÍÌÎÏĨĪĬĮİJKĶLĹĻĽŁMNŃŅŇÑOÓÒÔÕÖ"
    "ŌŎŐØŒPQRŔŖŘSŚŜŞŠȘTŢŤȚŦUÚÙÛÜŨŪŬŮŰŲVWŴXYÝŶŸZŹŻŽÞß"
)
SCRIPTS = {
    "Latin": DIN_91379 + DIN_91379.lower(),
    "Latin, taken apart": "S\u0327e\u0302i\u0302u\u0308a\u030ac\u0327g\u0306",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ",
    "Persian": "پچژگکی",
    "Sorani": "ڕڵۆێەڤ",
    "Cyrillic": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэё",
    "Ethiopic": "ሀለሐመሠረሰሸቀበተነአከወዘየደገጠፈ",
}
names = st.sampled_from(sorted(SCRIPTS)).flatmap(
    lambda script: st.text(alphabet=SCRIPTS[script], min_size=1, max_size=40)
)
blanks = st.sampled_from(["", " ", "  ", "\t", "\u00a0"])
anything = st.text(max_size=30)
unhurried = settings(deadline=None)  # other work on the machine is no mistake


def in_digits(text: str, system: str) -> str:
    return text.translate({ord(western): sign for western, sign in zip(SYSTEMS[0], system, strict=True)})


def answered(group: str, answers: dict | None = None, **data) -> GroupForm:
    """The form of a page after somebody typed `data`."""
    posted = MultiValueDict({key: value if isinstance(value, list) else [value] for key, value in data.items()})
    return GroupForm(GROUPS[group], answers or {}, posted)


class TestNames:
    @unhurried
    @given(parts=st.lists(names, min_size=1, max_size=4), before=blanks, after=blanks)
    def test_names_of_every_script_pass_and_lose_no_letter(self, parts, before, after):
        typed = before + " ".join(parts) + after
        form = answered("person", name=typed, contact_way="phone")
        letters = "".join(unicodedata.normalize("NFC", " ".join(parts)).split())
        if len(unicodedata.normalize("NFC", typed.strip())) > 200:
            return
        assert form.is_valid(), form.errors
        stored = form.answers["name"]
        assert stored.replace(" ", "") == letters
        assert stored == unicodedata.normalize("NFC", stored)

    @unhurried
    @given(name=names)
    def test_one_name_is_enough_and_gets_no_filler(self, name):
        form = answered("person", name=name, contact_way="phone")
        assert form.is_valid()
        assert form.answers["name"] == unicodedata.normalize("NFC", name)

    @unhurried
    @given(sign=st.sampled_from("شŞ名ሀґ"), length=st.integers(1, 260))
    def test_two_hundred_characters_pass_and_what_is_longer_is_kept_as_typed(self, sign, length):
        form = answered("person", name=sign * length, contact_way="phone")
        assert form.is_valid() is (length <= 200)
        assert form.half_typed() == ({} if length <= 200 else {"name": sign * length})

    @unhurried
    @given(sign=st.sampled_from("\u02bc\u2018\u201b`\u00b4"))
    def test_apostrophes_that_registers_do_not_know_are_mapped(self, sign):
        form = answered("person", name=f"O{sign}Neill", contact_way="phone")
        assert form.is_valid()
        assert form.answers["name"] == "O’Neill"


class TestNumbers:
    @unhurried
    @given(
        rest=st.text(alphabet="0123456789", min_size=8, max_size=8),
        system=st.sampled_from(SYSTEMS),
        gap=st.sampled_from(["", " ", "-", "/", " - "]),
        prefix=st.sampled_from(["0", "+49", "0049", "+49 (0)", "(0"]),
    )
    def test_a_mobile_number_is_the_same_in_all_digits_and_writings(self, rest, system, gap, prefix):
        closing = ")" if prefix == "(0" else ""
        typed = in_digits(f"{prefix}171{closing}{gap}{rest[:3]}{gap}{rest[3:]}", system)
        form = answered("contact", {"contact_way": "phone"}, phone=typed)
        if phones.parse(f"0171{rest}") is None:  # not every number is in use
            return
        assert form.is_valid(), (typed, form.errors)
        assert form.answers["phone"] == phones.parse(f"0171{rest}")

    @unhurried
    @given(typed=anything)
    def test_what_is_no_number_is_told_and_stays_as_typed(self, typed):
        form = answered("contact", {"contact_way": "phone"}, phone=typed)
        if form.is_valid():
            assert phones.parse(form.answers["phone"]) == form.answers["phone"]
        elif typed:
            assert form["phone"].value() == typed

    def test_numbers_run_left_to_right_on_every_page(self):
        widget = PhoneField().widget
        assert (widget.input_type, widget.attrs["dir"], widget.attrs["inputmode"]) == ("tel", "ltr", "tel")


class TestMonths:
    @unhurried
    @given(month=st.integers(1, 12), years_ahead=st.integers(-5, 20), system=st.sampled_from(SYSTEMS))
    def test_a_month_is_read_in_all_digits(self, month, years_ahead, system):
        year = clock.today().year + years_ahead
        typed = {"planned_start_month": str(month), "planned_start_year": in_digits(str(year), system)}
        form = answered("business", **typed)
        assert form.is_valid(), form.errors
        assert form.answers["planned_start"] == f"{year}-{month:02}"

    @unhurried
    @given(month=anything, year=anything)
    def test_whatever_is_typed_is_a_month_or_told_and_kept(self, month, year):
        form = answered("business", planned_start_month=month, planned_start_year=year)
        if not form.is_valid():
            assert set(form.errors) == {"planned_start"}
            assert form.answers.keys() == {"place", "working_time", "ownership"}

    @pytest.mark.parametrize(("month", "year"), [("", "2027"), ("3", ""), ("00", "2027"), ("2", "00"), ("3", "27")])
    def test_half_a_month_is_half_typed(self, month, year):
        form = answered("business", planned_start_month=month, planned_start_year=year)
        assert not form.is_valid()
        assert form.half_typed() == {"planned_start": [month, year]}


class TestDays:
    """Three fields, as wherever a day is asked for."""

    @staticmethod
    def read(day, month, year):
        data = {"on_day": day, "on_month": month, "on_year": year}
        return DateThreeFieldsField().clean(DateThreeFieldsWidget().value_from_datadict(data, {}, "on"))

    @unhurried
    @given(day=st.dates(min_value=clock.today().replace(year=1900)), system=st.sampled_from(SYSTEMS))
    def test_every_day_is_read_in_all_digits(self, day, system):
        assert self.read(*(in_digits(str(part), system) for part in (day.day, day.month, day.year))) == day

    @unhurried
    @given(year=st.integers(1900, 2100))
    def test_the_29th_of_february_is_there_in_leap_years_only(self, year):
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if is_leap:
            assert self.read("29", "2", str(year)).day == 29
            return
        with pytest.raises(ValidationError) as caught:
            self.read("29", "2", str(year))
        assert [error.code for error in caught.value.error_list] == ["day"]

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            (("", "", "1978"), ["day", "month"]),
            (("00", "00", "1978"), ["day", "month"]),
            (("0", "1", "1990"), ["day"]),
            (("1", "1", "00"), ["year"]),
            (("٣١", "٤", "١٩٩٠"), ["day"]),
        ],
    )
    def test_a_year_alone_and_noughts_are_told_at_their_part_and_no_day_is_invented(self, typed, wrong):
        with pytest.raises(ValidationError) as caught:
            self.read(*typed)
        assert [error.code for error in caught.value.error_list] == wrong


def test_every_question_for_a_number_or_an_address_runs_left_to_right():
    asked = [q for q in QUESTIONS.values() if q.kind in (Kind.PHONE, Kind.EMAIL)]
    assert asked
    assert {form_field(question, required=False).widget.attrs["dir"] for question in asked} == {"ltr"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("info@xn--mller-kva.de", "info@müller.de"),
        ("info@müller.de", "info@müller.de"),
        ("Info@Example.DE", "Info@Example.DE"),
    ],
)
def test_a_mail_address_is_kept_as_it_was_typed_not_as_browsers_encode_it(sent, kept):
    form = answered("contact", email=sent)
    form.is_valid()  # other answers of the page are missing
    assert form.answers["email"] == kept
    assert sanitize_address(kept, "utf-8").rpartition("@")[2].isascii()  # and mail encodes it again


@pytest.mark.parametrize("sent", ["info@xn--", "xn--@xn--.xn--"])
def test_a_domain_that_is_none_is_refused(sent):
    assert set(answered("contact", email=sent).errors) == {"email"}
