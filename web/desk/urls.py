"""The desk's addresses."""

from __future__ import annotations

from django.urls import path

from web.desk import cases, deliveries, live, queue, reports, sign_in

app_name = "desk"

urlpatterns = [
    path("sign-in", sign_in.DeskSignIn.as_view(), name="sign-in"),
    path("sign-out", sign_in.DeskSignOut.as_view(), name="sign-out"),
    path("", queue.show, name="queue"),
    path("live", live.stream, name="live"),
    path("cases/<slug:number>", cases.show, name="case"),
    path("cases/<slug:number>/claim", cases.claim, name="claim"),
    path("cases/<slug:number>/reply", cases.reply, name="reply"),
    path("cases/<slug:number>/release", cases.release, name="release"),
    path("cases/<slug:number>/close", cases.close, name="close"),
    path("reports/", reports.show_all, name="reports"),
    path("reports/<slug:code>", reports.show, name="report"),
    path("reports/<slug:code>/step", reports.step, name="report-step"),
    path("reports/<slug:code>/forward", reports.forward, name="report-forward"),
    path("reports/<slug:code>/photos/<str:public_id>", reports.photo, name="report-photo"),
    path("deliveries/", deliveries.show, name="deliveries"),
    path("deliveries/<int:turn_id>/resend", deliveries.resend, name="resend"),
    path("deliveries/<int:turn_id>/take", deliveries.take, name="take"),
]
