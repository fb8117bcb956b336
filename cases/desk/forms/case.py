"""What can be done on the case page. Each form knows the case as it is now and offers only what is possible."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.files import rules
from cases.files.enums import AskBackBlock, CaseState, Outcome, Phase
from cases.files.models import Case
from cases.files.selectors import NOBODY
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, FreeTextField, MomentField, TextField
from network.people.models import Membership

from .base import DeskForm, OfferedChoiceField, VersionedForm, staff_choices

REASON_LENGTH = 1000


class CaseForm(DeskForm):
    """A form of the case page; the office's staff is there for those that name an advisor."""

    def __init__(self, data: Any = None, *, case: Case, staff: Sequence[Membership] = (), **kwargs: Any):
        super().__init__(data, **kwargs)
        self.case, self.staff = case, staff
        self.prepare()

    def prepare(self) -> None:
        """Offer what fits the case."""


class VersionedCaseForm(VersionedForm, CaseForm):
    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any):
        super().__init__(data, case=case, version=case.version, **kwargs)


def _reason(label: Any, **kwargs: Any) -> FreeTextField:
    return FreeTextField(
        label=label,
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        **kwargs,
    )


class NoteForm(CaseForm):
    code = "note"

    text = FreeTextField(
        label=_("New note"),
        max_length=10_000,
        help_text=_("Part of the file: the founder may ask to read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskBackForm(CaseForm):
    """A question to the founder: a text block in every language, own words, or both."""

    code = "ask_back"
    hide_optional = True

    block = forms.ChoiceField(
        label=_("Text block"),
        choices=[("", pgettext_lazy("text block", "None: own words only")), *AskBackBlock.choices],
        required=False,
        help_text=_("The founder reads it in the own language."),
    )
    text = FreeTextField(
        label=_("Own words"),
        required=False,
        max_length=1000,
        help_text=_("Shown as written. Please ask nothing about health, religion, origin or asylum."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not given.get("block") and not given.get("text"):
            self.add_error("text", _("Please choose a text block or write a question."))
        return given


class PhaseForm(VersionedCaseForm):
    code = "phase"
    hide_optional = True

    to = OfferedChoiceField(label=_("Next phase"), codes=Phase.values, widget=forms.RadioSelect)
    reason = _reason(_("Reason"), help_text=_("Needed when a phase is left out or the case goes back."))

    def prepare(self) -> None:
        here = rules.PHASES.index(self.case.phase)
        targets = [move.target for move in rules.moves_from(rules.PHASE_MOVES, self.case.phase)]
        # What usually comes next stands first.
        targets.sort(key=lambda target: (rules.PHASES.index(target) <= here, abs(rules.PHASES.index(target) - here)))
        self.fields["to"].choices = [(target, Phase(target).label) for target in targets]
        if rules.PHASES.index(targets[0]) > here:
            self.fields["to"].initial = targets[0]


# What a move to a state is called on its button.
_STATE_MOVES = {
    CaseState.OPEN: _("Open again"),
    CaseState.RESTING: _("Let it rest"),
    CaseState.HANDED_OVER: _("Handed over to another office"),
}


class StateForm(VersionedCaseForm):
    """Every change of state but closing, which asks for more."""

    code = "state"
    hide_optional = True

    to = OfferedChoiceField(label=_("What should happen with the case?"), codes=_STATE_MOVES, widget=forms.RadioSelect)
    reason = _reason(_("Reason"), help_text=_("Not needed when a resting case is opened again."))

    def prepare(self) -> None:
        moves = rules.moves_from(rules.STATE_MOVES, self.case.state)
        targets = [move.target for move in moves if move.target != CaseState.CLOSED]
        self.fields["to"].choices = [(target, _STATE_MOVES[target]) for target in targets]
        if len(targets) == 1:
            self.fields["to"].initial = targets[0]


class CloseForm(VersionedCaseForm):
    """Closing: how it ended, and that it is meant."""

    code = "close"

    to = forms.ChoiceField(choices=[(CaseState.CLOSED, "")], initial=CaseState.CLOSED, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("", _("Please choose")), *Outcome.choices],
        error_messages={"required": _("Please say how the case ended.")},
    )
    reason = _reason(_("Remark"))
    is_confirmed = forms.BooleanField(
        label=_("Yes, close this case. It is deleted after three years."),
        error_messages={"required": _("Please confirm that the case should be closed.")},
    )


class AdvisorForm(VersionedCaseForm):
    code = "advisor"

    advisor = forms.ChoiceField(label=_("Advisor"))

    def prepare(self) -> None:
        choices = [(NOBODY, pgettext_lazy("advisor", "Nobody")), *staff_choices(self.staff)]
        present = self.case.advisor
        if present is not None and str(present.uuid) not in dict(choices):
            choices.append((str(present.uuid), present.user.name))  # somebody who left and still has the case
        self.fields["advisor"].choices = choices
        self.fields["advisor"].initial = str(present.uuid) if present else NOBODY

    def clean_advisor(self) -> Membership | None:
        """The member; the case's present advisor stays one even after leaving the office."""
        known = {str(member.uuid): member for member in (self.case.advisor, *self.staff) if member is not None}
        return known.get(self.cleaned_data["advisor"])


class ApplicationForm(VersionedCaseForm):
    """Rule 3: whether the founder asked for money today, and when that was."""

    code = "application"

    has_application = forms.ChoiceField(
        label=_("Does the founder ask for money for the start?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    received_at = MomentField(
        label=_("Received on"),
        required=False,
        help_text=_("Only for a yes. Saying it is enough, a form is not needed."),
    )

    def prepare(self) -> None:
        self.fields["received_at"].latest = clock.today()
        # Asked for in the enquiry, it was received with it: the day decides about money (rule 3).
        sent = self.case.submission
        asked_at = sent.sent_at if sent and sent.answers.get("wants_money") == "yes" else None
        self.fields["received_at"].initial = self.case.application_received_at or asked_at or clock.now()
        if self.case.has_application is not None:
            self.fields["has_application"].initial = "yes" if self.case.has_application else "no"

    def clean_has_application(self) -> bool:
        return self.cleaned_data["has_application"] == "yes"

    def clean_received_at(self) -> datetime | None:
        """The page shows minutes: an untouched time is the one that is recorded, to the second."""
        given, known = self.cleaned_data["received_at"], self.fields["received_at"].initial
        is_same = given is not None and given == known.replace(second=0, microsecond=0)
        return known if is_same else given


class StepForm(CaseForm):
    code = "step"

    text = TextField(label=_("New step"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    due_on = DateThreeFieldsField(label=_("Until"), required=False)

    def prepare(self) -> None:
        self.fields["due_on"].earliest = clock.today()


class StepDoneForm(DeskForm):
    """Hidden values behind the button of one step."""

    code = "done"

    is_done = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, is_done: bool = False, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["is_done"].initial = "yes" if is_done else "no"

    def clean_is_done(self) -> bool:
        return self.cleaned_data["is_done"] == "yes"
