"""What the assistant says of a dossier: how far it is, what to type, or where else to look."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from bot.buttons import to_portal, to_report, to_staff
from bot.dossiers import DossierAnswer, Outcome
from bot.moves import Signposted
from bot.signposts import signpost
from conversations.messages import OutboundMessage
from office.dossiers import Dossier, ProofWanted, Stage

#: Stages in which the day promised still counts.
_UNDER_WAY = {Stage.RECEIVED, Stage.IN_PROGRESS}


def told(answer: DossierAnswer, *, today: date) -> OutboundMessage:
    """The reply to a question how far a dossier is."""
    match answer:
        case DossierAnswer(dossier=Dossier() as dossier):
            return _state(dossier, today)
        case DossierAnswer(proof=ProofWanted() as proof):
            return _said(_ask_proof(proof, answer.code), answer)
        case DossierAnswer(outcome=Outcome.NOT_CONNECTED, code=""):
            return signpost(Signposted.DOSSIER)
    return _said(_words(answer), answer)


def _words(answer: DossierAnswer) -> str:
    named = {"code": answer.code, "ways": _other_ways()}
    match answer.outcome:
        case Outcome.CODE_WANTED:
            return _("Anh/chị gõ giúp mã hồ sơ ghi trên giấy hẹn, ví dụ H26.12-251103-0012.")
        case Outcome.NOT_CONNECTED:
            return (
                _("%(code)s là mã hồ sơ. Tôi chưa được nối với hệ thống hồ sơ nên chưa xem được. %(ways)s")
                % named
            )
        case Outcome.LOCKED:
            return (
                _("Số xác nhận của mã này đã được thử sai nhiều lần. Anh/chị thử lại sau một giờ. %(ways)s")
                % named
            )
        case Outcome.UNAVAILABLE:
            return _("Hệ thống hồ sơ chưa trả lời lúc này. Anh/chị hỏi lại sau ít phút. %(ways)s") % named
    return (
        _(
            "Tôi không tìm thấy hồ sơ với mã %(code)s và số xác nhận vừa gõ. "
            "Anh/chị xem lại mã trên giấy hẹn rồi gõ lại. %(ways)s"
        )
        % named
    )


def _other_ways() -> str:
    return _(
        "Anh/chị gõ đúng mã này vào ô tra cứu hồ sơ của Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), "
        "xem trong ứng dụng VNeID nếu đã nộp qua đó, hoặc hỏi bộ phận một cửa ghi trên giấy hẹn."
    )


def _ask_proof(proof: ProofWanted, code: str) -> str:
    asked = {"code": code, "asks": proof.asks, "digits": proof.digits}
    return (
        _(
            "Để chỉ chủ hồ sơ %(code)s xem được, anh/chị gõ thêm: %(asks)s (%(digits)s chữ số). "
            "Tôi không bao giờ hỏi số căn cước, mật khẩu hay mã OTP."
        )
        % asked
    )


def _said(text: str, answer: DossierAnswer) -> OutboundMessage:
    if answer.outcome is Outcome.NOT_CONNECTED:
        detail = {"move": "signpost", "kind": Signposted.DOSSIER.value}
    else:
        detail = {"move": "dossier", "outcome": answer.outcome.value}
    leads_elsewhere = answer.outcome not in {Outcome.CODE_WANTED, Outcome.PROOF_WANTED}
    return OutboundMessage(
        text=text, choices=(to_portal(), to_staff()) if leads_elsewhere else (to_staff(),), detail=detail
    )


def _state(dossier: Dossier, today: date) -> OutboundMessage:
    """The state as the system tells it, with its source and time: we know nothing of it ourselves."""
    late = dossier.due_on is not None and dossier.due_on < today and dossier.stage in _UNDER_WAY
    at = timezone.localtime(dossier.as_of)
    lines = [
        _("Hồ sơ %(code)s: %(stage)s.") % {"code": dossier.code, "stage": _stages()[dossier.stage]},
        _("Nơi giải quyết: %(unit)s.") % {"unit": dossier.unit},
        *([_("Hẹn trả: %(day)s.") % {"day": f"{dossier.due_on:%d/%m/%Y}"}] if dossier.due_on else []),
        *([_("Đã quá ngày hẹn. Anh/chị hỏi nơi giải quyết, hoặc gửi phản ánh.")] if late else []),
        *([_("Cần bổ sung:"), *(f"• {paper}" for paper in dossier.missing)] if dossier.missing else []),
        *([_("Ghi chú của nơi giải quyết: %(note)s") % {"note": dossier.note}] if dossier.note else []),
        _("(Nguồn: %(source)s, lúc %(at)s.)") % {"source": dossier.source, "at": f"{at:%H:%M %d/%m/%Y}"},
    ]
    return OutboundMessage(
        text="\n".join(lines),
        choices=(to_report(), to_staff()) if late else (to_staff(),),
        detail={"move": "dossier", "outcome": Outcome.SHOWN.value},
    )


def _stages() -> dict[Stage, str]:
    return {
        Stage.RECEIVED: _("đã tiếp nhận"),
        Stage.IN_PROGRESS: _("đang giải quyết"),
        Stage.SUPPLEMENT_WANTED: _("cần bổ sung giấy tờ"),
        Stage.READY: _("đã có kết quả, chờ trả"),
        Stage.RETURNED: _("đã trả kết quả"),
        Stage.REFUSED: _("bị từ chối"),
        Stage.WITHDRAWN: _("đã rút"),
    }
