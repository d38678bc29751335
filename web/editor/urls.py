"""The editor's addresses."""

from __future__ import annotations

from django.urls import path

from web.editor import catalogue, editing, procedures, revisions

app_name = "editor"

urlpatterns = [
    path("", catalogue.show, name="catalogue"),
    path("procedures/<str:code>", procedures.show, name="procedure"),
    path("procedures/<str:code>/edit/<str:section>", editing.edit, name="edit"),
    path("procedures/<str:code>/revisions/<int:number>", revisions.show, name="revision"),
    path("procedures/<str:code>/revisions/<int:number>/publish", revisions.publish, name="publish"),
    path("procedures/<str:code>/revisions/<int:number>/bring-back", revisions.bring_back, name="bring-back"),
]
