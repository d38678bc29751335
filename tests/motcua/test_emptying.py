"""What a test that commits leaves behind: nothing but what a migration made."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from casework import cases
from casework.models import Case
from office import audit
from tests.casework.people import citizen, official, ward
from tests.emptying import empty_database

MADE_BY_MIGRATIONS = {ContentType, Permission}


@pytest.mark.django_db(transaction=True)
def test_the_emptied_database_holds_no_row_of_ours_and_what_migrations_made() -> None:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    audit.note("case.claimed", case.number, official("canbo", ward("Phường Láng")))
    made = {model: model.objects.count() for model in MADE_BY_MIGRATIONS}

    empty_database()

    left = {model for model in apps.get_models() if model._base_manager.exists()}
    assert left == MADE_BY_MIGRATIONS
    assert {model: model.objects.count() for model in MADE_BY_MIGRATIONS} == made
