"""Is a message a question about the procedure already spoken of, or does it name a matter of its own?"""

from __future__ import annotations

import re

from nlu.abbreviations import expand
from nlu.text import clean, fold, syllables

#: Folded syllables that ask for a part or only tie a sentence together; what remains names the matter.
#: Left out on purpose: syllables that also name matters (ket hon, ho khau, doi ten, so do, chuyen nhuong).
_ASKING_WORDS = """
    a ad ah ai ak anh b bac ban bang bao bh bi biet bl bn bnh buoc cac cai can cap chac chi chiu cho
    chua co con cua cung cx dan dau day dc de den di diem dieu don dong dum duoc em gap gi giai gian
    giay gio giup gom gui h ha han hay hem het hoac hoan hoi hoso huong j k khi khong kien ko kq ky
    la lai lam lau lay le len lien loai luc luon ma mang mat mau may mien minh mot muc muon nam nao
    nay neu ngay nguoi nha nhan nhe nhi nhieu nhiu nhu nhung no noi nop ntn nua nv nx o oi oke
    online phai phan phi phong phuong qua quyet r ra rang rieng roi sao sau se ta tai tap tat the
    theo thi thoi thong thu thuc tien tiep tim tin tn to toi tong tra trinh tro trong truc truoc tuan
    tuyen ui v va van vay ve vi viec voi vs xem xin xong z zay
"""
#: Alone, "khai" and "ket" also name matters (khai sinh, kết hôn).
_OF_ANY_MATTER = re.compile(r"\b(?:to khai|ket qua)\b")
#: "Cái đó", "thủ tục này" point back; "đó" alone is also "sổ đỏ" without marks.
_POINTING = re.compile(
    r"\b(?:cai|viec|thu tuc|vu|chuyen|loai|giay|truong hop|ho so) (?:do|nay|kia|ay|day|tren)\b"
)
#: Where one goes, in general: "làm ở xã hay lên thành phố".
_OFFICE = re.compile(
    r"\b(?:o|len|ra|den|toi|tai|ve|hay|hoac|tren|duoi) (?:la |tren |duoi )?"
    r"(?:co quan|uy ban(?: nhan dan)?|ubnd|phuong|xa|quan|huyen|tinh|thanh pho|tp|cong an)\b"
)
ASKING = frozenset(_ASKING_WORDS.split())
#: A longer message is read on its own even when nothing was found for it.
LONGEST_FOLLOW_UP = 9


def names_no_matter(text: str) -> bool:
    """True when only asking words are left: "thế lệ phí bao nhiêu", "mấy ngày có giấy"."""
    return _only_asks(text) or _only_asks(expand(clean(text)))


def _only_asks(text: str) -> bool:
    rest = fold(text)
    for general in (_OF_ANY_MATTER, _POINTING, _OFFICE):
        rest = general.sub(" ", rest)
    return all(s in ASKING or s.isdigit() for s in syllables(rest))


#: "Nhắc lại giấy tờ", "gửi lại cái danh sách".
_AGAIN = re.compile(
    r"\b(?:nhac|xem|gui|doc|noi|ghi|nhan|viet|liet ke|dua|tra loi)"
    r"(?: (?:giup|cho|em|toi|minh|chau|bac|dum|ho))* lai\b"
)
_LIST = re.compile(r"\b(?:danh sach|list)\b")


def asks_again(text: str) -> bool:
    """True for "nhắc lại giấy tờ", "cho xem lại phí": what was said is wanted once more, and nothing new."""
    folded = fold(text)
    rest = _LIST.sub(" ", _AGAIN.sub(" ", folded))
    return _AGAIN.search(folded) is not None and names_no_matter(rest)


def asks_for_a_list(text: str) -> bool:
    return _LIST.search(fold(text)) is not None


_THIS_PAPER = re.compile(r"\b(?:giay|to|loai giay|giay to) (?:do|nay|kia|ay)\b.*\b(?:xin|lay|mua|lam|cap)\b")


def asks_for_a_paper_told(text: str) -> bool:
    """True for "giấy đó xin ở đâu": one of the papers just told is meant, and it is not said which."""
    return _THIS_PAPER.search(fold(text)) is not None and names_no_matter(text)


_GOES_ON = re.compile(r"^(?:(?:da|a|vang|u|ok|oke) )*(?:the|vay|neu|nhung|lo|nho)\b|\bthi (?:sao|the nao)\b")
#: "Còn" only with its mark: "con" is also a child.
_AND = re.compile(r"^(?:dạ |thế |vậy |ạ )*còn\b", re.IGNORECASE)


def goes_on(text: str) -> bool:
    """True when the words lean on what was said: "thế …", "nếu …", "còn …", "… thì sao", "cái đó …"."""
    folded = fold(text)
    return bool(_GOES_ON.search(folded) or _POINTING.search(folded) or _AND.search(text.strip()))


def is_short(text: str) -> bool:
    return len(syllables(text)) <= LONGEST_FOLLOW_UP


_ASKS = re.compile(
    r"\?\s*$|\b(?:khong|ko|hong|hem|chua|the nao|nhu nao|lam sao|ra sao|o dau|bao gio|khi nao|may gio|"
    r"bao nhieu|gi)"
    r"(?:\s+(?:a|ah|ad|em|e|nhi|the|vay|han|day|nhe|shop|anh|chi|ban))*\s*[.!…]*\s*$"
)


def is_asking(text: str) -> bool:
    """True when the message ends as questions do: "… không ạ", "… ở đâu", "…?"."""
    return _ASKS.search(fold(text)) is not None


_ABOUT_A_RULE = re.compile(
    r"\b(?:quy dinh|noi|ghi|viet) (?:nhung |cai )?(?:gi|the nao|nhu the nao|ra sao)"
    r"(?: (?:a|the|vay|nhi|em|ad|ban))*\W*$"
    r"|\b(?:ban|em|ad|bot|may|anh|chi|shop) (?:nghi|thay) (?:sao|gi|the nao|nhu the nao)\b"
)


def asks_about_a_rule(text: str) -> bool:
    """True for "thông tư 85 quy định gì" and "bạn nghĩ sao": it asks what a rule says or an opinion on it."""
    return _ABOUT_A_RULE.search(fold(text)) is not None
