"""Why the chat page did not take something in. Each says to the citizen, in Vietnamese, what to do.

ChatRefusal
├── NothingSaid
├── NotUnderstood
├── TooLong
├── TooFast
├── ChoiceUnknown
├── ChannelOff
└── PhotoNotTaken
    ├── PhotoTooLarge
    └── PhotosEnough
"""

from __future__ import annotations

from typing import ClassVar

from web.public import words


class ChatRefusal(Exception):
    """status: the HTTP status; code: a word for programs; sentence: what the citizen reads."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "Chưa nhận được tin này. Anh/chị thử lại giúp."


class NothingSaid(ChatRefusal):
    code = "nothing_said"
    sentence = "Tin chưa có nội dung. Anh/chị gõ câu hỏi vào ô bên dưới rồi bấm Gửi."


class NotUnderstood(ChatRefusal):
    code = "not_understood"
    sentence = "Tin gửi lên bị lỗi. Anh/chị tải lại trang rồi gửi lại giúp."


class TooLong(ChatRefusal):
    status = 413
    code = "too_long"
    sentence = "Tin dài quá 10.000 ký tự. Anh/chị rút gọn hoặc chia thành nhiều tin giúp."


class TooFast(ChatRefusal):
    status = 429
    code = "too_fast"
    sentence = "Anh/chị gửi hơi nhanh. Chờ khoảng một phút rồi gửi tiếp giúp."


class ChoiceUnknown(ChatRefusal):
    status = 409
    code = "choice_unknown"
    sentence = "Lựa chọn này không còn dùng được. Anh/chị gõ câu hỏi giúp."


class ChannelOff(ChatRefusal):
    status = 503
    code = "channel_off"
    sentence = words.OFF


class PhotoNotTaken(ChatRefusal):
    status = 415
    code = "photo_not_taken"
    sentence = "Chưa nhận được ảnh. Trang chỉ nhận ảnh JPG, PNG hoặc WebP, tối đa 8 MB."


class PhotoTooLarge(PhotoNotTaken):
    status = 413
    code = "photo_too_large"
    sentence = "Ảnh lớn quá 8 MB. Anh/chị chọn ảnh nhỏ hơn giúp."


class PhotosEnough(PhotoNotTaken):
    status = 429
    code = "photos_enough"
    sentence = "Hôm nay anh/chị đã gửi đủ số ảnh nhận được. Mai gửi tiếp giúp, hoặc bấm Gặp cán bộ."
