"""Python half of the crispy-forms template pack in templates/kern/.

The pack renders every form control with the class names of the KERN design system (@kern-ux/native). It knows Django
and crispy-forms, nothing about this portal; label texts come from the forms.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import BaseInput
from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A number as people write it: 10.000 or 10,000."""
    return number_format(number, force_grouping=True)


# Telephones, addresses and numbers are written left to right in every language.
LTR_TYPES = frozenset({"tel", "email", "url", "number", "date", "time", "datetime-local"})
# Which template draws which widget; the first that fits counts. A widget may name its own in `kern_template`.
WIDGET_TEMPLATES: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "kern/widgets/choices.html"),
    (forms.CheckboxInput, "kern/widgets/checkbox.html"),
    (forms.Select, "kern/widgets/select.html"),
    (forms.FileInput, "kern/widgets/file.html"),
    ((forms.MultiWidget, forms.SelectDateWidget), "kern/widgets/parts.html"),
    (forms.Widget, "kern/widgets/input.html"),
)


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox of a list."""

    id: str
    name: str
    value: str
    label: Any
    hint: Any
    css_class: str
    attrs: dict[str, Any]
    checked: bool
    type: str


@dataclass(frozen=True)
class Part:
    """One control of a widget that has several, for example the month of a date."""

    id: str
    label: Any
    is_select: bool
    html: SafeString


@dataclass(frozen=True)
class SummaryError:
    """One line of the error summary; `target` is the id to jump to, "" for errors of the whole form.

    Message and label are in whatever language is active when they are shown.
    """

    error: ValidationError
    label: Any
    target: str

    @property
    def message(self) -> str:
        return self.error.messages[0]


# --- Fields ----------------------------------------------------------------------------------------------------------


@register.filter
def kern_template(field: BoundField) -> str:
    """Name of the template that draws the widget of `field`."""
    widget = field.field.widget
    if own := getattr(widget, "kern_template", ""):
        return own
    return next(name for kinds, name in WIDGET_TEMPLATES if isinstance(widget, kinds))


@register.filter
def kern_is_optional(field: BoundField) -> bool:
    """Whether the label says "optional". A single checkbox is a yes or a no and says nothing."""
    return not field.field.required and not isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def kern_limit(field: BoundField) -> int | None:
    """How many characters a text area takes; None where there is no limit to announce."""
    return getattr(field.field, "max_length", None) if isinstance(field.field.widget, forms.Textarea) else None


@register.filter
def kern_describedby(field: BoundField) -> str:
    """Ids of everything that explains `field`, in reading order: hint, limit, error."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    ids = [own] if own else []
    if field.auto_id and field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.auto_id and kern_limit(field):
        ids.append(f"{field.auto_id}_limit")
    if field.auto_id and field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def kern_control(field: BoundField, show_errors: bool = True) -> SafeString:
    """The control of `field` with KERN's classes, its direction and its descriptions."""
    widget = field.field.widget
    has_error = bool(show_errors and field.errors)
    attrs = {"class": _classes(_base_class(widget), has_error, widget.attrs.get("class", ""))}
    if described := kern_describedby(field):
        attrs["aria-describedby"] = described
    if getattr(widget, "input_type", "") in LTR_TYPES and "dir" not in widget.attrs:
        attrs["dir"] = "ltr"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def kern_choices(field: BoundField, show_errors: bool = True) -> list[tuple[Any, list[Choice]]]:
    """Groups of choices of a radio or checkbox list: (label or None, choices)."""
    widget = field.field.widget
    css_class = _classes(
        f"kern-form-check__{widget.input_type}", bool(show_errors and field.errors), widget.attrs.get("class", "")
    )
    attrs = {"id": field.auto_id} if field.auto_id else {}
    if field.field.disabled:
        attrs["disabled"] = True
    hints = getattr(widget, "hints", {})
    groups = widget.optgroups(field.html_name, widget.format_value(field.value()), attrs)
    return [(label, [_choice(option, css_class, hints) for option in options]) for label, options, _index in groups]


def _choice(option: dict[str, Any], css_class: str, hints: dict[str, Any]) -> Choice:
    attrs = dict(option["attrs"])
    attrs.pop("class", None)
    checked = bool(attrs.pop("checked", False))
    id_ = attrs.pop("id", "")
    hint = hints.get(str(option["value"]), "")
    if hint and id_:
        attrs["aria-describedby"] = f"{id_}_hint"
    return Choice(
        id=id_,
        name=option["name"],
        value=str(option["value"]),
        label=option["label"],
        hint=hint,
        css_class=css_class,
        attrs=attrs,
        checked=checked,
        type=option["type"],
    )


