"""Numbers that name a person: căn cước, chứng minh, passport, bank account, tax code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording, digits, labelled

# A number ends where neither digits, letters nor the unit of a sum or an area follow.
_ENDS = (
    r"(?![.,]?\d)(?![\w-])"
    r"(?!\s?(?:đ|d|đồng|dong|vnđ|vnd|nghìn|nghin|ngàn|ngan|triệu|trieu|tr|tỷ|ty|m2|m²|k)\b)"
)
# A căn cước has 12 digits and begins with the code of a province, 001 to 096 (Nghị định 137/2015, art. 13);
# a chứng minh nhân dân has 9. A round number of nine digits is a sum.
_IDENTITY = re.compile(rf"(?<![\w.,-])(?:0\d{{2}}(?:[ .]?\d{{3}}){{3}}|0\d{{11}}|\d{{9}}(?<!000)){_ENDS}")
_LABELLED_IDENTITY = labelled(
    r"(?:số |so )?(?:cccd|cc|căn cước(?: công dân)?|cmnd|cmt|cmtnd|chứng minh(?: thư| nhân dân)?|ccgc"
    r"|(?:số |mã )?định danh(?: cá nhân)?|giấy tờ tùy thân|gplx|bằng lái(?: xe)?|giấy phép lái xe"
    r"|bhxh|bảo hiểm xã hội|bhyt|bảo hiểm y tế)",
    r"\d(?:[ .-]?\d){8,11}+" + _ENDS,
    between=16,
)
# Letters and digits of a passport are like many others': only behind the word.
_LABELLED_PASSPORT = labelled(
    r"hộ chiếu|passport|pass|hc", r"(?<![a-z])[a-z]{1,2} ?\d{6,8}(?!\w)", between=16
)
_ACCOUNT = r"\d(?:[ .-]?\d){5,18}+" + _ENDS
_LABELLED_ACCOUNT = labelled(
    r"stk|số tk|số tài khoản|tài khoản(?: ngân hàng| nhận tiền)?(?! (?:vneid|định danh|dịch vụ công|cổng"
    r"|zalo|facebook))|tk(?: ngân hàng)?|account",
    _ACCOUNT,
    between=20,
)
_BANKS = (
    "vietcombank|vcb|techcombank|tcb|bidv|agribank|vietinbank|ctg|mb ?bank|mb|acb|vp ?bank|tp ?bank"
    "|sacombank|shb"
    "|vib|hd ?bank|msb|ocb|sea ?bank|lp ?bank|ngân hàng"
)
_BEHIND_A_BANK = Wording.of(
    rf"(?<!\w)(?:{_BANKS})(?: (?:stk|số tk|số tài khoản|số|tk))*[\s:#-]{{1,3}}"
    rf"(?P<number>\d(?:[ .-]?\d){{7,18}}+{_ENDS})"
)
_CARD = re.compile(r"(?<![\w.-])\d{4}(?:[ -]?\d{4}){3}(?![\w-])")
_LABELLED_TAX_CODE = labelled(
    r"mst|mã số thuế(?: cá nhân)?|mã thuế|tax code", r"\d{10}(?:-?\d{3})?(?!\w)", between=12
)


def identity_numbers(heard: Heard) -> Iterator[Entity]:
    """Căn cước and chứng minh nhân dân by their form, and what a label calls one."""
    for found in _LABELLED_IDENTITY.found_in(heard):
        yield heard.entity(Kind.IDENTITY_NUMBER, found, digits(found["number"]), group="number")
    for found in _IDENTITY.finditer(heard.text):
        yield heard.entity(Kind.IDENTITY_NUMBER, found, digits(found[0]))


def passports(heard: Heard) -> Iterator[Entity]:
    for found in _LABELLED_PASSPORT.found_in(heard):
        number = found["number"].replace(" ", "").upper()
        yield heard.entity(Kind.PASSPORT, found, number, group="number")


def bank_accounts(heard: Heard) -> Iterator[Entity]:
    """Accounts behind "stk", "tài khoản" or a bank's name, and cards by their check digit."""
    for wording in (_LABELLED_ACCOUNT, _BEHIND_A_BANK):
        for found in wording.found_in(heard):
            yield heard.entity(Kind.BANK_ACCOUNT, found, digits(found["number"]), group="number")
    for found in _CARD.finditer(heard.text):
        number = digits(found[0])
        if _is_card(number):
            yield heard.entity(Kind.BANK_ACCOUNT, found, number)


def _is_card(number: str) -> bool:
    """The check of ISO/IEC 7812 (Luhn): every second digit from the right doubled, the sum ends in 0."""
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    total = sum(map(int, number[-1::-2])) + sum(double - 9 if double > 9 else double for double in doubled)
    return total % 10 == 0 and number.strip("0") != ""


def tax_codes(heard: Heard) -> Iterator[Entity]:
    """Mã số thuế: ten digits, or thirteen for a branch."""
    for found in _LABELLED_TAX_CODE.found_in(heard):
        number = digits(found["number"])
        value = f"{number[:10]}-{number[10:]}" if len(number) > 10 else number
        yield heard.entity(Kind.TAX_CODE, found, value, group="number")
