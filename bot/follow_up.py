"""Is a message a question about the procedure already spoken of, or does it name a matter of its own?"""

from __future__ import annotations

import re

from nlu.text import fold, syllables

#: Folded syllables that ask for a part or only tie a sentence together; what remains names the matter.
#: Left out on purpose: syllables that also name matters (ket hon, ho khau, doi ten, so do, chuyen nhuong).
_ASKING_WORDS = """
    a ah ai anh bac ban bang bao bi biet bl bn bnh buoc cac cai can cap chac chi chiu cho chua co con cua
    cung dan dau day dc de den di diem dieu don dong dum duoc em gap gi giai gian giay gio giup gom gui
    han hay het hoac hoan hoi hoso huong j k khi khong kien ko ky la lai lam lau le len lien loai luc luon
    ma mang mat mau may mien minh mot muc muon nam nao nay neu ngay nguoi nha nhan nhe nhi nhieu nhiu nhu
    no noi nop ntn nua nv o oi online phai phan phi phong phuong qua quyet ra rang rieng roi sao sau se ta
    tai tap tat the thi thoi thong thu thuc tien tiep tim tin tn to toi tong tra trinh tro trong truc
    truoc tuan tuyen va van vay ve vi viec voi xem xin xong
"""
ASKING = frozenset(_ASKING_WORDS.split())
#: A longer message is read on its own even when nothing was found for it.
LONGEST_FOLLOW_UP = 9


def names_no_matter(text: str) -> bool:
    """True when only asking words are left: "thế lệ phí bao nhiêu", "mấy ngày có giấy"."""
    return all(s in ASKING or s.isdigit() for s in syllables(fold(text)))


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
