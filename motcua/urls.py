"""Every address of the product, by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("web.public.urls")),
    path("desk/", include("web.desk.urls")),
    path("editor/", include("web.editor.urls")),
    path("api/", include("web.api.urls")),
    path("open311/v2/", include("web.open311.urls")),
    path("webhooks/", include("web.webhooks.urls")),
]
