"""Steps from templates: team leads write the office's templates, advisors choose several at once for a case."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.base import DeskForm
from cases.desk.forms.steps import ChooseForm, TemplateDeleteForm, TemplateForm, TemplateNewForm
from cases.desk.presenters import step_templates as presenters
from cases.desk.presenters.next_steps import next_steps_paper
from cases.files import selectors, step_templates
from cases.files.step_templates import Template, TemplateRefused
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.printing import pdf_response, print_pdf
from network.people.access import office_staff_required, team_lead_required
from network.people.portal_office import as_office

from .case import case_or_404
from .once import write_or_draw


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def step_choose(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Choose steps from the office's templates, each with its day."""
    case = case_or_404(request, case_uuid)
    templates = [one for one in step_templates.of_office(case.office_id) if not one.is_off]
    form = ChooseForm(request.POST or None, case=case, templates=templates)
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            added = step_templates.agree(case, request.membership, form.chosen())
            n = len(added)
            words = ngettext("%(n)s step is added.", "%(n)s steps are added.", n) % {"n": n}
            messages.success(request, words if n else _("Nothing was added: these steps are open already."))
            return f"{reverse('cases:case_detail', args=[case.uuid])}#steps"

        return carry_out_once(form.cleaned_data["form_token"], write)
    fitting, others = presenters.choice_groups(step_templates.offer(case, templates), form)
    context = {"case": case, "form": form, "fitting": fitting, "others": others}
    return render(request, "cases/step_choose.html", context)


@require_safe
@never_cache
@office_staff_required
def step_paper(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """The founder's next three steps as a PDF. Made in the request: it is of this moment, and nothing is kept."""
    case = case_or_404(request, case_uuid)
    paper = next_steps_paper(case, selectors.next_steps(case), as_office(request.office))
    return pdf_response(print_pdf(paper), "steps")


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def template_list(request: HttpRequest) -> HttpResponse:
    """The office's templates and a form for one more."""

    def draw(form: DeskForm) -> HttpResponse:
        groups = presenters.template_groups(step_templates.of_office(request.office.pk))
        return render(request, "cases/step_template_list.html", {"form": form, "groups": groups})

    def write(form: TemplateNewForm) -> str:
        step_templates.create(request.office, **form.said())
        messages.success(request, _("The template is there."))
        return reverse("cases:step_template_list")

    return write_or_draw(request, TemplateNewForm(request.POST or None), write, draw, TemplateRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def template_detail(request: HttpRequest, template_key: str) -> HttpResponse:
    """What the office says; the form for deleting it, or going back to the portal's words, stands below."""
    template = _template_or_404(request, template_key)

    def write(form: TemplateForm) -> str:
        step_templates.change(request.office, template, version=form.cleaned_data["version"], **form.said())
        messages.success(request, _("The template is changed."))
        return reverse("cases:step_template_list")

    form = TemplateForm(request.POST or None, template=template)
    return write_or_draw(request, form, write, partial(_page, request, template), TemplateRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def template_delete(request: HttpRequest, template_key: str) -> HttpResponse:
    """Delete one of the office's own, or go back to a shipped one. Sent twice, the form leads to the list again."""
    if request.method != "POST":
        return redirect("cases:step_template_detail", _template_or_404(request, template_key).key)

    def write(_form: DeskForm) -> str:
        step_templates.delete(request.office, _template_or_404(request, template_key))
        messages.success(request, _("The template is deleted."))
        return reverse("cases:step_template_list")

    def draw(form: DeskForm) -> HttpResponse:
        return _page(request, _template_or_404(request, template_key), form)

    return write_or_draw(request, TemplateDeleteForm(request.POST), write, draw, TemplateRefused)


def _page(request: HttpRequest, template: Template, form: DeskForm) -> HttpResponse:
    sent = {form.code: form}
    context = {
        "template": template,
        "form": form,
        "change_form": sent.get(TemplateForm.code) or TemplateForm(template=template),
        "delete_form": sent.get(TemplateDeleteForm.code) or TemplateDeleteForm(is_shipped=template.is_shipped),
    }
    return render(request, "cases/step_template_detail.html", context)


def _template_or_404(request: HttpRequest, template_key: str) -> Template:
    template = step_templates.one(request.office, template_key)
    if template is None:
        raise Http404
    return template
