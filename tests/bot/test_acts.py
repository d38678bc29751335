"""What a move changes in the office's rows, told from the citizen's side."""

from __future__ import annotations

import pytest

from bot import choices
from bot.models import Gap
from casework import cases
from casework.models import Case, Promise, Rating, Report
from conversations.messages import MediaReference, MessageKind, Position
from conversations.models import Conversation
from office.models import Unit
from tests.bot.office import RecordingChannel, Talk, move_of
from tests.casework.people import official, ward
from tests.web.browsers import photograph

pytestmark = pytest.mark.django_db(transaction=True)

PROBLEM = "rác chất đống ở đầu ngõ 5 phố Huế"


def file_one(talk: Talk) -> tuple[Report, str]:
    """File a report without a photo; the report and its secret as the citizen was told it."""
    talk.say(PROBLEM)
    talk.say("không có ảnh")
    (reply,) = talk.say("gửi đi")
    secret = reply.text.split("Mã bí mật: ")[1][:8]
    return Report.objects.get(code=reply.payload["detail"]["code"]), secret


def test_a_report_holds_what_was_told_and_its_author_asks_how_far_it_is(talk: Talk) -> None:
    report, _ = file_one(talk)
    assert (report.text, report.place, report.category) == (PROBLEM, "đầu ngõ 5 phố Huế", "rac_thai_ve_sinh")
    for words in (report.code, "phản ánh của tôi đến đâu rồi?"):
        (reply,) = talk.say(words)
        assert "Mới gửi" in reply.text


def test_a_stranger_with_the_code_alone_learns_nothing(talk: Talk) -> None:
    report, _ = file_one(talk)
    stranger = Talk(responder=talk.responder, chat="stranger")
    (with_code,) = stranger.say(f"{report.code} đến đâu rồi")
    (made_up,) = stranger.say("PA-2026-999999 đến đâu rồi")
    assert with_code.text == made_up.text
    assert with_code.payload["detail"] == {"move": "status", "found": False}


def test_whoever_has_code_and_secret_is_told(talk: Talk) -> None:
    report, secret = file_one(talk)
    elsewhere = Talk(responder=talk.responder, chat="my-other-phone")
    (reply,) = elsewhere.say(f"{report.code} {secret}")
    assert reply.payload["detail"] == {"move": "status", "found": True, "code": report.code}


def test_code_and_secret_may_come_as_two_messages(talk: Talk) -> None:
    report, secret = file_one(talk)
    elsewhere = Talk(responder=talk.responder, chat="my-other-phone")
    (unknown,) = elsewhere.say(secret)
    assert unknown.payload["detail"]["move"] != "status"
    (alone,) = elsewhere.say(report.code)
    assert alone.payload["detail"] == {"move": "status", "found": False}
    (reply,) = elsewhere.say(secret)
    assert reply.payload["detail"] == {"move": "status", "found": True, "code": report.code}


def test_guessing_too_often_is_told_to_wait_even_with_the_right_secret(talk: Talk) -> None:
    report, secret = file_one(talk)
    stranger = Talk(responder=talk.responder, chat="stranger")
    for _ in range(5):
        stranger.say(f"{report.code} ACDE3467")
    (locked,) = stranger.say(f"{report.code} {secret}")
    assert "sau một giờ" in locked.text
    assert "Mới gửi" not in locked.text


def test_asking_for_a_report_without_having_filed_one_says_what_to_send(talk: Talk) -> None:
    (reply,) = talk.say("phản ánh của tôi đến đâu rồi?")
    assert "mã bí mật" in reply.text


def test_photos_that_could_not_be_had_are_told_and_the_others_are_attached(
    talk: Talk, channel: RecordingChannel
) -> None:
    channel.pictures = {"good": photograph(), "no-picture": b"%PDF-1.7"}
    talk.say(PROBLEM)
    for reference in ("good", "no-picture", "gone"):
        talk.say(kind=MessageKind.PHOTO, media=(MediaReference(reference=reference),))
    (reply,) = talk.say("gửi đi")
    assert "Có 2 ảnh không tải được" in reply.text
    assert Report.objects.get().photos.count() == 1


def test_photo_and_position_sent_before_the_words_are_in_the_report(
    talk: Talk, channel: RecordingChannel
) -> None:
    channel.pictures = {"first": photograph()}
    photo = MediaReference(reference="first")
    (asked,) = talk.say("chỗ này đây", kind=MessageKind.PHOTO, media=(photo,))
    assert asked.payload["detail"]["phrase"] == "photo_first"
    talk.say(kind=MessageKind.POSITION, position=Position(latitude=21.01, longitude=105.85))
    (asked,) = talk.say("rác chất đống hôi thối mấy hôm nay rồi")
    assert "thuộc nơi nào" in asked.text
    talk.say("không rõ")
    talk.say("vâng, gửi đi")
    report = Report.objects.get()
    assert (report.latitude, report.longitude, report.photos.count()) == (21.01, 105.85, 1)


def test_a_report_on_service_never_goes_to_the_unit_it_names(talk: Talk) -> None:
    city = Unit.objects.create(code="city", name="UBND thành phố Hà Nội", kind=Unit.Kind.DEPARTMENT)
    named = ward("Phường Ba Đình", parent=city)
    talk.say("cán bộ một cửa phường Ba Đình thái độ hách dịch, quát mắng dân")
    talk.say("quầy số 3 phường Ba Đình, sáng thứ hai")
    talk.say("gửi đi")
    report = Report.objects.get()
    assert (report.kind, report.ward, report.unit) == (Report.Kind.SERVICE, named, city)


