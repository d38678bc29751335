from __future__ import annotations

import pytest

from office.models import Staff


@pytest.fixture
def staff() -> Staff:
    return Staff.objects.create_user("can-bo", password=None)
