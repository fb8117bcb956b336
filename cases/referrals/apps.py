from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "cases.referrals"
    label = "cases_referrals"

    def ready(self) -> None:
        from gruendungswerkstatt.audit import files

        from . import erasure, selectors

        erasure.register()
        files.seen_also_as(selectors.uuids_of)
