"""Is a message a question about the procedure already spoken of, or does it name a matter of its own?"""

from __future__ import annotations

import re

from nlu.text import fold, syllables

#: Folded syllables that ask for a part or only tie a sentence together; what remains names the matter.
#: Left out on purpose: syllables that also name matters (ket hon, ho khau, doi ten, so do, chuyen nhuong).
_ASKING_WORDS = """
    a ad ah ai anh bac ban bang bao bi biet bl bn bnh buoc cac cai can cap chac chi chiu cho chua co con cua
    cung dan dau day dc de den di diem dieu don dong dum duoc em gap gi giai gian giay gio giup gom gui
    h han hay het hoac hoan hoi hoso huong j k khi khong kien ko kq ky la lai lam lau le len lien loai luc
    luon ma mang mat mau may mien minh mot muc muon nam nao nay neu ngay nguoi nha nhan nhe nhi nhieu nhiu
    nhu nhung no noi nop ntn nua nv o oi online phai phan phi phong phuong qua quyet ra rang rieng roi sao sau
    se ta tai tap tat the thi thoi thong thu thuc tien tiep tim tin tn to toi tong tra trinh tro trong truc
    truoc tuan tuyen va van vay ve vi viec voi xem xin xong
"""
#: "Khai" alone also names matters (khai sinh, khai tử).
_FORM = re.compile(r"\bto khai\b")
ASKING = frozenset(_ASKING_WORDS.split())
#: A longer message is read on its own even when nothing was found for it.
LONGEST_FOLLOW_UP = 9


def names_no_matter(text: str) -> bool:
    """True when only asking words are left: "thế lệ phí bao nhiêu", "mấy ngày có giấy"."""
    asked = syllables(_FORM.sub(" ", fold(text)))
    return all(s in ASKING or s.isdigit() for s in asked)


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