def test_nothing_is_filed_when_the_citizen_thinks_better_of_it(talk: Talk) -> None:
    talk.say(PROBLEM)
    (reply,) = talk.say("thôi bỏ đi")
    assert reply.payload["detail"]["phrase"] == "report_cancelled"
    assert not Report.objects.exists()
    assert talk.conversation.state["form"] is None


def test_a_person_is_asked_for_once_however_often_it_is_said(talk: Talk) -> None:
    first, again = talk.say("tôi muốn gặp cán bộ")[0], talk.tap(choices.STAFF)[0]
    case = Case.objects.get()
    assert case.number in first.text
    assert case.number in again.text
    assert talk.conversation.owner == Conversation.Owner.QUEUE


def test_whoever_waits_is_told_how_many_wait_before(talk: Talk) -> None:
    Talk(responder=talk.responder, chat="earlier").say("tôi muốn gặp cán bộ")
    (reply,) = talk.say("tôi muốn gặp cán bộ")
    assert "Trước anh/chị còn 1 người" in reply.text


def test_whoever_waits_is_promised_an_answer_and_asking_twice_promises_the_same(talk: Talk) -> None:
    first, again = talk.say("tôi muốn gặp cán bộ")[0], talk.tap(choices.STAFF)[0]
    promise = Promise.objects.get()
    assert promise.text in first.text
    assert promise.text in again.text


def test_a_case_is_about_what_was_spoken_of(talk: Talk) -> None:
    talk.say(PROBLEM)
    talk.say("tôi muốn gặp cán bộ")
    assert Case.objects.get().topic == "rac_thai_ve_sinh"
    other = Talk(responder=talk.responder, chat="other")
    other.say("lệ phí đăng ký kết hôn")
    other.say("tôi muốn gặp cán bộ")
    case = Case.objects.latest("pk")
    assert case.topic == "Hộ tịch"
    assert case.summary.lower().startswith("thủ tục đăng ký kết hôn")
    assert case.summary.endswith(" – tôi muốn gặp cán bộ")


def test_the_citizen_leaves_the_queue_and_is_answered_again(talk: Talk) -> None:
    talk.say("tôi muốn gặp cán bộ")
    talk.tap(choices.BACK)
    assert talk.conversation.owner == Conversation.Owner.BOT
    assert Case.objects.get().state == Case.State.CLOSED
    assert talk.tap(choices.BACK)[0].payload["detail"]["phrase"] == "nothing_to_go_back_to"


def test_a_rating_tapped_twice_counts_once_and_both_taps_are_answered(talk: Talk) -> None:
    talk.say("tôi muốn gặp cán bộ")
    case, staff = Case.objects.get(), official()
    cases.claim(case, staff)
    cases.close(case, staff, "đã trả lời")
    (thanks,) = talk.tap(choices.rate(case.number, 5))
    (again,) = talk.tap(choices.rate(case.number, 1))
    assert "Cảm ơn" in thanks.text
    assert "đã được đánh giá" in again.text
    assert [rating.score for rating in Rating.objects.all()] == [5]


def test_nobody_rates_another_s_case(talk: Talk) -> None:
    talk.say("tôi muốn gặp cán bộ")
    case, staff = Case.objects.get(), official()
    cases.claim(case, staff)
    cases.close(case, staff, "đã trả lời")
    Talk(responder=talk.responder, chat="stranger").tap(choices.rate(case.number, 1))
    assert not Rating.objects.exists()


def test_two_failures_offer_a_person_and_leave_gaps_without_personal_data(talk: Talk) -> None:
    assert move_of(talk.say("thủ tục xin giấy phép lái tàu ngầm, số 0912345678")[0]) == "refuse"
    (offered,) = talk.say("thủ tục xin giấy phép lái tàu ngầm")
    assert choices.STAFF in [choice["payload"] for choice in offered.payload["choices"]]
    assert not Case.objects.exists()
    assert move_of(talk.say("gặp cán bộ")[0]) == "handoff"
    assert Case.objects.get().reason == Case.Reason.NOT_UNDERSTOOD
    questions = list(Gap.objects.order_by("id").values_list("question", flat=True))
    assert questions == [
        "thủ tục xin giấy phép lái tàu ngầm, số [số điện thoại]",
        "thủ tục xin giấy phép lái tàu ngầm",
    ]


def test_not_what_i_meant_keeps_the_question_that_was_misread(talk: Talk) -> None:
    talk.say("đăng ký khai sinh cần giấy tờ gì")
    talk.tap(choices.NONE, label="Không đúng ý tôi")
    assert Gap.objects.get().question == "đăng ký khai sinh cần giấy tờ gì"


def test_a_voice_message_inside_the_form_is_told_of_and_is_no_photo(talk: Talk) -> None:
    talk.say(PROBLEM)
    form = talk.conversation.state["form"]
    voice = MediaReference(reference="voice-1", media_type="audio/ogg")
    (reply,) = talk.say(kind=MessageKind.VOICE, media=(voice,))
    assert reply.payload["detail"]["phrase"] == "voice"
    assert talk.conversation.state["form"] == form
