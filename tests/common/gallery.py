"""Every widget and component on one page, drawn by the real templates: what the design tests look at."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from crispy_forms.bootstrap import (
    Accordion,
    AccordionGroup,
    Alert,
    AppendedText,
    FieldWithButtons,
    FormActions,
    InlineCheckboxes,
    InlineField,
    InlineRadios,
    PrependedText,
    StrictButton,
    UneditableField,
)
from crispy_forms.layout import (
    HTML,
    Button,
    ButtonHolder,
    Column,
    Div,
    Field,
    Fieldset,
    Hidden,
    Layout,
    MultiField,
    Reset,
    Row,
    Submit,
)
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from gruendungswerkstatt.common.forms import (
    DateThreeFieldsField,
    DigitsCharField,
    FreeTextField,
    KernHelper,
    MomentField,
    NameField,
    PhoneField,
)

WAYS = [("phone", "Telefon"), ("mail", "E-Mail"), ("desk", "Ich komme vorbei")]
TOPICS = [("Geld", [("grant", "Zuschuss"), ("loan", "Darlehen")]), ("Recht", [("permit", "Erlaubnis")])]


class StoredFile:
    """A file that was uploaded earlier, as a form's initial value."""

    url = "/cv.pdf"

    def __str__(self):
        return "cv.pdf"


class GalleryForm(forms.Form):
    """One field for every widget the pack draws."""

    text = forms.CharField(label="Ihr Projekt", help_text="Ein Wort genügt.", max_length=80)
    name = NameField(label="Name", required=False)
    email = forms.EmailField(label="E-Mail")
    phone = PhoneField(label="Telefon")
    code = DigitsCharField(label="Code", max_length=20)
    url = forms.URLField(label="Adresse im Netz", required=False, assume_scheme="https")
    amount = forms.IntegerField(label="Betrag")
    password = forms.CharField(label="Passwort", widget=forms.PasswordInput)
    search = forms.CharField(label="Suche", widget=forms.TextInput(attrs={"type": "search"}))
    words = FreeTextField(label="Ihre Idee", max_length=300, help_text="In jeder Sprache.")
    select = forms.ChoiceField(label="Ort", choices=[("", "–"), ("unna", "Unna")])
    many = forms.MultipleChoiceField(label="Sprachen", choices=[("ar", "Arabisch"), ("de", "Deutsch")])
    maybe = forms.NullBooleanField(label="Vielleicht", required=False)
    radio = forms.ChoiceField(label="Weg", widget=forms.RadioSelect, choices=WAYS, help_text="Einer reicht.")
    checks = forms.MultipleChoiceField(label="Hilfe", widget=forms.CheckboxSelectMultiple, choices=TOPICS)
    agree = forms.BooleanField(label="Ich habe den Hinweis gelesen", help_text="Er steht oben.")
    upload = forms.FileField(label="Lebenslauf", widget=forms.FileInput)
    clearable = forms.FileField(label="Zeugnis", required=False)
    day = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label="Uhrzeit", widget=forms.TimeInput(attrs={"type": "time"}))
    born = DateThreeFieldsField(label="Geburtsdatum", help_text="Wie im Ausweis.", latest=date(2026, 1, 1))
    begins = MomentField(label="Beginn")
    split = forms.SplitDateTimeField(label="Ende")
    year = forms.DateField(label="Stichtag", widget=forms.SelectDateWidget(years=range(2020, 2030)))
    hidden = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["radio"].widget.hints = {"desk": "Montag bis Freitag"}
        self.helper = KernHelper(submit="Speichern")


class LayoutForm(forms.Form):
    """Every layout object of crispy-forms that the pack draws."""

    first = forms.CharField(label="Vorname", required=False)
    last = forms.CharField(label="Nachname")
    street = forms.CharField(label="Straße")
    amount = forms.CharField(label="Betrag")
    share = forms.CharField(label="Anteil")
    find = forms.CharField(label="Suchen")
    inline = forms.CharField(label="Nur zum Vorlesen")
    fixed = forms.CharField(label="Fest", initial="Unna", disabled=True)
    radio = forms.ChoiceField(label="Antwort", widget=forms.RadioSelect, choices=[("y", "Ja"), ("n", "Nein")])
    checks = forms.MultipleChoiceField(label="Tage", widget=forms.CheckboxSelectMultiple, choices=[("1", "Mo")])
    from_on = forms.CharField(label="Von")
    until_on = forms.CharField(label="Bis")
    more = forms.CharField(label="Mehr")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper()
        self.helper.layout = Layout(
            Alert("Hinweis", css_class="alert-warning"),
            Fieldset("Person", Row(Column("first"), Column("last")), css_id="person"),
            Div(Field("street", autocomplete="street-address"), css_class="kern-stack"),
            PrependedText("amount", "€"),
            AppendedText("share", "%"),
            FieldWithButtons("find", StrictButton("Suchen", type="submit")),
            InlineField("inline"),
            UneditableField("fixed"),
            InlineRadios("radio"),
            InlineCheckboxes("checks"),
            MultiField("Zeitraum", "from_on", "until_on"),
            Accordion(AccordionGroup("Mehr Fragen", "more")),
            HTML("<p>Text</p>"),
            Hidden("step", "2"),
            ButtonHolder(Reset("reset", "Leeren")),
            FormActions(Submit("save", "Speichern"), Button("cancel", "Abbrechen", css_class="kern-btn--tertiary")),
        )


class LineForm(forms.Form):
    """One form of a set."""

    title = forms.CharField(label="Titel")
    helper = KernHelper()


LineFormSet = forms.formset_factory(LineForm, extra=2)

