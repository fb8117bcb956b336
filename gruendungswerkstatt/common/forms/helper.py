"""The crispy-forms helper of the portal's forms."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit


class KernHelper(FormHelper):
    """`{% crispy form %}` with this helper draws the whole form: tag, CSRF token, error summary, fields, buttons.

    The browser's own checks are off (`novalidate`): their messages come in the browser's language, not the page's, and
    not to everybody. `submit` is the text of the main button; `None` leaves the buttons to the page. `tag=False`
    leaves the form tag to the page, which then writes `<form method="post" novalidate>` and `{% csrf_token %}` itself.
    """

    hide_optional = False  # True in search forms, where "(optional)" at every field says nothing

    def __init__(self, form: Any = None, *, submit: Any = None, tag: bool = True, form_id: str = "", **attrs: Any):
        super().__init__(form)
        self.form_tag = tag
        self.form_id = form_id or None
        self.disable_csrf = not tag
        self.form_class = "kern-form"
        self.attrs = {"novalidate": True, **attrs}
        if submit is not None:
            self.add_input(Submit("send", submit))
