"""The figures of one year on a page, and as a file."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.statistics import presenters, rules, selectors
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.spreadsheets import csv_blocks
from network.people.access import office_staff_required

logger = logging.getLogger(__name__)


@require_safe
@office_staff_required
def figure_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/cases/statistics/?year=2025: the closed figures of the office, the newest year if none is named."""
    years = selectors.years_told(request.office)
    if not years:
        next_on = rules.figures_from(clock.today().year)
        return render(request, "statistics/figure_list.html", {"years": [], "next_on": next_on})
    year = _year(request, years)
    by_year = selectors.told_by_year(request.office, *presenters.OVER_THE_YEARS)
    context = {
        "years": years,
        "year": year,
        "closed_at": selectors.closed_at(request.office, year),
        "parts": presenters.parts(selectors.told(request.office, year), by_year, year),
    }
    return render(request, "statistics/figure_list.html", context)


@require_safe
@office_staff_required
def figure_export(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/cases/statistics/export/?year=2025: the same figures as CSV, for the funder.

    The log says that it was done, not by whom: figures hold nothing of anybody.
    """
    year = _year(request, selectors.years_told(request.office))
    told = selectors.told(request.office, year)
    blocks = csv_blocks(presenters.as_table(told, year))
    response = HttpResponse(b"".join(blocks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statistics-{year}.csv"'
    logger.info("Statistics exported", extra={"kind": f"{request.office.code} {year}", "count": len(told)})
    return response


def _year(request: HttpRequest, years: list[int]) -> int:
    """The year that is asked for, else the newest; one without figures does not exist."""
    asked = request.GET.get("year")
    if not years or (asked and asked not in map(str, years)):
        raise Http404
    return int(asked) if asked else years[0]
