"""Programs that send forms: marked for the inbox, never refused, and nobody who is a person is in their way."""

from datetime import UTC, datetime, timedelta

import pytest

from gruendungswerkstatt.common import clock
from intake import attempts
from intake.models import Submission

from .conftest import Walker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLACE = {"municipality": "kamen", "is_adult": "yes"}
CALLBACK = {"name": "أبو أحمد", "phone": "٠١٧١ ٣٩٢٠٠٠٩", "language": "ar"}


def hidden(page) -> dict[str, str]:
    """What a browser sends along without anybody's doing."""
    form = page.context["form"]
    return {"begun": form["begun"].value(), "leave_empty": ""}


def marks() -> list[str]:
    return Submission.objects.order_by("-id").first().check_marks


def calls(founder: Walker, *, seconds: int, **typed) -> None:
    with clock.frozen(NOON):
        sent_along = hidden(founder.get("callback/kamen/"))
    with clock.frozen(NOON + timedelta(seconds=seconds)):
        assert founder.post("callback/kamen/", CALLBACK | sent_along | typed).url == founder.url("sent/")


def test_somebody_who_reads_first_carries_no_mark(walker):
    calls(walker("ar"), seconds=20)
    assert marks() == []


def test_a_form_sent_at_once_is_taken_and_marked(walker):
    calls(walker("ar"), seconds=0)
    assert marks() == ["fast"]


def test_a_browser_that_fills_in_name_and_phone_is_slow_enough(walker):
    calls(walker("ar"), seconds=3)
    assert marks() == []


def test_the_unseen_field_is_taken_and_marked(walker):
    calls(walker("ar"), seconds=20, leave_empty="https://example.org")
    assert marks() == ["trap"]


@pytest.mark.parametrize("begun", ["", "123", "1:x", "9" * 190])
def test_a_time_that_cannot_be_read_accuses_nobody(walker, begun):
    calls(walker("ar"), seconds=20, begun=begun)
    assert marks() == []


def test_the_unseen_field_is_out_of_everybodys_way(walker):
    founder = walker("ar")
    founder.reads_notice()
    for tail in ("callback/kamen/", "place/"):
        html = founder.get(tail).content.decode()
        part = html[html.index('class="gw-unseen"') : html.index('name="leave_empty"') + 200]
        assert 'aria-hidden="true"' in part
        assert 'tabindex="-1"' in part
        assert 'autocomplete="off"' in part


def test_the_first_page_is_marked_too_and_the_mark_stays_until_sent(walker, short_way):
    founder = walker("de")
    with clock.frozen(NOON):
        founder.reads_notice()
        along = hidden(founder.get("place/"))
        founder.answers("place", PLACE | along | {"leave_empty": "x"})
    assert marks() == ["trap", "fast"]
    assert 'name="leave_empty"' not in founder.get("place/").content.decode()


def test_a_whole_form_in_seconds_is_marked(walker, short_way):
    founder = walker("de")
    with clock.frozen(NOON):
        founder.walks(short_way, until="safety")
    with clock.frozen(NOON + timedelta(seconds=5)):
        founder.post("check/", {})
    assert marks() == ["fast"]


def test_above_the_limit_of_an_address_enquiries_are_taken_and_marked(walker, monkeypatch):
    monkeypatch.setattr(attempts, "BEGINNINGS", 2)
    for number in range(3):
        founder = walker()
        founder.reads_notice()
        founder.answers("place", PLACE)
        assert marks() == (["address"] if number == 2 else [])


def test_a_shelter_with_a_hundred_people_behind_one_address_carries_no_mark(walker):
    for number in range(100):
        founder = walker("ar")
        with clock.frozen(NOON + timedelta(seconds=5 * number)):
            founder.post("callback/kamen/", CALLBACK | {"phone": f"0171 3920{number:03}"})
    assert Submission.objects.count() == 100
    assert not Submission.objects.exclude(check_marks=[]).exists()


def test_the_same_phone_many_times_is_marked_and_never_refused(walker):
    for number in range(5):
        founder = walker("ar")
        with clock.frozen(NOON):
            assert founder.post("callback/kamen/", CALLBACK | {"name": f"Kind {number}"}).status_code == 302
    assert list(Submission.objects.order_by("id").values_list("check_marks", flat=True)) == [[]] * 3 + [["phone"]] * 2


def test_a_demonstration_marks_no_numbers(walker, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(attempts, "SENDINGS_OF_A_PHONE", 0)
    calls(walker("ar"), seconds=20)
    assert marks() == []


def test_no_address_is_stored(walker):
    calls(walker("ar"), seconds=0)
    assert "127.0.0.1" not in str(Submission.objects.values().get())
