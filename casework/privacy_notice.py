"""What citizens are told about their data: the one text of the page and the chat, with its version.

A consent names the version it was asked under. Whoever changes a sentence raises VERSION; a test holds the
digest of each version's words. The days kept are settings, so they are part of the version's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from casework.data_requests import ANSWERED_WITHIN, FULFILLED_WITHIN, Kind

VERSION = "1.3"
DATED = date(2026, 11, 22)

#: Asked before a report is sent with an exact position; its words belong to the version, too.
POSITION_CONSENT = (
    "Vị trí chính xác là dữ liệu cá nhân, nên chỉ gửi kèm khi anh/chị đồng ý: "
    "đơn vị xử lý phản ánh sẽ xem được, để tìm đúng chỗ. Không gửi kèm thì phản ánh vẫn được nhận."
)

#: Told where name and telephone are asked for; whoever then leaves them agrees to it.
CONTACT_CONSENT = (
    "Họ tên, số điện thoại để xác minh và trả lời: chỉ đơn vị phụ trách phản ánh và cấp trên của đơn vị đó "
    "xem được; không công khai, không chuyển cho nơi bị phản ánh."
)

#: Asked where a messenger may not let us write first; what is sent then is paid for by the office.
NOTICE_CONSENT = (
    "Nếu anh/chị đồng ý, khi có tin mà không nhắn trước được, chúng tôi gửi một tin báo ngắn kèm mã; "
    "anh/chị không mất phí, muốn thôi lúc nào cũng được."
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of data: what, what for, how long, who sees it."""

    what: str
    purpose: str
    how_long: str
    seen_by: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def text_version() -> str:
    """ "1.0/90-7-7": the version of the words and the days they name."""
    return f"{VERSION}/{settings.KEEP_TRANSCRIPTS}-{settings.KEEP_PHOTOS}-{settings.KEEP_REDACTED}"


def summary() -> str:
    """The chat's answer: what is kept, how long, who sees it, what one can do."""
    return (
        f"Tôi lưu tin nhắn, ảnh và vị trí anh/chị gửi ở đây để trả lời và để cán bộ đọc khi anh/chị cần gặp; "
        f"xoá sau {settings.KEEP_TRANSCRIPTS} ngày kể từ tin cuối, ảnh không kèm phản ánh sau "
        f"{settings.KEEP_PHOTOS} ngày.\n"
        "Phản ánh đã gửi là hồ sơ hành chính, đơn vị xử lý lưu theo quy định.\n"
        "Người xem: tổ tiếp nhận trung tâm, đơn vị xử lý việc của anh/chị, quản trị viên. Không bán, "
        "không quảng cáo, không công khai khi chưa có người duyệt.\n"
        "Anh/chị có thể nhận bản sao, xoá, hoặc rút lại đồng ý bất cứ lúc nào."
    )


def kept() -> tuple[Kept, ...]:
    """The rows of the page's table."""
    return (
        Kept(
            what="Tin nhắn, nút đã bấm, vị trí đã chia sẻ",
            purpose="Trả lời anh/chị; cán bộ đọc khi anh/chị xin gặp; sửa câu trả lời sai",
            how_long=f"{settings.KEEP_TRANSCRIPTS} ngày kể từ tin cuối",
            seen_by="Tổ tiếp nhận trung tâm; đơn vị đang xử lý việc của anh/chị; quản trị viên",
        ),
        Kept(
            what="Ảnh chưa gửi kèm phản ánh",
            purpose="Để sẵn cho phản ánh đang soạn. Thông tin ẩn trong ảnh (nơi chụp, máy chụp) bị bỏ ngay",
            how_long=f"{settings.KEEP_PHOTOS} ngày",
            seen_by="Như tin nhắn",
        ),
        Kept(
            what="Phản ánh đã gửi: nội dung, nơi, ảnh; vị trí chính xác nếu anh/chị đồng ý",
            purpose="Xử lý và trả lời phản ánh",
            how_long="Theo quy định lưu trữ hồ sơ của cơ quan",
            seen_by="Đơn vị phụ trách phản ánh, cấp trên của đơn vị đó, quản trị viên",
        ),
        Kept(
            what="Họ tên, số điện thoại anh/chị để lại khi gửi phản ánh",
            purpose="Xác minh và trả lời; không bắt buộc, không để lại thì phản ánh chuyển tham khảo",
            how_long="Cùng với phản ánh; rút lại đồng ý thì xoá ngay",
            seen_by="Đơn vị phụ trách phản ánh, cấp trên của đơn vị đó, quản trị viên",
        ),
        Kept(
            what="Phản ánh được công khai: nội dung, nơi, trả lời đã che dữ liệu cá nhân; ảnh đã chọn và "
            "che; vị trí làm tròn khoảng 100 m, trừ nơi công cộng",
            purpose="Mọi người theo dõi việc chung, gặp cùng việc thì không phải gửi lại",
            how_long="Đến khi cơ quan thôi công khai; muốn gỡ, anh/chị nhắn “gặp cán bộ”",
            seen_by="Mọi người, sau khi cán bộ phụ trách duyệt; không có tên, số điện thoại người gửi",
        ),
        Kept(
            what="Lần gặp cán bộ: mã, thời gian, kết quả, điểm đánh giá",
            purpose="Theo dõi việc phục vụ",
            how_long="Theo quy định lưu trữ hồ sơ của cơ quan",
            seen_by="Tổ tiếp nhận trung tâm, quản trị viên",
        ),
        Kept(
            what="Tin có dấu hiệu tố cáo, khiếu nại hay bí mật nhà nước",
            purpose="Không lưu nội dung, chỉ lưu một dòng báo đã lược bỏ",
            how_long=f"Dòng báo: {settings.KEEP_REDACTED} ngày",
            seen_by="Như tin nhắn",
        ),
        Kept(
            what="Câu hỏi trợ lý chưa trả lời được, đã che số điện thoại, số giấy tờ, biển số",
            purpose="Biên tập viên bổ sung nội dung còn thiếu",
            how_long="Cùng với tin nhắn",
            seen_by="Biên tập viên, quản trị viên",
        ),
        Kept(
            what="Trên trang web: một mã ngẫu nhiên trong máy của anh/chị (cookie). "
            "Trên ứng dụng nhắn tin: mã cuộc trò chuyện và tên hiển thị do ứng dụng chuyển tới",
            purpose="Biết trả lời về đâu",
            how_long="Trên web 30 ngày kể từ lần mở cuối; máy dùng chung: đến khi kết thúc",
            seen_by="Quản trị viên; tên hiển thị: như tin nhắn",
        ),
    )


