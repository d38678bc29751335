"""What the scripts of the chat say to citizens (web/static/chat/), handed to them as JSON in the page."""

from __future__ import annotations

from web.public import words
from web.public.errors import ChatRefusal, PhotoTooLarge, TooLong

SCRIPT = {
    "sending": "Đang gửi…",
    "waits": "Chờ gửi",
    "not_sent": "Chưa gửi được",
    "again": "Gửi lại",
    "drop": "Bỏ tin",
    "cancel": "Huỷ gửi",
    "refused": ChatRefusal.sentence,
    "not_now": "Chưa làm được việc này. Anh/chị kiểm tra mạng rồi thử lại giúp.",
    "typing": "Trợ lý ảo đang trả lời…",
    "typing_long": "Trợ lý ảo vẫn đang xử lý, anh/chị chờ thêm chút.",
    "offline": "Đang mất mạng. Anh/chị cứ viết: tin được giữ lại và tự gửi khi có mạng.",
    "retrying": "Chưa gửi được. Tin được giữ lại, trang tự gửi lại.",
    "photo_waits": "Ảnh chỉ giữ được khi trang còn mở.",
    "waits_open": "Máy dùng chung: đóng trang thì tin chờ bị bỏ.",
    "reload": "Trang đã mở quá lâu. Anh/chị tải lại trang, tin chờ sẽ tự gửi.",
    "reload_photo": "Trang đã mở quá lâu. Anh/chị tải lại trang rồi gửi lại ảnh giúp.",
    "photo": "Ảnh",
    "photo_kind": "Chỉ nhận ảnh JPG, PNG hoặc WebP.",
    "photo_size": PhotoTooLarge.sentence,
    "photo_many": "Mỗi lần gửi được 10 ảnh. Anh/chị gửi tiếp các ảnh còn lại giúp.",
    "locating": "Đang xác định vị trí…",
    "position": words.POSITION_SHARED,
    "position_denied": "Máy chưa cho phép lấy vị trí. Anh/chị gõ địa chỉ (số nhà, đường, phường) giúp.",
    "position_failed": "Chưa xác định được vị trí. Anh/chị gõ địa chỉ (số nhà, đường, phường) giúp.",
    "too_long": TooLong.sentence,
    "new": "Có tin mới",
    "ends_in": "Máy dùng chung: tự kết thúc và xoá sau {clock} nếu không ai dùng.",
    "ends_soon": "Sắp tự kết thúc và xoá. Chạm màn hình hoặc bấm phím bất kỳ để tiếp tục.",
    "nothing_kept": "Chưa có cuộc trò chuyện nào để tải.",
    "copy_gone": "Đường dẫn đã hết hạn hoặc đã dùng. Anh/chị bấm “Tải dữ liệu” để lấy bản khác.",
}
