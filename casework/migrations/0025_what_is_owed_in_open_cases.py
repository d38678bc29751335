from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone


def fill(apps: Any, _schema_editor: Any) -> None:
    """Open cases of before: whose turn it is, by what was said since; whoever has one may be followed."""
    Case, Turn = apps.get_model("casework", "Case"), apps.get_model("conversations", "Turn")
    for case in Case.objects.exclude(state="closed").iterator():
        said = Turn.objects.filter(conversation=case.conversation_id, created_at__gte=case.opened_at)
        replies = said.filter(author="official", staff__isnull=False).order_by("id")
        last = replies.last()
        unanswered = said.filter(status="left_to_person", pk__gt=last.pk).first() if last else None
        case.first_reply_at = replies.first().created_at if last else None
        case.owed_since = unanswered.created_at if unanswered else None if last else case.opened_at
        case.lease_until = timezone.now() if case.claimed_by_id else None
        if case.state == "claimed" and case.owed_since is None:
            case.state = "waiting"
        case.save(update_fields=["first_reply_at", "owed_since", "lease_until", "state"])


class Migration(migrations.Migration):
    dependencies = [("casework", "0024_life_of_a_case")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