def sections() -> tuple[Section, ...]:
    """What the page says below the table."""
    return (
        Section(
            heading="Điều chúng tôi không làm",
            paragraphs=(
                (
                    "Không hỏi mã OTP, mật khẩu, tiền, ảnh giấy tờ tuỳ thân. Lỡ gửi, anh/chị nhắn “xoá dữ"
                    " liệu của tôi”."
                ),
                (
                    "Không bán, không dùng để quảng cáo, không chuyển cho ai ngoài cơ quan xử lý việc của"
                    " anh/chị. Phản ánh không được công khai khi chưa có người duyệt."
                ),
            ),
        ),
        Section(
            heading="Khi xoá, cái gì mất và cái gì còn",
            paragraphs=(
                (
                    "Mất ngay: mọi tin nhắn hai bên, ảnh chưa gửi kèm phản ánh, bản nháp, tên hiển thị và"
                    " đường liên lạc. Đang chờ hay đang trao đổi với cán bộ thì lượt đó được khép lại."
                ),
                (
                    "Còn lại: phản ánh đã gửi, vì là hồ sơ hành chính phải được giải quyết và lưu (Nghị "
                    "định 20/2008/NĐ-CP; Quyết định 1207/QĐ-UBND ngày 28/02/2025 của Hà Nội), nhưng không"
                    " còn nối với cuộc trò chuyện. Muốn xem kết quả, anh/chị dùng mã phản ánh và mã bí "
                    "mật. Lượt gặp cán bộ chỉ còn mã, thời gian, kết quả."
                ),
                (
                    "Ứng dụng nhắn tin (Telegram, Zalo) giữ bản riêng của họ, cả ở nước ngoài: xoá ở đây "
                    "không xoá được ở đó, anh/chị tự xoá trong ứng dụng."
                ),
            ),
        ),
        Section(
            heading="Quyền của anh/chị và thời hạn",
            paragraphs=(
                (
                    "Nhận bản sao: nhắn “gửi dữ liệu của tôi”. Xoá: nhắn “xoá dữ liệu của tôi”. Rút lại "
                    "đồng ý (vị trí, liên hệ, tin báo): nhắn “rút lại đồng ý”. Sửa thông tin sai: nhắn "
                    "“gặp cán bộ”. Thường làm được ngay."
                ),
                (
                    f"Khi cần người làm: trả lời trong {ANSWERED_WITHIN} ngày làm việc; gửi bản sao trong "
                    f"{FULFILLED_WITHIN[Kind.EXPORT]} ngày, rút đồng ý trong "
                    f"{FULFILLED_WITHIN[Kind.WITHDRAW]} ngày, xoá trong {FULFILLED_WITHIN[Kind.DELETE]} "
                    "ngày (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP)."
                ),
            ),
        ),
    )


def whole_text() -> str:
    """All of its words, as a test and an auditor compare them."""
    rows = (" | ".join((row.what, row.purpose, row.how_long, row.seen_by)) for row in kept())
    rest = ("\n".join((section.heading, *section.paragraphs)) for section in sections())
    return "\n\n".join((summary(), *rows, *rest, POSITION_CONSENT, CONTACT_CONSENT, NOTICE_CONSENT))
