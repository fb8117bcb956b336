"""The spellings under which a founder is found, kept per office in `NameKey`, and the keys of matching beside them."""

from collections.abc import Iterable

from gruendungswerkstatt.common.text import fold
from intake.models import Submission

from . import blocking
from .models import AddedEnquiry, Founder, MatchKey, Merge, NameKey

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


def spellings_of(founder: Founder) -> list[str]:
    """Every name of `founder` that is known: their own three, those of enquiries that were added to a case, and those
    of the file of a case that was put into one of theirs.
    """
    added = (
        AddedEnquiry.objects.for_office(founder.office_id).filter(case__founder=founder).select_related("submission")
    )
    further = [name for enquiry in added for name in names_in(enquiry.submission)]
    merges = Merge.objects.for_office(founder.office_id).filter(into__founder=founder, undone_at=None)
    columns = ("merged__founder__name", "merged__founder__name_latin", "merged__founder__name_original")
    before = [name for names in merges.values_list(*columns) for name in names]
    return list(filter(None, [founder.name, founder.name_latin, founder.name_original, *further, *before]))


def names_in(submission: Submission) -> list[str]:
    """The spellings of their name that somebody wrote into an enquiry."""
    answers = submission.answers
    return [name for key in ("name", "name_latin", "name_original") if (name := answers.get(key, ""))]


def write_keys(founder: Founder) -> None:
    """Make the keys of `founder` fit its names and the ways to reach it: those of search, and those of matching."""
    spellings = spellings_of(founder)
    wanted = keys_of(spellings)
    founder.name_keys.exclude(key__in=wanted).delete()
    NameKey.objects.bulk_create(
        [NameKey(office_id=founder.office_id, founder=founder, key=key) for key in sorted(wanted)],
        ignore_conflicts=True,
    )
    blocks = blocking.keys_of(spellings, founder.phone, founder.email, founder.municipality.code)
    founder.match_keys.exclude(key__in=blocks).delete()
    MatchKey.objects.bulk_create(
        [MatchKey(office_id=founder.office_id, founder=founder, key=key) for key in sorted(blocks)],
        ignore_conflicts=True,
    )
