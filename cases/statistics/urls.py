from django.urls import path

from .views import figures

app_name = "statistics"

urlpatterns = [
    path("", figures.figure_list, name="figure_list"),
    path("export/", figures.figure_export, name="figure_export"),
]
