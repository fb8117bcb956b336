from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "cases.referrals"
    label = "cases_referrals"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files, wordings

        from . import erasure, history, merging, selectors
        from .models import Consent

        erasure.register()
        merging.register()
        files.seen_also_as(selectors.uuids_of)
        wordings.name_rows(Consent, history.consent_names)
