"""Keys under which a name is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.files.models import NameKey
from cases.files.names import keys_of, write_keys
from tests.factories.files import FounderFactory


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Gulalai"], {"gulalai"}),
        (["Ahmad al-Hasan"], {"ahmad al hasan", "ahmadalhasan", "hasan ahmad al"}),
        (["Çağrı Işıldak"], {"cagri isildak", "cagriisildak", "isildak cagri"}),
        (["", "  ", "…"], set()),
        (["أسماء", "اسما"], {"اسما"}),
    ],
)
def test_keys(names, keys):
    assert keys_of(names) == keys


@given(st.lists(st.text(), max_size=3))
def test_any_name_has_keys_that_fit_their_column(names):
    assert all(0 < len(key) <= 200 for key in keys_of(names))


@pytest.mark.django_db
def test_keys_follow_a_changed_name():
    founder = FounderFactory(name="Asma", name_latin="Asmaa Abdulghani")
    founder.name_latin = ""
    write_keys(founder)
    assert set(founder.name_keys.values_list("key", flat=True)) == {"asma"}
    write_keys(founder)
    assert NameKey.objects.filter(founder=founder).count() == 1
