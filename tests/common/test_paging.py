"""Keyset pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common.paging import Ordering, _decode, paginate
from network.people.models import Organisation

BY_PLACE = Ordering("place", "Place", ("-place", "code"))


@pytest.fixture
def organisations(db):
    Organisation.objects.all().delete()
    places = ["Unna", "Kamen", "Selm"]  # many equal values: the last field decides
    return Organisation.objects.bulk_create(
        Organisation(code=f"body-{i:03}", name_de=f"Body {i}", kind="initiative", place=places[i % 3])
        for i in range(25)
    )


def expected():
    return [o.code for o in Organisation.objects.order_by("-place", "code")]


def test_walking_forward_shows_every_row_once_in_order(organisations):
    seen, cursor, pages = [], "", 0
    while True:
        page = paginate(Organisation.objects.all(), BY_PLACE, cursor, size=7)
        seen += [o.code for o in page.rows]
        pages += 1
        if not page.older:
            break
        cursor = page.older
    assert pages == 4
    assert seen == expected()


def test_walking_back_leads_to_the_first_page_again(organisations):
    first = paginate(Organisation.objects.all(), BY_PLACE, "", size=7)
    second = paginate(Organisation.objects.all(), BY_PLACE, first.older, size=7)
    third = paginate(Organisation.objects.all(), BY_PLACE, second.older, size=7)
    back = paginate(Organisation.objects.all(), BY_PLACE, third.newer, size=7)
    assert [o.code for o in back.rows] == [o.code for o in second.rows]
    start = paginate(Organisation.objects.all(), BY_PLACE, back.newer, size=7)
    assert [o.code for o in start.rows] == [o.code for o in first.rows]
    assert start.newer == ""


def test_a_row_that_comes_in_between_shifts_nothing(organisations):
    first = paginate(Organisation.objects.all(), BY_PLACE, "", size=7)
    before = paginate(Organisation.objects.all(), BY_PLACE, first.older, size=7)
    Organisation.objects.create(code="a-new", name_de="New", kind="initiative", place="Werne")
    after = paginate(Organisation.objects.all(), BY_PLACE, first.older, size=7)
    assert [o.code for o in after.rows] == [o.code for o in before.rows]


def test_each_page_is_one_query(organisations, django_assert_num_queries):
    cursor = paginate(Organisation.objects.all(), BY_PLACE, "", size=7).older
    with django_assert_num_queries(1):
        paginate(Organisation.objects.all(), BY_PLACE, cursor, size=7)


def test_no_rows_no_neighbours(db):
    page = paginate(Organisation.objects.none(), BY_PLACE, "", size=7)
    assert (list(page.rows), page.newer, page.older) == ([], "", "")


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "%%%", "bnVsbA", "WyJvbGRlciIsIG51bGwsIDFd", "WyJvbGRlciJd", "ÄÖ", "W" * 9999),
        "W1tb" * 5000,  # deeper than Python reads JSON
        "WyJvbGRlciIsICJcdTAwMDAiLCAxXQ",  # with NUL
    ],
)
def test_a_cursor_that_was_not_made_here_shows_the_first_page(organisations, cursor):
    page = paginate(Organisation.objects.all(), BY_PLACE, cursor, size=7)
    assert [o.code for o in page.rows] == expected()[:7]


@given(st.text(st.characters(), max_size=80))
def test_no_cursor_breaks_reading(cursor):
    _decode(cursor, ("a", "b"))
