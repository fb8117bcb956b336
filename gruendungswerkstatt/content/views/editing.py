"""Writing the office's pages: the list, the draft in every language, the preview, publishing, what was published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.content import presenters, published, selectors, services
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.forms import PageForm, PublishForm
from gruendungswerkstatt.content.selectors import Draft
from network.people.access import office_settings_required


@require_safe
@office_settings_required
def page_list(request: HttpRequest) -> HttpResponse:
    """Every page with what is not published yet and which translations need work."""
    published.kept.forget()  # whoever publishes sees it at once, whichever process answers
    rows = presenters.draft_rows(selectors.drafts(request.office).values(), request.office)
    context = {"rows": rows, "runs_portal": request.office.pk == portal_office().pk}
    return render(request, "content/office/page_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def page_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the draft; visitors see nothing of it before it is published."""
    published.kept.forget()
    draft = selectors.draft(request.office, _known(slug))
    form = PageForm(request.POST if request.method == "POST" else None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], lambda: _save(request, slug, form))
        except StaleVersion:
            form.add_stale(selectors.draft(request.office, slug))
    context = {"form": form, "slug": slug, "label": PageSlug(slug).label}
    return render(request, "content/office/page_edit.html", context)


def _save(request: HttpRequest, slug: str, form: PageForm) -> str:
    services.save_draft(request.office, slug, **form.given())
    messages.success(request, _("The draft is saved. Visitors do not see it yet."))
    return reverse("content:page_preview", args=[slug])


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def page_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as visitors will see it, in every language; POST publishes it."""
    published.kept.forget()
    draft = selectors.draft(request.office, _known(slug))
    form = PublishForm(request.POST if request.method == "POST" else None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], lambda: _publish(request, slug, form))
        except StaleVersion:
            form = PublishForm(draft=draft)
            messages.warning(request, _("The draft has changed since you looked at it. Please look at it again."))
        except services.Refused as refused:
            messages.warning(request, refused.reason.label)
    return _preview(request, draft, form)


def _preview(request: HttpRequest, draft: Draft, form: PublishForm) -> HttpResponse:
    context = {
        "form": form,
        "slug": draft.slug,
        "label": PageSlug(draft.slug).label,
        "is_changed": draft.differs_from(published.page_of(request.office.pk, draft.slug)),
        "is_notice": draft.slug == PageSlug.PRIVACY,
        "translations": presenters.translations(draft, request.office),
        "missing": presenters.missing_data(draft, request.office),
        "versions": selectors.versions(request.office, draft.slug),
    }
    return render(request, "content/office/page_preview.html", context)


def _publish(request: HttpRequest, slug: str, form: PublishForm) -> str:
    services.publish(request.office, slug, request.membership, version=form.cleaned_data["version"])
    messages.success(request, _("The page is published."))
    return reverse("content:page_list")


@require_safe
@office_settings_required
def version_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What visitors read once, in every language it had."""
    row = selectors.version(request.office, _known(slug), number)
    if row is None:
        raise Http404
    page = published.of_version(row)
    views = [presenters.page_view(page, page.office, language) for language in page.texts]
    context = {"version": row, "views": views, "slug": slug, "label": PageSlug(slug).label}
    return render(request, "content/office/version_detail.html", context)


def _known(slug: str) -> str:
    if slug not in PageSlug.values:
        raise Http404
    return slug
