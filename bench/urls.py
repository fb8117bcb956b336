"""The portal's addresses and, beside them, the admin's list of the same cases."""

from django.contrib import admin
from django.urls import path

from cases.files.models import Case
from gruendungswerkstatt.urls import (  # noqa: F401  (Django looks for the handlers here)
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)


class Site(admin.AdminSite):
    """Open to whoever is signed in: it stands on a measuring machine with invented people."""

    def has_permission(self, request):
        return request.user.is_authenticated


class CaseAdmin(admin.ModelAdmin):
    """The worklist as the admin makes it with its usual options: the same columns, filters and search."""

    list_display = ("reference", "founder", "municipality", "phase", "state", "advisor", "opened_at", "last_contact_at")
    list_select_related = ("founder__municipality", "advisor__user", "advisor__organisation")
    list_filter = ("phase", "state", "sector")
    search_fields = ("reference", "founder__name", "founder__phone")
    list_per_page = 50
    ordering = ("-opened_at",)

    def municipality(self, case: Case) -> str:
        return case.founder.municipality.name

    def has_view_permission(self, request, obj=None):
        return True

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission


site = Site(name="admin")
site.register(Case, CaseAdmin)
urlpatterns = [path("bench/admin/", site.urls), *urlpatterns]
