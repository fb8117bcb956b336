"""Addresses of the intake. No code, name or reference number ever stands in one (rule 13)."""

from django.urls import path

from .views import beside, confirming, entry, leaving, overview, papers, questions, sending, start

app_name = "intake"

urlpatterns = [
    path("", start.start, name="start"),
    path("elsewhere/", start.elsewhere, name="elsewhere"),
    path("resume/", entry.resume, name="resume"),
    path("callback/", entry.callback_town, name="callback_town"),
    path("callback/<slug:town>/", entry.callback, name="callback"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("confirm/number/", confirming.confirm_number, name="confirm_number"),
    path("confirm/back/", confirming.give_back, name="give_back"),
    path("code/", overview.code, name="code"),
    path("keep/", overview.keep, name="keep"),
    path("tasks/", overview.task_list, name="task_list"),
    path("more/", overview.more, name="more"),
    path("check/", sending.check, name="check"),
    path("sent/", sending.sent, name="sent"),
    path("sent/receipt/", papers.receipt, name="receipt"),
    path("sent/card/", papers.card, name="card"),
    path("form/", papers.blank, name="blank"),
    path("delete/", leaving.delete, name="delete"),
    path("delete/now/", leaving.delete_now, name="delete_now"),
    path("leave/", leaving.leave, name="leave"),
    path("left/", leaving.left, name="left"),
    path("beside/", beside.beside, name="beside"),
    path("<slug:group_code>/", questions.group_detail, name="group_detail"),
    path("<slug:group_code>/save/", questions.group_save, name="group_save"),
]