@register.simple_tag
def kern_parts(field: BoundField, show_errors: bool = True) -> list[Part]:
    """The controls of a widget that has several. Names and labels come from its `part_names` and `part_labels`."""
    widget = field.field.widget
    attrs = {"id": field.auto_id} if field.auto_id else {}
    if field.field.disabled:
        attrs["disabled"] = True
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    labels = getattr(widget, "part_labels", None) or _default_labels(widget)
    wrong = _wrong_parts(field) if show_errors else set()
    parts = []
    for index, (sub, label) in enumerate(zip(context["subwidgets"], labels, strict=True)):
        is_select = "optgroups" in sub
        base = "kern-form-input__select" if is_select else "kern-form-input__input"
        sub["attrs"]["class"] = _classes(base, index in wrong, sub["attrs"].get("class", ""))
        if index in wrong:
            sub["attrs"]["aria-invalid"] = "true"
        if not is_select:
            sub["attrs"].setdefault("dir", "ltr")
        html = field.form.renderer.render(sub["template_name"], {"widget": sub})
        parts.append(Part(id=sub["attrs"].get("id", ""), label=label, is_select=is_select, html=mark_safe(html)))
    return parts


def _default_labels(widget: forms.Widget) -> Iterable[Any]:
    if isinstance(widget, forms.SplitDateTimeWidget):
        return (_("Date"), _("Time"))
    if isinstance(widget, forms.SelectDateWidget):
        names = {"year": _("Year"), "month": _("Month"), "day": _("Day")}
        return [names[part] for part in widget._parse_date_fmt()]
    return [sub.attrs.get("aria-label", "") for sub in widget.widgets]


def _wrong_parts(field: BoundField) -> set[int]:
    """Indexes of the parts the errors are about: an error's code may name a part; otherwise all are marked."""
    names = tuple(getattr(field.field.widget, "part_names", ()))
    count = len(getattr(field.field.widget, "widgets", ())) or 3
    wrong: set[int] = set()
    for error in field.errors.as_data():
        wrong |= {names.index(error.code)} if error.code in names else set(range(count))
    return wrong


def _base_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "kern-form-check__checkbox"
    return "kern-form-input__select" if isinstance(widget, forms.Select) else "kern-form-input__input"


def _classes(base: str, has_error: bool, own: str) -> str:
    return " ".join([base, *([f"{base}--error"] if has_error else []), *own.split()])


def _is_many(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.CheckboxSelectMultiple)


@register.filter
def kern_is_radio(field: BoundField) -> bool:
    """Whether exactly one choice is possible (CheckboxSelectMultiple is a RadioSelect to Django)."""
    widget = field.field.widget
    return isinstance(widget, forms.RadioSelect) and not _is_many(widget)


@register.filter
def kern_is_multiple(field: BoundField) -> bool:
    """Whether a select takes several values."""
    return bool(getattr(field.field.widget, "allow_multiple_selected", False))


@register.simple_tag
def kern_file(field: BoundField) -> dict[str, Any]:
    """Context of a file widget: whether there is a file already, its name, the checkbox that takes it away."""
    widget = field.field.widget
    context = widget.get_context(field.html_name, field.initial, {"id": field.auto_id})["widget"]
    return {"is_initial": False, "required": field.field.required, **context}


# --- Errors ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def kern_errors(form: forms.BaseForm) -> list[SummaryError]:
    """All errors of `form` in the order of its fields, those of the whole form first."""
    found = [SummaryError(error, "", "") for error in form.non_field_errors().as_data()]
    for field in form:
        for error in field.errors.as_data():
            found.append(
                SummaryError(error, "", "")
                if field.is_hidden
                else SummaryError(error, field.label, _target(field, error))
            )
    return found


@register.inclusion_tag("kern/errors.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """The error summary, for pages that write their form by hand."""
    return {"form": form}


def _target(field: BoundField, error: ValidationError) -> str:
    """Id of the control an error is about: the first of a list, the part of a date the error's code names."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        # Grouped choices are numbered in their group, so the id is asked for, not made up.
        choices = [choice for _label, group in kern_choices(field) for choice in group]
        return choices[0].id if choices else f"div_{field.auto_id}"
    if isinstance(widget, forms.MultiWidget):
        names = tuple(getattr(widget, "part_names", ()))
        return f"{field.auto_id}_{names.index(error.code) if error.code in names else 0}"
    return widget.id_for_label(field.auto_id) or field.auto_id


# --- Buttons ---------------------------------------------------------------------------------------------------------


@register.filter
def kern_button_class(button: BaseInput) -> str:
    """Classes of a crispy button: Submit is primary, others secondary, unless `css_class` names another kind."""
    own = [name for name in button.field_classes.split() if not name.startswith("btn") and name != "button"]
    if any(name in own for name in ("kern-btn--primary", "kern-btn--secondary", "kern-btn--tertiary")):
        kind = []
    else:
        kind = ["kern-btn--primary" if button.input_type == "submit" else "kern-btn--secondary"]
    return " ".join(["kern-btn", *kind, *(name for name in own if name != "kern-btn")])


@register.filter
def kern_strict_button_attrs(flat_attrs: str) -> SafeString:
    """Attributes of a crispy StrictButton, whose "btn" class was already written into them."""
    return mark_safe(flat_attrs.replace('class="btn', 'class="kern-btn kern-btn--secondary', 1))
