"""The worklist as a table to take along."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.desk import services
from cases.desk.forms import WorklistForm
from cases.desk.presenters.worklist import export_cells, export_head
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.limits import HOUR, Tries, key
from gruendungswerkstatt.common.spreadsheets import Portions, Table, csv_blocks, xlsx_blocks
from network.people.access import office_staff_required

from .worklist import worklist_form

FORMATS: dict[str, tuple[str, Callable[[Table], Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_blocks),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_blocks),
}
EXPORTS_AN_HOUR = 20


@require_safe
@office_staff_required
def case_export(request: HttpRequest, form_of_table: str) -> HttpResponseBase:
    """GET /<lang>/cases/list/export/<csv|xlsx>/ with the query of the list: all that it shows, streamed.

    Every case that is sent is noted as looked at. A search that is too long leads back to the list, which says so.
    """
    if form_of_table not in FORMATS:
        raise Http404
    form = worklist_form(request, request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('cases:case_list')}?{request.GET.urlencode()}")
    Tries(key("export", str(request.membership.uuid)), EXPORTS_AN_HOUR, HOUR).spend()
    content_type, blocks = FORMATS[form_of_table]
    table = Table(_("Cases"), export_head(), _portions(request, form, get_language()), is_rtl=get_language_bidi())
    stem = pgettext("file name in Latin letters", "cases")
    name = f"{stem}-{clock.today().isoformat()}.{form_of_table}"
    return StreamingHttpResponse(
        blocks(table),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _portions(request: HttpRequest, form: WorklistForm, language: str) -> Portions:
    """The rows in words of `language`: they are made while the answer is sent, when none may be active any more."""
    for cases in services.export(request.membership, form.filters, form.ordering):
        with override(language):
            cells = export_cells(cases) if cases else [[_("There are more cases than fit into this table.")]]
        yield cells
