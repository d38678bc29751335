"""What short replies mean while a report is being filled: send it, wait, drop it, no photo.

Sending cannot be taken back, and dropping loses words: both need a message that says nothing else, or says it
outright. "Người ta vứt đồ bỏ đi" drops nothing, "đã gọi ba lần" sends nothing.
"""

from __future__ import annotations

from dataclasses import replace

from nlu.word_rules import Said, Words


def _words(listed: str) -> Words:
    return Words.of([word.strip() for word in listed.split("|")])


_CANCELLED_OUTRIGHT = _words(
    "không gửi nữa | không phản ánh nữa | hủy phản ánh | bỏ phản ánh | thôi bỏ đi | thôi không gửi"
)
_CANCELLED = _words("hủy | hủy bỏ | bỏ | bỏ đi | thôi | khỏi | đừng gửi | không gửi")
_SENT_OUTRIGHT = _words(
    "gửi đi | gửi luôn | gửi ngay | gửi nhé | gửi giúp | gửi hộ | đồng ý gửi | xác nhận gửi"
)
_AGREED = _words(
    "gửi | đồng ý | xác nhận | ok | oke | okay | okie | đúng | chuẩn | được | ừ | ừm | uh | vâng | dạ | có"
)
# Without diacritics "dung" is "đúng" or "đừng", "cho" is "cho" or "chờ": only what follows tells.
_NOT_YET = _words(
    "chưa | khoan | =đừng | ~dung gui | ~dung voi | =dừng | ~dung lai | không | sửa | sai | nhầm| =đợi | =chờ"
)
_NO_PHOTO = _words("không | không có | chưa có | chưa chụp | không chụp | không cần | bỏ qua | thôi | khỏi")
_POLITE = _words(
    "đi | luôn | ngay | nhé | nha | ạ | nào | rồi | thế | vậy | giúp | hộ | cho | với | được | vội | đã | lại"
    "| tôi | mình | em | con | cháu | anh | chị | bác | bạn | đấy | đó | này | nữa | đâu | à | thì"
    "| dạ | vâng | ảnh | hình | phản ánh | cảm ơn"
)


def cancels(text: str) -> bool:
    """ "Thôi bỏ đi", "huỷ", "tôi không gửi nữa"."""
    said = Said.of(text)
    return _CANCELLED_OUTRIGHT.stand_in(said) or _says_only(_CANCELLED, said)


def agrees_to_send(text: str) -> bool:
    """ "Ok gửi", "vâng", or more words that end in "gửi đi"."""
    said = Said.of(text)
    if _NOT_YET.stand_in(said):
        return False
    return _says_only(_AGREED, said) or _ends_with(_SENT_OUTRIGHT, said)


def only_agrees(text: str) -> bool:
    """False for "số nhà 29 nhé, gửi đi", which also adds something."""
    return _says_only(_AGREED, Said.of(text))


def puts_off(text: str) -> bool:
    """ "Khoan", "đừng", "chưa gửi": nothing to add, and nothing to send yet."""
    said = Said.of(text)
    return _NOT_YET.stand_in(said) and _is_empty(_without(said, _NOT_YET, _AGREED, _POLITE))


def declines_photo(text: str) -> bool:
    """ "Không", "không có ảnh ạ"; not "không thấy ai dọn"."""
    return _says_only(_NO_PHOTO, Said.of(text))


def _says_only(words: Words, said: Said) -> bool:
    return words.stand_in(said) and _is_empty(_without(said, words, _POLITE))


def _ends_with(words: Words, said: Said) -> bool:
    """The text ends in one of these, but for polite words."""
    found = words.found_in(said)
    if not found:
        return False
    after = " ".join(said.tokens).rpartition(found[-1])[2]
    return _is_empty(_without(replace(said, tokens=tuple(after.split())), _POLITE))


def _without(said: Said, *lists: Words) -> Said:
    for words in lists:
        said = words.taken_out_of(said)
    return said


def _is_empty(said: Said) -> bool:
    return not any(token[0].isalnum() for token in said.tokens)
