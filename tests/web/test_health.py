"""What load balancers and supervisors ask."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base.models import ActiveRelease, Release


def test_a_process_that_answers_is_live_without_asking_the_database() -> None:
    assert Client().get("/api/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_without_a_release_nobody_can_be_answered() -> None:
    response = Client().get("/api/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "release": False}


@pytest.mark.django_db
def test_with_a_release_in_force_citizens_may_come() -> None:
    release = Release.objects.create(name="2026-07-01", manifest={}, built_at=timezone.now())
    ActiveRelease.objects.create(release=release)
    assert Client().get("/api/health/ready").status_code == 200
