"""What the chat itself says to citizens, on the page and in the widget. Answers come from the assistant."""

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

#: Above the button of whoever came in by a QR code or a published report.
ENTERED = "Anh/chị bấm để bắt đầu:"
OFF = "Trò chuyện ở đây đang tạm ngừng. Anh/chị gọi điện thoại giúp; việc khẩn cấp xin gọi ngay."

END = "Kết thúc và xoá"
OWN_DATA = "Dữ liệu của tôi"
TAKE_COPY = "Tải dữ liệu"
NOT_KEPT = "Trình duyệt này không cho lưu cuộc trò chuyện ở đây: rời trang là không xem lại được tin."
OPEN_PAGE = "Mở trang Một Cửa"
WHAT_IS_KEPT = "Lưu gì?"
ENDED = "Đã kết thúc và xoá. Máy này không còn giữ cuộc trò chuyện."
SHARED = "Máy dùng chung: không hiện lại tin cũ."

POSITION_SHARED = "Vị trí đã chia sẻ"

WAITING = "Đang chờ cán bộ."
WAITING_AT = "Đang chờ cán bộ, số thứ tự {position}."
WAITING_MORE = "Đóng trang cũng được: mở lại bằng máy này sẽ thấy câu trả lời."
WITH_STAFF = "Đang trao đổi với {label}. Trợ lý ảo không xen vào."
