"""What the founder does next. Steps tell of answers and talks, so the code alone does not open them (rule 13)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.founder import selectors
from cases.founder.access import own_page
from cases.founder.presenters.steps import step_rows
from cases.founder.selectors import Person


@own_page("GET")
def step_list(request: HttpRequest, person: Person) -> HttpResponse:
    """Open steps of the founder's running cases, in the page's language."""
    return render(request, "founder/step_list.html", {"steps": step_rows(selectors.next_steps_of(person))})
