from django.urls import path

from . import views

app_name = "appointments"

urlpatterns = [
    path("", views.appointment_list, name="appointment_list"),
    path("cases/<uuid:case_uuid>/new/", views.appointment_new, name="appointment_new"),
    path("<uuid:appointment_uuid>/move/", views.appointment_move, name="appointment_move"),
    path("<uuid:appointment_uuid>/cancel/", views.appointment_cancel, name="appointment_cancel"),
    path("<uuid:appointment_uuid>/outcome/", views.appointment_outcome, name="appointment_outcome"),
]
