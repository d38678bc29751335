"""The addresses that every citizen may open."""

from __future__ import annotations

from django.urls import path

from web.public import articles, chat, procedures

app_name = "public"
urlpatterns = [
    path("", chat.page, name="chat"),
    path("chat/messages", chat.say, name="say"),
    path("chat/photos", chat.send_photo, name="photo"),
    path("chat/turns", chat.turns, name="turns"),
    path("chat/stream", chat.stream, name="stream"),
    path("chat/attachments/<str:public_id>", chat.attachment, name="attachment"),
    path("chat/forget", chat.start_over, name="forget"),
    path("bai-viet", articles.index, name="articles"),
    path("bai-viet/<slug:slug>", articles.show, name="article"),
    path("thu-tuc", procedures.index, name="procedures"),
    path("thu-tuc/<str:code>", procedures.show, name="procedure"),
    path("thu-tuc/<str:code>/giay-to", procedures.papers, name="papers"),
]
