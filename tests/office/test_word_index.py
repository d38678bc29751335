"""Words are found without marks, in any order, and go in the same transaction as the row they stood in."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from conversations.models import Turn
from conversations.word_indexes import TURNS
from office import audit
from office.models import AuditEntry
from office.word_index import Words
from office.word_indexes import REGISTER
from tests.casework.people import citizen

pytestmark = pytest.mark.django_db


def said(*texts: str) -> list[Turn]:
    here = citizen()
    kept = {"conversation": here, "direction": "in", "status": "answered", "author": "citizen"}
    return [Turn.objects.create(text=text, **kept) for text in texts]


def found(typed: str) -> list[str]:
    having = TURNS.having(Words.of(typed))
    return list(Turn.objects.filter(having).order_by("id").values_list("text", flat=True))


LAMP = "Đèn đường ở ngõ 20 phố Huế TẮT ba ngày nay"


@pytest.mark.parametrize(
    "typed",
    [
        *("đèn đường", "DEN DUONG", "tắt đèn", "pho hue ngo 20", "đèn đườ", "ngay ba tat"),
        "\u0111e\u0300n",  # NFD, as a Mac types it
        "đèn, (đường)!",
    ],
)
def test_words_are_found_without_marks_case_or_order_and_the_last_by_its_beginning(typed: str) -> None:
    said(LAMP, "Xin chào anh chị")
    assert found(typed) == [LAMP]


@pytest.mark.parametrize("typed", ["đèn xanh", "de duong", "chào đèn", "ha", '"', "AND OR", "   "])
def test_what_does_not_stand_there_is_not_found(typed: str) -> None:
    said(LAMP, "Xin chào anh chị")
    assert found(typed) == []


@pytest.mark.parametrize("typed", ['đèn" OR "chao', "đèn' | 'chao", "đèn & !duong", "NEAR(den duong)", "a:*"])
def test_signs_are_no_operators(typed: str) -> None:
    said(LAMP, "Xin chào anh chị")
    assert set(found(typed)) <= {LAMP}


def test_a_telephone_number_is_found_however_it_is_typed() -> None:
    said("số tôi 0912345678", "gọi 0912 345 678 nhé")
    assert found("0912345678") == ["số tôi 0912345678"]
    assert len(found("0912 345 678")) == 2
    assert found("+84912345678") == ["số tôi 0912345678"]


def test_text_decomposed_into_letters_and_marks_is_found_as_any_other() -> None:
    said("Đe\u0300n đươ\u0300ng")
    assert len(found("đèn đường")) == 1


def test_other_words_in_place_of_some_take_the_earlier_ones_out_of_the_index() -> None:
    (turn,) = said("Tố cáo ông Nguyễn Văn Ba")
    turn.text = "Nội dung không được lưu"
    turn.save(update_fields=["text"])
    assert found("nguyen van ba") == []
    Turn.objects.filter(pk=turn.pk).update(text="Chào")
    assert found("noi dung") == []
    assert found("chao") == ["Chào"]


def test_what_was_undone_is_found_as_before() -> None:
    (turn,) = said(LAMP)
    with transaction.atomic():
        turn.delete()
        assert found("den duong") == []
        transaction.set_rollback(True)
    assert found("den duong") == [LAMP]


def test_a_row_that_changes_elsewhere_keeps_its_words() -> None:
    (turn,) = said(LAMP)
    Turn.objects.filter(pk=turn.pk).update(status="passed_over")
    assert found("den duong") == [LAMP]
    turn.conversation.delete()
    assert words_kept() == 0


def words_kept() -> int:
    with connection.cursor() as cursor:
        kept = "conversations_turn_words"
        cursor.execute(f"SELECT count(*) FROM {kept + '_docsize' * (connection.vendor == 'sqlite')}")  # noqa: S608
        return int(cursor.fetchone()[0])


def test_an_index_that_lost_its_triggers_reads_all_rows_again() -> None:
    said(LAMP)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # as Django does when it alters the table
            cursor.execute("DROP TRIGGER conversations_turn_words_added")
        else:
            cursor.execute("DROP TRIGGER conversations_turn_words_row ON conversations_turn")
            cursor.execute("DROP FUNCTION conversations_turn_words_kept CASCADE")
    said("Xin chào anh chị")
    assert found("xin chao") == []
    TURNS.install()
    assert found("xin chao") == ["Xin chào anh chị"]
    assert found("den duong") == [LAMP]
    said("Xin chào lần nữa")
    assert len(found("xin chao")) == 2


def test_what_a_document_holds_is_found_with_its_marks_off_whatever_wrote_it() -> None:
    audit.note("case.closed", "HT-2026-000001", None, outcome="Đã hướng dẫn đầy đủ", turn=27)
    having = REGISTER.having(Words.of("huong dan 27"))
    assert AuditEntry.objects.filter(having).count() == 1
    assert not AuditEntry.objects.filter(REGISTER.having(Words.of("outcome")))
