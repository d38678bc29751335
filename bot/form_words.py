"""What short replies mean while a report is being filled: send it, wait, drop it, no photo.

Sending cannot be taken back, and dropping loses words: both must be said alone, or outright.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.follow_up import is_asking
from nlu.text import fold, syllables
from nlu.word_rules import Said, Words

_CANCELLED_OUTRIGHT = Words.listed(
    "không gửi nữa | không phản ánh nữa | hủy phản ánh | bỏ phản ánh | thôi bỏ đi | thôi không gửi"
)
#: Of these, those that at the question for a photo are about the report, not the photo.
_REPORT_DROPPED = Words.listed(
    "không gửi nữa | không phản ánh nữa | không báo nữa | hủy phản ánh | bỏ phản ánh | thôi bỏ đi"
)
_CANCELLED = Words.listed("hủy | hủy bỏ | bỏ | bỏ đi | thôi | khỏi | đừng gửi | không gửi")
_SENT_OUTRIGHT = Words.listed(
    "gửi đi | gửi luôn | gửi ngay | gửi nhé | gửi giúp | gửi hộ | đồng ý gửi | xác nhận gửi"
)
_AGREED = Words.listed(
    "gửi | đồng ý | xác nhận | ok | oke | okay | okie | đúng | chuẩn | được | ừ | ừm | uh | vâng | dạ | có"
)
# Without diacritics "dung" is "đúng" or "đừng", "cho" is "cho" or "chờ": only what follows tells.
_SENT = Words.listed("gửi")
_ANNOUNCED = Words.listed(
    "phản ánh | gửi phản ánh | viết phản ánh | làm phản ánh | báo sự cố | báo cáo sự cố | kiến nghị"
    "| gửi kiến nghị | phản ánh kiến nghị | phản ánh, kiến nghị | góp ý | gửi góp ý | phản ánh hiện trường"
    "| báo một việc | phản ánh một việc | gửi một phản ánh | phản ánh việc này | phản ánh 1 việc"
)
_WISHING = Words.listed(
    "muốn | cần | xin | cho | được | có | định | phải | hãy | cái | nè | làm ơn | bắt đầu | tôi | mình | em"
    "| con | cháu | anh | chị | bạn | ạ | à | dạ | vâng | nhé | nha | với | giúp | hộ | này | ơi | đi"
    "| một | 1 | việc"
)
_NOT_YET = Words.listed(
    "chưa | khoan | =đừng | ~dung gui | ~dung voi | =dừng | ~dung lai | không | sửa | sai | nhầm| =đợi | =chờ"
)
_NO_PHOTO = Words.listed(
    "không | không có | chưa có | chưa chụp | không chụp | không cần | bỏ qua | thôi | khỏi"
)
_PHOTO = Words.listed("ảnh | hình | chụp")
_UNKNOWN = Words.listed(
    "không rõ | không biết | không nhớ | chưa rõ | chịu | quên mất | quên rồi | quên | không nhớ rõ"
    "| chả biết | chẳng biết | không biết rõ | chả nhớ"
)
_ADDRESS = Words.listed(
    "địa chỉ | tên đường | tên phố | tên ngõ | số nhà | đường nào | phố nào | ngõ nào | chỗ nào | ở đâu | tên"
    "| đường | phố | ngõ | nơi | chỗ | gì | nào | cụ thể | chính xác | là | chỗ đó | số | thật | cũng"
)
_HURRY = Words.listed(
    "nhanh | nhanh lên | gấp | mau | mau lên | nói rồi | ghi rồi | kể rồi | đã nói | đã ghi | như trên | mà"
    "| sớm | xử lý | làm ơn | xin"
)
_QUESTION_BEGINS = re.compile(
    r"(?:(?:the|vay|thi|ma|nhung|a|o|da|cho hoi|em|toi|minh) )*"
    r"(?:bao gio|khi nao|bao lau|may gio|lam sao|tai sao|vi sao|co can|co phai|co duoc|co mat)\b"
)
_POLITE = Words.listed(
    "đi | luôn | ngay | nhé | nha | ạ | nào | rồi | thế | vậy | giúp | hộ | cho | với | được | vội | đã | lại"
    "| tôi | mình | em | con | cháu | anh | chị | bác | bạn | đấy | đó | này | nữa | đâu | à | thì"
    "| dạ | vâng | ảnh | hình | phản ánh | cảm ơn"
)


def cancels(text: str) -> bool:
    """ "Thôi bỏ đi", "huỷ", "tôi không gửi nữa"."""
    said = Said.of(text)
    return _CANCELLED_OUTRIGHT.stand_in(said) or _CANCELLED.are_all_of(said, but=[_POLITE])


def cancels_outright(text: str) -> bool:
    """ "Bỏ phản ánh", "không gửi nữa": the report itself, not the change to it."""
    return _CANCELLED_OUTRIGHT.stand_in(Said.of(text))


def drops_report(text: str) -> bool:
    """ "Thôi không gửi nữa", where a mere "không" would be about the photo asked for."""
    return _REPORT_DROPPED.are_all_of(Said.of(text), but=[_CANCELLED, _POLITE])


def drops_report_first(text: str) -> bool:
    """ "Thôi không báo nữa, …": what follows is no part of the report."""
    first, mark, _ = text.partition(",")
    return bool(mark) and drops_report(first)


def agrees_to_send(text: str) -> bool:
    """ "Ok gửi", "vâng", or more words that end in "gửi đi"."""
    said = Said.of(text)
    if _NOT_YET.stand_in(said):
        return False
    return _AGREED.are_all_of(said, but=[_POLITE]) or _ends_with(_SENT_OUTRIGHT, said)


def sends(text: str) -> bool:
    """ "Gửi luôn", "không có ảnh, gửi luôn", where nothing else is said."""
    said = Said.of(text)
    if not _SENT.stand_in(said):
        return False
    if _PHOTO.stand_in(said):
        return declines_photo(text) and _ends_with(_SENT_OUTRIGHT, said)
    return agrees_to_send(text) and only_agrees(text)


def announces(text: str) -> bool:
    """ "Tôi muốn gửi phản ánh": that a report is coming, and nothing of it yet."""
    return _ANNOUNCED.are_all_of(Said.of(text), but=[_WISHING])


_NO_REPORT = re.compile(
    r"(?:^|\b(?:toi|em|minh|chau|con|day|a|u|o|thoi) )(?:khong|ko|chang|chua|dau) "
    r"(?:(?:phai|co|dinh|muon|he|la|dang|di) )*(?:phan anh|bao su co|kien nghi|gop y|khieu nai|to cao)\b"
    r"(?! (?:nua|o|ve|duoc))"
    r"|\b(?:toi|em|minh|chau|con|day|dang|chi|a) (?:chi |dang |la |muon )*hoi "
    r"(?:thoi|ma|thu tuc|cach|ve|xem|cho biet|xin)\b"
    r"|\b(?:toi|em|minh|chau|con) (?:dang )?chi (?:muon |can |dinh )?hoi\b"
    r"|^(?:(?:a|u|o|oi|thoi|da|ok|nham|toi|em|minh|chau|con) )*(?:khong|ko|khoi|chang) (?:muon |can |phai )?"
    r"(?:gui|bao|phan anh|kien nghi|gop y)(?: gi)? nua (?:dau |nhe |a |ma )*"
    r"(?:cho |the |cho (?:toi|em|minh) |(?:toi|em|minh) )*(?:chi )?(?:muon |can |dinh )*hoi\b"
)


def asks_instead(text: str) -> bool:
    """ "Em không phản ánh, em hỏi thủ tục": what was taken for a report was a question."""
    return _NO_REPORT.search(" ".join(syllables(fold(text)))) is not None


def only_agrees(text: str) -> bool:
    """False for "số nhà 29 nhé, gửi đi", which also adds something."""
    return _AGREED.are_all_of(Said.of(text), but=[_POLITE])


def puts_off(text: str) -> bool:
    """ "Khoan", "đừng", "chưa gửi": nothing to add, and nothing to send yet."""
    return _NOT_YET.are_all_of(Said.of(text), but=[_AGREED, _POLITE])


def declines_photo(text: str) -> bool:
    """ "Không", "không có ảnh ạ", "không có ảnh, gửi luôn"; not "không thấy ai dọn"."""
    return _NO_PHOTO.are_all_of(Said.of(text), but=[_SENT, _POLITE])


def has_no_photo(text: str) -> bool:
    """ "Không có ảnh", "chưa chụp", whatever was asked for: no bare "không"."""
    return declines_photo(text) and _PHOTO.stand_in(Said.of(text))


def does_not_know(text: str) -> bool:
    """ "Không rõ", "tôi không nhớ tên đường", "chịu", and nothing that would help to find the place."""
    return _UNKNOWN.are_all_of(Said.of(text), but=[_ADDRESS, _POLITE])


def tells_nothing(text: str) -> bool:
    """ "Nhanh giúp em", "nói rồi mà", "thôi khỏi": polite, hurried or declining words alone."""
    rest = Said.of(text).without(_NO_PHOTO, _CANCELLED, _NOT_YET, _HURRY, _SENT_OUTRIGHT, _AGREED, _POLITE)
    return not rest.words


_SUBJECT_ASKED = re.compile(
    r"\b(?:dang|nay gio|hoi nay|nay|vua|vua roi|luc nay) (?:(?:dang|toi|em|minh|chau|con|la) )*"
    r"(?:bao|phan anh|viet|soan|ke|khai|gui|noi|lam)(?: (?:ve|den|cai|viec|phan anh|cai viec))* gi"
    r"(?: (?:the|vay|nhi|nhe|day|a|ay|roi|do|ta|em|ban))*\W*$"
    r"|\b(?:xem|doc|cho xem|nhac) lai (?:(?:giup|cho|toi|em|minh|cai|noi dung|ban) )*"
    r"(?:phan anh|ban nhap|ban soan|noi dung|nhung gi da ghi|da ghi gi)(?: (?:nay|di|voi|a|nhe|cua toi))*\W*$"
)


_ANOTHER = Words.listed(
    "không phải | không đúng | không giống | khác | việc khác | chỗ khác | nơi khác | gửi riêng | tách riêng"
    "| không theo dõi | không"
)


def says_another(text: str) -> bool:
    """ "Không phải cái đó", "gửi riêng": none of the similar reports is meant."""
    return _ANOTHER.are_all_of(Said.of(text), but=[_POLITE, _ASIDE, _ADDRESS])


def asks_what_it_is(text: str) -> bool:
    """ "Nãy giờ tôi đang báo cái gì nhỉ", "cho tôi xem lại phản ánh": what the form holds so far."""
    return _SUBJECT_ASKED.search(fold(text)) is not None


def asks_something(text: str) -> bool:
    """ "Bao giờ có người xuống vậy", "… ở đâu?": a question, of whatever."""
    return is_asking(text) or _QUESTION_BEGINS.match(fold(text).strip()) is not None


_CLAUSE = re.compile(r"[^,.;!?\n]+")
#: "Thế là đủ chưa", "vậy thôi", "hết rồi": that, or whether, it is enough. It belongs to the order after it.
_ENOUGH = Words.listed(
    "đủ | được | ổn | xong | hết | thôi | ok | đủ chưa | đủ rồi chưa | được chưa | ổn chưa | xong chưa"
    "| hết chưa | đủ không | được không | ổn không | được rồi chứ | đủ rồi chứ"
)
_ASIDE = Words.listed(
    "thế | vậy | như | này | là | chừng này | bấy nhiêu | từng này | thông tin | nói | kể | khai | ghi | có"
    "| xem | thấy | nếu | thì | cứ"
)
_SENDING = re.compile(r"\bgui\b")
_IF = re.compile(r"(?:^|\bthi)\s*$")
#: "… nhé gửi đi": without a comma only after a word that ends a sentence; "nhờ tôi gửi hộ" orders nothing.
_ENDS_A_SENTENCE = Words.listed("nhé | nha | ạ | đấy | thôi | nhá")


def beside_the_order(text: str) -> str | None:
    """What is said before an order to send: "số 5 đường Láng" of "…, đủ chưa, đủ thì gửi luôn nhé".

    "" when nothing else is said; None when nothing is ordered.
    """
    if sends(text):
        return ""
    clauses = [(found.start(), found[0]) for found in _CLAUSE.finditer(text) if found[0].strip()]
    if not clauses or len(fold(text)) != len(text):
        return None
    begin, last = clauses.pop()
    order = _order_in(last)
    if order is None or any(puts_off(clause) and not _is_aside(clause) for _, clause in clauses):
        return None
    if not _says_enough(last[:order]):
        return text[: begin + order].strip()
    while clauses and _is_aside(clauses[-1][1]):
        begin, _ = clauses.pop()
    return text[:begin].strip(" ,.;!?\n")


def _order_in(clause: str) -> int | None:
    """Where the order begins: "đủ thì gửi luôn", "số 5 nhé gửi đi"; None where nothing is ordered."""
    sending = list(_SENDING.finditer(fold(clause)))
    at = sending[-1].start() if sending else 0
    if not sending or not sends(clause[at:]):
        return None
    before, is_outright = clause[:at], _ends_with(_SENT_OUTRIGHT, Said.of(clause))
    if _says_enough(before):
        return at if is_outright or _IF.search(fold(before)) else None
    return at if is_outright and _ends_with(_ENDS_A_SENTENCE, Said.of(before)) else None


def _says_enough(words: str) -> bool:
    return not Said.of(words).without(_ENOUGH, _ASIDE, _AGREED, _POLITE).words


def _is_aside(clause: str) -> bool:
    """What stands before an order and is no part of a report: "thế đủ chưa", "ok", "không có ảnh"."""
    return _says_enough(clause) or declines_photo(clause)


def _ends_with(words: Words, said: Said) -> bool:
    """The text ends in one of these, but for polite words."""
    if not (found := words.found_in(said)):
        return False
    after = " ".join(said.tokens).rpartition(found[-1])[2]
    return not replace(said, tokens=tuple(after.split())).without(_POLITE).words
