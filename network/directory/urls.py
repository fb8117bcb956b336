from django.urls import path

from . import views

app_name = "directory"

urlpatterns = [
    path("", views.offer_list, name="offer_list"),
    path("<uuid:offer_uuid>/", views.offer_detail, name="offer_detail"),
]
