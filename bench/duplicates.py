"""What it costs to look for cases that one new enquiry may belong to, in the database and in Python."""

from statistics import quantiles
from time import perf_counter

from django.db import connection

from cases.files.duplicates import likely_cases
from cases.files.models import Case
from gruendungswerkstatt.demo.accounts import OFFICE
from intake.models import Submission
from network.people.models import Organisation

from .measure import cpu_seconds

ENQUIRIES = 100
WANTED_MS = 50


def run(size: int) -> str:
    """Ask for ENQUIRIES of the office, spread over all its cases, and tell the middle, the slow and the slowest.

    All of them have a case, so there is somebody to be found, and invented people share few names and telephones.
    """
    office = Organisation.objects.get(code=OFFICE)
    keys = Case.objects.for_office(office).exclude(submission=None).order_by("pk").values_list("submission", flat=True)
    keys = list(keys)[:: max(1, len(keys) // ENQUIRIES)][:ENQUIRIES]
    submissions = list(Submission.objects.filter(pk__in=keys).select_related("municipality").order_by("pk"))
    in_database: list[float] = []
    altogether: list[float] = []
    found = 0
    likely_cases(office, submissions[:1])
    backend = connection.connection.info.backend_pid
    cpu = cpu_seconds(backend)
    for submission in submissions:
        asked: list[float] = []

        def timed(execute, sql, params, many, context, asked=asked):
            begin = perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                asked.append(perf_counter() - begin)

        begin = perf_counter()
        with connection.execute_wrapper(timed):
            found += len(likely_cases(office, [submission]).get(submission.pk, []))
        altogether.append((perf_counter() - begin) * 1000)
        in_database.append(sum(asked) * 1000)
    cpu = (cpu_seconds(backend) - cpu) * 1000 / len(submissions)
    return (
        f"Likely duplicates of one enquiry among {size:,} cases: {_told(in_database)} in the database "
        f"(wanted: at most {WANTED_MS} ms), of it {cpu:.1f} ms of CPU on average; "
        f"{_told(altogether)} altogether; {found / len(submissions):.1f} found each"
    )


def _told(milliseconds: list[float]) -> str:
    hundredths = quantiles(milliseconds, n=20)
    return f"{hundredths[9]:.1f} ms, 95 of 100 within {hundredths[18]:.1f}, the slowest {max(milliseconds):.1f}"
