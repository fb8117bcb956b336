from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "cases.referrals"
    label = "cases_referrals"

    def ready(self) -> None:
        from . import erasure

        erasure.register()
