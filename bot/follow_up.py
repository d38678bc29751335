"""Is a message a question about the procedure already spoken of, or does it name a matter of its own?"""

from __future__ import annotations

from nlu.text import fold, syllables

#: Folded syllables that ask for a part or only tie a sentence together; what remains names the matter.
#: Left out on purpose: syllables that also name matters (ket hon, ho khau, doi ten, so do, chuyen nhuong).
_ASKING_WORDS = """
    a ah ai anh ban bac bao bang bi biet bn can cai cap cac chac cho chi chiu chua co con cua cung cho
    dan dau day de den di dieu dong duoc dc dum em gap gi j giai gian giay gio giup gui han hay het hoac hoi
    hoan kien khi khong ko k ky la lai lam lau len le lien loai luc luon ma mang mat may mau
    mien minh mot muon muc nao nay nam neu ngay nguoi nhan nhe nhi nhieu nhu noi nop nua nv o oi online phai
    phan phi phong phuong qua quyet ra rang rieng roi sao sau se ta tai tap tat the thi
    thoi thu thuc thong to tien tim tin toi tong tra trinh tro trong truc truoc tuan tuyen
    va van vay ve vi viec voi xem xin xong nha huong dan buoc diem tiep gom hoso bl bnh nhiu ntn tn
"""
ASKING = frozenset(_ASKING_WORDS.split())
#: A longer message is read on its own even when nothing was found for it.
LONGEST_FOLLOW_UP = 9


def names_no_matter(text: str) -> bool:
    """True when only asking words are left: "thế lệ phí bao nhiêu", "mấy ngày có giấy"."""
    return all(s in ASKING or s.isdigit() for s in syllables(fold(text)))


def is_short(text: str) -> bool:
    return len(syllables(text)) <= LONGEST_FOLLOW_UP
