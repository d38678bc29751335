"""The addresses for programs."""

from __future__ import annotations

from django.urls import path

from web.api import health, metrics

app_name = "api"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics.show, name="metrics"),
]
