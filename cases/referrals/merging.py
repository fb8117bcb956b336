"""What this room moves when two cases become one, and puts right when they are two again (cases.files.signals)."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery

from cases.files.models import Merge
from cases.files.moving import Merging
from cases.files.signals import case_merging, case_separated

from .models import Consent, ConsentRequest, Handover, Referral

# What makes two consents, or two questions for one, the same.
_SAME_QUESTION = ("partner", "purpose", "fields", "notice_version", "notice_language")


def move(merging: Merging, **_signal: Any) -> None:
    """Referrals with the consents they rest on, and questions that wait for an answer.

    A consent that both have given is one: referrals then rest on the one that is kept, so that withdrawing it ends them
    all (rule 7).
    """
    merging.move_of_case(Referral.objects.all())
    merging.move_of_case(Handover.objects.all())
    if merging.is_of_two_founders:
        _consents(merging)
    asked = ConsentRequest.objects.filter(case=merging.source).annotate(
        twin=_twin(ConsentRequest.objects.filter(case=merging.target), _SAME_QUESTION)
    )
    merging.leave_twins(asked.exclude(twin=None))
    merging.move_of_case(asked.filter(twin=None))


def separate(merge: Merge, **_signal: Any) -> None:
    """A consent that stayed because both had given it is withdrawn where the other one was meanwhile."""
    if merge.into.founder_id == merge.merged.founder_id:
        return
    stayed = Consent.objects.filter(founder=merge.merged.founder_id, withdrawn_at=None)
    kept = Consent.objects.filter(founder=merge.into.founder_id, withdrawn_at__gte=merge.merged_at)
    for consent in kept:
        same = {name: getattr(consent, f"{name}_id" if name == "partner" else name) for name in _SAME_QUESTION}
        stayed.filter(**same).update(
            withdrawn_at=consent.withdrawn_at,
            withdrawn_by=consent.withdrawn_by,
            withdrawal_recorded_by=consent.withdrawal_recorded_by_id,
        )


def _consents(merging: Merging) -> None:
    source, target = merging.founders
    standing = Consent.objects.filter(founder=target, withdrawn_at=None)
    mine = Consent.objects.filter(founder=source).annotate(twin=_twin(standing, _SAME_QUESTION))
    twins = dict(mine.filter(withdrawn_at=None).exclude(twin=None).values_list("pk", "twin"))
    for consent, twin in twins.items():
        resting = Referral.objects.filter(consent=consent)
        if not merging.is_preview:
            merging.move(resting, {"consent_id": consent}, {"consent_id": twin})
    merging.leave_twins(Consent.objects.filter(pk__in=twins))
    moving = Consent.objects.filter(founder=source).exclude(pk__in=twins)
    merging.move(moving, {"founder_id": source.pk}, {"founder_id": target.pk})


def _twin(there: Any, columns: tuple[str, ...]) -> Subquery:
    """The key of the row of `there` that says the same."""
    return Subquery(there.filter(Q(**{name: OuterRef(name) for name in columns})).values("pk")[:1])


def register() -> None:
    """Take part in putting cases together and in separating them."""
    case_merging.connect(move, dispatch_uid="cases.referrals.merging")
    case_separated.connect(separate, dispatch_uid="cases.referrals.merging")
