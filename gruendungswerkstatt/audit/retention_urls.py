from django.urls import path

from . import retention_views as views

app_name = "retention"

urlpatterns = [
    path("", views.period_list, name="period_list"),
    path("runs/", views.run_list, name="run_list"),
    path("<slug:code>/", views.period_edit, name="period_edit"),
]
