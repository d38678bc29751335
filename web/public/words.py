"""What the chat page itself says to citizens, written once. Answers come from the assistant."""

from __future__ import annotations

from bot import choices
from conversations.messages import Choice

TITLE = "Một Cửa – Trợ lý ảo hỏi thủ tục & phản ánh, Hà Nội"

ASSISTANT = "Trợ lý ảo"
CITIZEN = "Anh/chị"
OFFICIAL = "Cán bộ"

WELCOME = (
    "Xin chào anh/chị. Tôi là trợ lý ảo, máy trả lời tự động. "
    "Anh/chị cứ hỏi thủ tục, gửi phản ánh hoặc xin gặp cán bộ; gõ có dấu hay không dấu đều được."
)
NEVER_ASKS = (
    "Trợ lý ảo và cán bộ không bao giờ hỏi mã OTP, mật khẩu, tiền, ảnh giấy tờ tuỳ thân hay bảo cài ứng dụng."
)

QUESTIONS = (
    "Đăng ký khai sinh cho con cần giấy tờ gì?",
    "Đăng ký kết hôn nộp ở đâu?",
    "Đăng ký thường trú mất bao lâu?",
    "Chứng thực bản sao lệ phí bao nhiêu?",
)
SEND_REPORT = Choice(label="Gửi phản ánh", payload=choices.REPORT)
MEET_STAFF = Choice(label="Gặp cán bộ", payload=choices.STAFF)
BACK_TO_ASSISTANT = Choice(label="Quay lại trợ lý ảo", payload=choices.BACK)
#: Choices that the page offers by itself, whatever was said before.
ALWAYS_OFFERED = (SEND_REPORT, MEET_STAFF, BACK_TO_ASSISTANT)

POSITION_SHARED = "Vị trí đã chia sẻ"

WAITING = "Đang chờ cán bộ."
WAITING_AT = "Đang chờ cán bộ, số thứ tự {position}."
WAITING_MORE = "Đóng trang cũng được: mở lại bằng máy này sẽ thấy câu trả lời."
WITH_STAFF = "Đang trao đổi với {label}. Trợ lý ảo không xen vào."

#: What chat.js says; handed to it as JSON in the page.
SCRIPT = {
    "sending": "Đang gửi…",
    "sent": "Đã gửi",
    "not_sent": "Chưa gửi được",
    "again": "Gửi lại",
    "typing": "Trợ lý ảo đang trả lời…",
    "typing_long": "Trợ lý ảo vẫn đang xử lý, anh/chị chờ thêm chút.",
    "offline": "Máy đang mất mạng. Tin chưa gửi sẽ được gửi khi có mạng lại.",
    "reload": "Trang đã mở quá lâu. Anh/chị tải lại trang rồi gửi lại giúp.",
    "photo": "Ảnh",
    "photo_kind": "Chỉ nhận ảnh JPG, PNG hoặc WebP.",
    "photo_size": "Ảnh lớn quá 8 MB. Anh/chị chọn ảnh nhỏ hơn giúp.",
    "locating": "Đang xác định vị trí…",
    "position": POSITION_SHARED,
    "position_denied": "Máy chưa cho phép lấy vị trí. Anh/chị gõ địa chỉ (số nhà, đường, phường) giúp.",
    "position_failed": "Chưa xác định được vị trí. Anh/chị gõ địa chỉ (số nhà, đường, phường) giúp.",
    "too_long": "Tin dài quá 10.000 ký tự. Anh/chị rút gọn hoặc chia thành nhiều tin giúp.",
    "new": "Có tin mới",
    "you": CITIZEN,
}
