"""The editor's addresses."""

from __future__ import annotations

from django.urls import path

from web.editor import (
    article_revisions,
    articles,
    catalogue,
    dates,
    editing,
    local_values,
    procedures,
    revisions,
    service_points,
    uploads,
)

app_name = "editor"

urlpatterns = [
    path("", catalogue.show, name="catalogue"),
    path("procedures/<str:code>", procedures.show, name="procedure"),
    path("procedures/<str:code>/edit/<str:section>", editing.edit, name="edit"),
    path("procedures/<str:code>/revisions/<int:number>", revisions.show, name="revision"),
    path("procedures/<str:code>/revisions/<int:number>/publish", revisions.publish, name="publish"),
    path("procedures/<str:code>/revisions/<int:number>/schedule", dates.schedule, name="schedule"),
    path("procedures/<str:code>/revisions/<int:number>/call-off", dates.call_off, name="call-off"),
    path("procedures/<str:code>/withdraw", dates.withdraw, name="withdraw"),
    path("procedures/<str:code>/keep", dates.keep, name="keep"),
    path("procedures/<str:code>/revisions/<int:number>/bring-back", revisions.bring_back, name="bring-back"),
    path("articles", articles.show_all, name="articles"),
    path("articles/new", articles.add, name="new-article"),
    path("articles/<slug:slug>", articles.show, name="article"),
    path("articles/<slug:slug>/edit", articles.edit, name="edit-article"),
    path("articles/<slug:slug>/revisions/<int:number>", article_revisions.show, name="article-revision"),
    path(
        "articles/<slug:slug>/revisions/<int:number>/publish",
        article_revisions.publish,
        name="publish-article",
    ),
    path(
        "articles/<slug:slug>/revisions/<int:number>/bring-back",
        article_revisions.bring_back,
        name="bring-back-article",
    ),
    path("local-values", local_values.show, name="local-values"),
    path("local-values/new", local_values.add, name="new-local-value"),
    path("local-values/<slug:key>", local_values.edit, name="local-value"),
    path("service-points", service_points.show, name="service-points"),
    path("service-points/new", service_points.add, name="new-service-point"),
    path("service-points/<slug:code>", service_points.edit, name="service-point"),
    path("uploads", uploads.show, name="uploads"),
    path("uploads/<int:upload>", uploads.report, name="upload"),
    path("uploads/<int:upload>/records/<int:position>", uploads.record, name="uploaded-record"),
    path("uploads/<int:upload>/confirm", uploads.confirm, name="confirm-upload"),
    path("uploads/<int:upload>/discard", uploads.discard, name="discard-upload"),
]
