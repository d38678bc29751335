"""Rules that say which unit takes a report."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class RoutingRule(models.Model):
    """Reports of this category and place go to this unit. category "", ward None: every one.

    Of the rules that fit, the one that names more holds: category and ward, then category, then ward.
    """

    category = models.CharField(max_length=32, blank=True)
    ward = models.ForeignKey(
        "office.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="rules_for_here"
    )
    unit = models.ForeignKey("office.Unit", on_delete=models.PROTECT, related_name="rules")
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["category", "ward__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "ward"], name="one_rule_a_category_and_ward"),
            models.UniqueConstraint(
                fields=["category"], condition=models.Q(ward=None), name="one_rule_a_category_everywhere"
            ),
        ]
