"""The crispy template pack: every widget, its names, its hints and its errors, in both directions."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from gruendungswerkstatt.common.forms import DateThreeFieldsField, KernHelper
from tests.common import gallery
from tests.common.markup import read

pytestmark = pytest.mark.usefixtures("gallery_urls")

FORMS = {
    "empty": gallery.empty_form,
    "wrong": gallery.wrong_form,
    "valid": gallery.valid_form,
    "layout": gallery.LayoutForm,
    "wrong layout": lambda: gallery.LayoutForm({}),
}
EVERY_PAGE = pytest.mark.parametrize("language", ["ar", "de"])
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@EVERY_PAGE
@EVERY_FORM
def test_ids_are_unique_and_everything_that_is_pointed_to_exists(drawn, language, form):
    page = drawn(language, "base_founder.html", FORMS[form]())
    ids = [e.attrs["id"] for e in page.elements if "id" in e.attrs]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    described = [i for e in page.elements for i in (e.attrs.get("aria-describedby") or "").split()]
    labelled = [e.attrs["for"] for e in page.all("label")]
    linked = [e.attrs["href"][1:] for e in page.all("a") if e.attrs.get("href", "").startswith("#")]
    assert len(labelled) > 10
    assert set(described + labelled + linked) <= set(ids)


@EVERY_FORM
def test_every_control_has_a_name_that_is_read_out(drawn, form):
    page = drawn("de", "base_founder.html", FORMS[form]())
    labels = {e.attrs["for"]: e.text.strip() for e in page.all("label")}
    for control in page.elements:
        if control.tag in ("input", "select", "textarea") and control.attrs.get("type") != "hidden":
            assert labels[control.attrs["id"]], control
        elif control.tag == "button":
            assert control.text.strip(), control
        elif control.tag == "fieldset" and not control.has_class("kern-sr-only"):
            legends = [e for e in page.all("legend") if e.parents[-1] is control]
            assert len(legends) == 1, control
            assert legends[0].text.strip(), control


@EVERY_PAGE
def test_every_wrong_field_is_marked_and_linked_from_the_summary(drawn, language):
    form = gallery.wrong_form()
    page = drawn(language, "base_founder.html", form)
    summary = page.by_class("kern-error-summary")
    assert len(summary) == 1
    assert (summary[0].attrs["role"], summary[0].attrs["tabindex"]) == ("alert", "-1")
    assert "autofocus" in summary[0].attrs
    links = {e.attrs["href"][1:] for e in page.all("a") if summary[0] in e.parents}
    assert len(form.errors) > 15
    for name in form.errors:
        field = form[name]
        wrapper = page.by_id(f"div_{field.auto_id}")
        error = page.by_id(f"{field.auto_id}_error")
        assert wrapper in error.parents
        assert any(c.endswith("--error") for c in wrapper.attrs["class"].split()), name
        inside = {e.attrs["id"] for e in page.elements if wrapper in e.parents and "id" in e.attrs}
        targets = links & inside
        assert len(targets) == 1, f"{name}: {targets}"
        target = page.by_id(targets.pop())
        assert target.tag in ("input", "select", "textarea"), name
        describing = [target, wrapper]
        assert any(error.attrs["id"] in (e.attrs.get("aria-describedby") or "") for e in describing), name


def test_a_right_field_shows_no_error(drawn):
    page = drawn("de", "base_founder.html", gallery.valid_form())
    assert gallery.valid_form().is_valid()
    assert not page.by_class("kern-error-summary")
    assert not page.by_class("kern-error")
    assert not page.all(aria_invalid="true")


def test_what_was_typed_is_still_there(drawn):
    page = drawn("ar", "base_founder.html", gallery.valid_form())
    typed = {e.attrs.get("name"): e.attrs.get("value") for e in page.all("input") if e.attrs.get("type") == "text"}
    assert typed["text"] == "Café"
    assert typed["born_day"] == "23"
    assert page.by_id("id_words").text.strip() == "مشروع صغير"
    assert page.by_id("id_begins_3").attrs["value"] == "09:15"
    chosen = {e.attrs.get("value", "on") for e in page.elements if "checked" in e.attrs or "selected" in e.attrs}
    assert {"desk", "grant", "permit", "on", "ar", "unna", "3", "12"} <= chosen
    assert "loan" not in chosen
    assert "value" not in page.by_id("id_password").attrs


@pytest.mark.parametrize("name", ["phone", "email", "url", "amount", "day", "time", "code"])
def test_numbers_and_addresses_are_written_left_to_right(drawn, name):
    assert drawn("ar", "base_founder.html", gallery.empty_form()).by_id(f"id_{name}").attrs["dir"] == "ltr"


@pytest.mark.parametrize("name", ["words", "name"])
def test_own_words_choose_their_direction(drawn, name):
    assert drawn("ar", "base_founder.html", gallery.empty_form()).by_id(f"id_{name}").attrs["dir"] == "auto"


def test_optional_fields_say_so_and_required_ones_do_not(drawn):
    form = gallery.empty_form()
    page = drawn("de", "base_founder.html", form)
    for field in form.visible_fields():
        wrapper = page.by_id(f"div_{field.auto_id}")
        marked = any(wrapper in e.parents for e in page.by_class("kern-label__optional"))
        assert marked == (not field.field.required), field.name


def test_optional_marks_can_be_left_out():
    class Search(forms.Form):
        q = forms.CharField(required=False)
        helper = KernHelper()

    Search.helper.hide_optional = True
    assert "kern-label__optional" not in render_crispy_form(Search())


def test_a_limit_is_announced_and_nothing_is_cut_off(drawn):
    area = drawn("de", "base_founder.html", gallery.empty_form()).by_id("id_words")
    assert "maxlength" not in area.attrs
    assert "id_words_limit" in area.attrs["aria-describedby"].split()


def test_radio_buttons_are_a_radiogroup_with_hints(drawn):
    page = drawn("de", "base_founder.html", gallery.wrong_form())
    group = page.by_id("div_id_radio")
    assert (group.tag, group.attrs["role"]) == ("fieldset", "radiogroup")
    assert (group.attrs["aria-required"], group.attrs["aria-invalid"]) == ("true", "true")
    assert group.attrs["aria-describedby"] == "id_radio_helptext id_radio_error"
    assert page.by_id("id_radio_2").attrs["aria-describedby"] == "id_radio_2_hint"
    assert "aria-invalid" not in page.by_id("id_radio_0").attrs  # not a property of radio buttons


def test_groups_of_choices_are_fieldsets_of_their_own(drawn):
    page = drawn("de", "base_founder.html", gallery.empty_form())
    outer = page.by_id("div_id_checks")
    inner = [e for e in page.all("fieldset") if outer in e.parents]
    assert [next(x.text for x in page.all("legend") if x.parents[-1] is e) for e in inner] == ["Geld", "Recht"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("x", "3", "1990"), [0]),
        (("1", "", "1990"), [1]),
        (("1", "3", "90"), [2]),
        (("", "", "1990"), [0, 1]),
        (("31", "2", "1990"), [0]),
        (("", "", ""), [0, 1, 2]),
    ],
)
def test_the_wrong_part_of_a_date_is_marked_and_linked(typed, wrong):
    class Born(forms.Form):
        on = DateThreeFieldsField(label="Tag")
        helper = KernHelper()

    form = Born(dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))
    page = read(render_crispy_form(form))
    marked = [i for i in range(3) if page.by_id(f"id_on_{i}").attrs.get("aria-invalid") == "true"]
    assert marked == wrong
    linked = [e.attrs["href"] for e in page.all("a")]
    assert linked[0] == f"#id_on_{wrong[0]}"


def test_errors_of_the_whole_form_stand_in_the_summary():
    class Two(forms.Form):
        first = forms.CharField()
        token = forms.CharField(widget=forms.HiddenInput)
        helper = KernHelper()

        def clean(self):
            raise ValidationError("Beides zusammen geht nicht.")

    page = read(render_crispy_form(Two({"first": "x"})))
    summary = page.by_class("kern-error-summary")[0]
    assert "Beides zusammen geht nicht." in summary.text
    assert not page.by_class("kern-error__list")
    assert len(page.by_class("kern-list")) == 1
    assert len([e for e in page.all("li") if summary in e.parents]) == 2  # the hidden field's error is said as well


def test_a_file_that_is_there_can_be_taken_away(drawn):
    page = drawn("de", "base_founder.html", gallery.empty_form())
    assert "cv.pdf" in page.by_id("div_id_clearable").text
    assert page.by_id("clearable-clear_id").attrs["type"] == "checkbox"
    assert not page.all("input", name="upload-clear")


def test_buttons_are_kerns(drawn):
    page = drawn("de", "base_founder.html", gallery.LayoutForm())
    assert page.by_id("submit-id-save").attrs["class"] == "kern-btn kern-btn--primary"
    assert page.by_id("reset-id-reset").attrs["class"] == "kern-btn kern-btn--secondary"
    assert page.by_id("button-id-cancel").attrs["class"] == "kern-btn kern-btn--tertiary"
    assert not [e for e in page.elements if e.has_class("btn") or e.has_class("btn-primary")]


def test_the_whole_form_comes_with_one_tag():
    page = read(render_crispy_form(gallery.empty_form()))
    form = page.all("form")
    assert len(form) == 1
    assert (form[0].attrs["method"], form[0].attrs["enctype"]) == ("post", "multipart/form-data")
    assert "novalidate" in form[0].attrs


def test_a_helper_without_tag_leaves_form_and_token_to_the_page():
    form = gallery.empty_form()
    form.helper = KernHelper(tag=False)
    html = render_crispy_form(form, context={"csrf_token": "secret"})
    assert "<form" not in html
    assert "secret" not in html


def test_sets_of_forms():
    formset = gallery.LineFormSet({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title": ""})
    formset.helper = KernHelper()
    page = read(render_crispy_form(formset, helper=formset.helper))
    assert page.by_id("id_form-TOTAL_FORMS").attrs["value"] == "2"
    assert page.by_id("id_form-0-title")
    assert page.by_id("id_form-1-title")


@pytest.mark.parametrize("language", ["ar", "de", "en"])
def test_messages_of_django_are_in_plain_words(language):
    with override(language):
        (message,) = gallery.wrong_form().errors["email"]
    assert message == {
        "ar": "يُرجى ملء هذا الحقل.",
        "de": "Bitte füllen Sie dieses Feld aus.",
        "en": "Please fill in this field.",
    }[language]  # fmt: skip


def test_labels_and_choices_are_escaped():
    class Wild(forms.Form):
        one = forms.ChoiceField(choices=[("<i>", "<b>x</b>")], widget=forms.RadioSelect)
        helper = KernHelper()

    html = render_crispy_form(Wild({"one": '"><script>'}))
    assert "<b>x" not in html
    assert "<script>" not in html