VALID = {
    "text": "Café", "name": "Şêrîn", "email": "a@example.org", "phone": "٠١٥١ ٢٣٤٥٦٧٨٩", "code": "۱۲۳", "url": "",
    "amount": "5000", "password": "x", "search": "x", "words": "مشروع صغير", "select": "unna", "many": ["ar"],
    "maybe": "unknown", "radio": "desk", "checks": ["grant", "permit"], "agree": "on", "day": "2026-11-23",
    "time": "14:30", "born_day": "٢٣", "born_month": "3", "born_year": "1990", "begins_day": "1", "begins_month": "12",
    "begins_year": "2026", "begins_time": "9:15", "split_0": "2026-11-23", "split_1": "14:30", "year_day": "1",
    "year_month": "2", "year_year": "2026", "hidden": "x",
}  # fmt: skip


def valid_form() -> GalleryForm:
    """Every field filled in well."""
    return GalleryForm(VALID, {"upload": SimpleUploadedFile("cv.pdf", b"x")})


def empty_form() -> GalleryForm:
    """Every field as it first appears, one of them with a file that is there already."""
    return GalleryForm(initial={"clearable": StoredFile()})


def wrong_form() -> GalleryForm:
    """Every field that can have an error has one."""
    return GalleryForm({"hidden": "x", "words": "x" * 301, "maybe": "unknown", "url": "http://", "name": "x" * 201})


class Message:
    """What django.contrib.messages hands to a template."""

    level_tag = "success"

    def __str__(self):
        return "Gespeichert"


COMPONENTS = """{% extends base %}{% load bidi components i18n crispy_forms_tags %}
{% block back %}{% back_link "/" %}{% endblock %}
{% block content %}
<h1 class="kern-heading-x-large">{{ words.heading }}</h1>
<p class="kern-body gw-lead">{{ words.lead }}</p>
{% progress 2 6 %}
{% alert "info" words.notice %}<p class="kern-body">{{ words.lead }}</p>{% endalert %}
{% alert "warning" words.notice %}<p class="kern-body">{{ words.lead }}</p>{% endalert %}
{% alert "success" words.notice %}{% endalert %}
{% alert "danger" words.notice %}<p class="kern-body">{{ words.lead }}</p>{% endalert %}
<p>{% badge "info" words.badge %} {% badge "success" words.badge %}
{% badge "warning" words.badge %} {% badge "danger" words.badge %}</p>
{% task_list tasks %}
{% summary_list words.heading rows change_url="/x" number=1 %}
{% code_display words.badge "A7C-9KM-34T" words.lead %}
{% empty_state words.notice %}<p>{{ words.lead }}</p>{% endempty_state %}
{% table words.heading True %}
<thead class="kern-table__head"><tr class="kern-table__row">
<th scope="col" class="kern-table__header">{{ words.badge }}</th>
<th scope="col" class="kern-table__header">{{ words.notice }}</th></tr></thead>
<tbody class="kern-table__body"><tr class="kern-table__row"><td class="kern-table__cell">{{ moment|moment_words }}</td>
<td class="kern-table__cell">{{ "+4915123456789"|phone_link }}</td></tr></tbody>{% endtable %}
{% pagination page %}
<div class="gw-actions">
<a class="kern-btn kern-btn--primary" href="/"><span class="kern-label">{{ words.badge }}</span>
<span class="kern-icon kern-icon--arrow-forward" aria-hidden="true"></span></a>
<button class="kern-btn kern-btn--secondary"><span class="kern-icon kern-icon--edit" aria-hidden="true"></span>
<span class="kern-label">{{ words.notice }}</span></button>
<button class="kern-btn kern-btn--tertiary"><span class="kern-label">{{ words.badge }}</span></button></div>
{% for form in forms %}{% crispy form %}<hr class="kern-divider">{% endfor %}
{% endblock %}
"""

WORDS = {
    "de": {
        "heading": "Ihre Angaben prüfen",
        "lead": "Bitte melden Sie vor dem ersten Gespräch noch kein Gewerbe an.",
        "notice": "Bitte beachten",
        "badge": "Angenommen",
    },
    "ar": {
        "heading": "مراجعة إجاباتك",
        "lead": "يُرجى عدم تسجيل النشاط التجاري قبل اللقاء الاستشاري الأول (Erstgespräch).",
        "notice": "يُرجى الانتباه",
        "badge": "مقبول",
    },
}


def draw(language: str, base: str, *forms: forms.BaseForm, theme: str = "") -> str:
    """The gallery of components and `forms` as a whole page; addresses must be those of urls_gallery.py."""
    request = RequestFactory().get(f"/{language}/page/?q=ü&cursor=a")
    request.user, request.resolver_match, request.membership = AnonymousUser(), None, None
    if theme:
        request.COOKIES["gw_theme"] = theme
    words = WORDS[language]
    task = {"title": words["heading"], "url": "/a", "status": words["badge"], "kind": "success", "hint": ""}
    context = {
        "base": base,
        "words": words,
        "forms": forms,
        "messages": [Message()],
        "moment": datetime(2026, 11, 23, 13, 30, tzinfo=UTC),
        "page": SimpleNamespace(newer="n", older="o"),
        "tasks": [task, task | {"url": "", "kind": "", "hint": words["lead"]}],
        "rows": [
            {"key": words["notice"], "value": words["lead"]},
            {"key": words["heading"], "value": [words["notice"], words["badge"]]},
            {"key": words["badge"], "value": ""},
            {"key": words["badge"], "value": "مشروع\nصغير", "own_words": True, "lang": "ar"},
        ],
    }
    with override(language):
        return engines["django"].from_string(COMPONENTS).render(context, request)
