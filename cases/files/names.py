"""The spellings under which a founder is found, kept per office in `NameKey`."""

from collections.abc import Iterable

from gruendungswerkstatt.common.text import fold

from .models import Founder, NameKey

MOST_PARTS_SWAPPED = 6


def keys_of(names: Iterable[str]) -> set[str]:
    """Folded search keys: each name as written, without spaces, and with its last part first."""
    keys = set()
    for name in names:
        folded = fold(name)
        if not folded:
            continue
        parts = folded.split()
        keys |= {folded, "".join(parts)}
        if 1 < len(parts) <= MOST_PARTS_SWAPPED:
            keys.add(" ".join([parts[-1], *parts[:-1]]))
    return {key[:200] for key in keys}


def write_keys(founder: Founder) -> None:
    """Make the keys of `founder` fit its names."""
    wanted = keys_of([founder.name, founder.name_latin, founder.name_original])
    founder.name_keys.exclude(key__in=wanted).delete()
    NameKey.objects.bulk_create(
        [NameKey(office_id=founder.office_id, founder=founder, key=key) for key in sorted(wanted)],
        ignore_conflicts=True,
    )
