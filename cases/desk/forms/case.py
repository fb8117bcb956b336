"""What can be done on the case page. Each form knows the case as it is now and offers only what is possible."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.files import rules
from cases.files.enums import AskBackBlock, CaseState, Need, Outcome, Phase, Proof, StepActor
from cases.files.models import Case
from cases.files.refusals import CaseRefusal
from cases.files.standing import Standing
from cases.files.worklist import NOBODY
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, FreeTextField, MomentField, TextField
from network.people.models import Membership

from .base import DeskForm, OfferedChoiceField, VersionedForm, staff_choices

REASON_LENGTH = 1000


class CaseForm(DeskForm):
    """A form of the case page; the office's staff is there for those that name an advisor.

    `reader` is who fills it in, `where` the case's standing where the page shows what is missing for a move.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        case: Case,
        staff: Sequence[Membership] = (),
        reader: Membership | None = None,
        where: Standing | None = None,
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        self.case, self.staff, self.reader, self.where = case, staff, reader, where
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


class UndoForm(VersionedCaseForm):
    """Hidden values behind the button that takes the last change back."""

    code = "undo"


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


class GuardedForm(VersionedCaseForm):
    """A move for which something may be missing; a team lead can make it anyway, with a reason."""

    is_override = forms.BooleanField(
        label=_("Do it although something is missing. I decide this as team lead; the reason stands in the history."),
        required=False,
    )

    def prepare(self) -> None:
        if self.reader is None or not self.reader.is_team_lead:
            del self.fields["is_override"]

    def add_refusal(self, reason: CaseRefusal, needs: Iterable[Need] = (), *, is_final: bool = False) -> None:
        needs = list(needs)
        super().add_refusal(reason, needs, is_final=is_final)
        if needs and not is_final:
            self.add_error(None, ValidationError(self.who_can(), code="who_can"))

    def who_can(self) -> str:
        """Who may do it although something is missing."""
        if "is_override" in self.fields:
            return gettext("As team lead you can do it anyway: please tick the box and give a reason.")
        leads = [member.user.name for member in self.staff if member.is_team_lead]
        names = " · ".join(f"\u2068{name}\u2069" for name in leads)
        return gettext("A team lead can do it anyway, with a reason: %(names)s") % {"names": names or "–"}


class PhaseForm(GuardedForm):
    code = "phase"
    hide_optional = True

    to = OfferedChoiceField(label=_("Next phase"), codes=Phase.values, widget=forms.RadioSelect)
    seen = forms.MultipleChoiceField(
        label=_("I have seen"),
        help_text=_("A look is enough, no copy is needed."),
        choices=Proof.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = _reason(_("Reason"), help_text=_("Needed when a phase is left out or the case goes back."))
    field_order = ("to", "seen", "reason", "is_override")

    def prepare(self) -> None:
        super().prepare()
        if self.where is not None:
            self._offer_what_helps(self.say_what_is_missing(self.where.facts))
        here = rules.PHASES.index(self.case.phase)
        targets = [move.target for move in rules.moves_from(rules.PHASE_MOVES, self.case.phase)]
        # What usually comes next stands first.
        targets.sort(key=lambda target: (rules.PHASES.index(target) <= here, abs(rules.PHASES.index(target) - here)))
        self.fields["to"].choices = [(target, Phase(target).label) for target in targets]
        if rules.PHASES.index(targets[0]) > here:
            self.fields["to"].initial = targets[0]

    def _offer_what_helps(self, lacking: Iterable[rules.Guard]) -> None:
        """Of the papers those that would help."""
        proofs = {proof for guard in lacking for proof in guard.proofs}
        if proofs:
            self.fields["seen"].choices = [(code, label) for code, label in Proof.choices if code in proofs]
        else:
            del self.fields["seen"]

    def say_what_is_missing(self, facts: rules.Facts) -> list[rules.Guard]:
        """Beside the choice, also of a form that was sent: what is missing for the phases ahead. Gives that."""
        lacking = rules.missing(rules.guards_of_phase(self.case.phase, rules.PHASES[-1]), facts)
        lines = [
            gettext("Before %(phase)s: %(need)s") % {"phase": Phase(guard.entering).label, "need": guard.need.label}
            for guard in lacking
        ]
        if lines:
            help_text = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
            self.fields["to"].help_text = self["to"].help_text = help_text  # a bound field has kept the old one
        return lacking


# What a move to a state is called on its button.
_STATE_MOVES = {
    CaseState.OPEN: _("Open again"),
    CaseState.RESTING: _("Let it rest"),
    CaseState.HANDED_OVER: _("Handed over to another office"),
}


class StateForm(GuardedForm):
    """Every change of state but closing, which asks for more."""

    code = "state"
    hide_optional = True

    to = OfferedChoiceField(label=_("What should happen with the case?"), codes=_STATE_MOVES, widget=forms.RadioSelect)
    reason = _reason(_("Reason"), help_text=_("Not needed when a resting case is opened again."))

    def prepare(self) -> None:
        self.fields.pop("is_override")  # what is missing for these is missing for everybody
        moves = rules.moves_from(rules.STATE_MOVES, self.case.state)
        targets = [move.target for move in moves if move.target != CaseState.CLOSED]
        self.fields["to"].choices = [(target, _STATE_MOVES[target]) for target in targets]
        if len(targets) == 1:
            self.fields["to"].initial = targets[0]


class CloseForm(GuardedForm):
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
    field_order = ("to", "outcome", "reason", "is_override", "is_confirmed")

    def prepare(self) -> None:
        super().prepare()
        if not rules.lacks_start(self.case.phase, Outcome.FOUNDED_SIDE):
            self.fields.pop("is_override", None)


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
    translation = TextField(
        label="",
        max_length=300,
        required=False,
        help_text=_("In the founder's language, for the printed steps and the founder's own page."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    actor = forms.ChoiceField(
        label=_("Who does it?"),
        choices=StepActor.choices,
        initial=StepActor.FOUNDER,
        required=False,
        widget=forms.RadioSelect,
    )
    due_on = DateThreeFieldsField(label=_("Until"), required=False)

    def prepare(self) -> None:
        self.fields["due_on"].earliest = clock.today()
        language = self.case.founder.language
        if language == settings.LANGUAGE_CODE:
            del self.fields["translation"]
        else:
            name = get_language_info(language)["name_translated"]
            self.fields["translation"].label = _("The same for the founder (%(language)s)") % {"language": name}
            self.fields["translation"].widget.attrs["lang"] = language

    def clean_actor(self) -> str:
        return self.cleaned_data["actor"] or StepActor.FOUNDER


class StepDoneForm(DeskForm):
    """Hidden values behind the button of one step."""

    code = "done"

    is_done = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, is_done: bool = False, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["is_done"].initial = "yes" if is_done else "no"

    def clean_is_done(self) -> bool:
        return self.cleaned_data["is_done"] == "yes"
