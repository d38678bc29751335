"""The addresses that every citizen may open."""

from __future__ import annotations

from django.urls import path

from web.public import (
    appointments,
    articles,
    chat,
    chat_page,
    listening,
    own_data,
    pictures,
    procedures,
    report_data,
    report_map,
    report_pages,
    widget,
)

app_name = "public"
urlpatterns = [
    path("", chat_page.page, name="chat"),
    path("chat/messages", chat.say, name="say"),
    path("chat/photos", chat.send_photo, name="photo"),
    path("chat/turns", listening.turns, name="turns"),
    path("chat/stream", listening.stream, name="stream"),
    path("chat/attachments/<str:public_id>", pictures.attachment, name="attachment"),
    path("chat/tiep-tuc", chat.go_on, name="go-on"),
    path("chat/ket-thuc", own_data.end, name="end"),
    path("widget.js", widget.script, name="widget-script"),
    path("widget", widget.frame, name="widget"),
    path("nhung", widget.embedding, name="embedding"),
    path("du-lieu-cua-toi", own_data.show, name="own-data"),
    path("du-lieu-cua-toi/tai", own_data.ask_for_copy, name="own-data-ask"),
    path("du-lieu-cua-toi/ban-sao/<str:token>", own_data.copy, name="own-data-copy"),
    path("lich-hen/<str:token>.ics", appointments.file, name="appointment"),
    path("bai-viet", articles.index, name="articles"),
    path("bai-viet/<slug:slug>", articles.show, name="article"),
    path("phan-anh/", report_pages.index, name="reports"),
    path("phan-anh/ban-do", report_map.show, name="report-map"),
    path("phan-anh/ban-do/diem", report_map.points, name="report-points"),
    path("phan-anh/du-lieu/", report_data.show, name="report-data"),
    path("phan-anh/du-lieu/thang.csv", report_data.as_csv, name="report-data-csv"),
    path("phan-anh/du-lieu/thang.json", report_data.as_json, name="report-data-json"),
    path("phan-anh/du-lieu/datapackage.json", report_data.described, name="report-data-package"),
    path("phan-anh/<str:code>", report_pages.show, name="report"),
    path("phan-anh/<str:code>/anh/<int:number>", report_pages.photo, name="report-photo"),
    path("thu-tuc", procedures.index, name="procedures"),
    path("thu-tuc/<str:code>", procedures.show, name="procedure"),
    path("thu-tuc/<str:code>/giay-to", procedures.papers, name="papers"),
]
