from django.urls import path

from .views import editing, feedback, public

app_name = "content"

urlpatterns = [
    path("pages/accessibility/feedback/", public.feedback_new, name="feedback_new"),
    path("pages/privacy/<str:version>/", public.notice_detail, name="notice_detail"),
    path("pages/<slug:slug>/", public.page_detail, name="page_detail"),
    path("office/pages/", editing.page_list, name="page_list"),
    path("office/pages/<slug:slug>/", editing.page_edit, name="page_edit"),
    path("office/pages/<slug:slug>/preview/", editing.page_preview, name="page_preview"),
    path("office/pages/<slug:slug>/<int:number>/", editing.version_detail, name="version_detail"),
    path("office/feedback/", feedback.feedback_list, name="feedback_list"),
    path("office/feedback/<uuid:feedback_uuid>/answered/", feedback.feedback_answer, name="feedback_answer"),
]
