"""The addresses that messengers call, and nobody else."""

from __future__ import annotations

from django.urls import path

from web.webhooks import telegram, zalo

app_name = "webhooks"
urlpatterns = [
    path("telegram", telegram.receive, name="telegram"),
    path("zalo", zalo.receive, name="zalo"),
]
