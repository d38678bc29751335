"""Password rules: what is refused, and that each refusal is said in Vietnamese."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from office.models import Staff
from tests.casework.people import official, ward

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("ngắn quá", "ngắn quá"),
        ("098765432109", "chỉ có chữ số"),
        ("qwertyuiop123", "rất nhiều người dùng"),
        ("nguyenthihoa1", "gần giống họ tên"),
        ("motcua-hanoi-2026", "tên cơ quan"),
        ("Phường Láng 2026", "tên cơ quan"),
    ],
)
def test_a_weak_password_is_refused_and_told_why(password: str, says: str) -> None:
    hoa = official("nguyenthihoa", ward("Phường Láng"))
    with pytest.raises(ValidationError) as refused:
        validate_password(password, hoa)
    assert any(says in message for message in refused.value.messages)


@pytest.mark.parametrize("password", ["sáng nào cũng tưới cây", "Hà Nội mùa này vắng những cơn mưa"])
def test_a_sentence_is_a_good_password(password: str) -> None:
    validate_password(password, Staff(username="hoa"))


def test_every_rule_is_said_beforehand() -> None:
    assert len(password_validators_help_texts()) == 5
