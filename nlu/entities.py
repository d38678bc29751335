"""What a text names exactly: the code and secret of a report, and personal data to be masked."""

from __future__ import annotations

import re

from nlu.text import clean

_BETWEEN = r"[\s\-–—_.:/#]{0,3}"
_CODE = re.compile(rf"(?<![^\W_])PA{_BETWEEN}(20\d\d){_BETWEEN}(\d{{6}})(?!\d)", re.IGNORECASE)
# The codes of the national database: 1.001193, also with the tail 1.001193.000.00.00.H26.
_PROCEDURE = re.compile(r"(?<![\w.,-])\d\.\d{6}(?![\d,])")
_LABELLED_SECRET = re.compile(
    r"(?:mã (?:tra cứu|bí mật|bảo mật|mở)|ma (?:tra cuu|bi mat|bao mat|mo)|mật khẩu|mat khau|secret)"
    r"(?:\s+(?:tra cứu|tra cuu|là|la|của|cua|tôi|toi|phản ánh|phan anh))*\s*[:=]?\s*"
    r"([a-z0-9]{4}[- ]?[a-z0-9]{4}|[a-z0-9]{6,16})(?![^\W_])",
    re.IGNORECASE,
)
_BARE_SECRET = re.compile(r"(?<![^\W_])(?=[A-Z0-9 -]*\d)([A-Z0-9]{4}[- ]?[A-Z0-9]{4})(?![^\W_])")
_ONLY_SECRET = re.compile(r"[A-Z]{8}")


def report_code(text: str) -> str | None:
    """The report named in the text, as "PA-2026-000123"; None without one. "pa 2026 000123" will do."""
    found = _CODE.search(clean(text))
    return f"PA-{found[1]}-{found[2]}" if found else None


def report_secret(text: str) -> str | None:
    """The secret beside a report's code, behind a label, or alone; upper case, without dash or space.

    It may be something else that looks alike: only comparing it with the stored hash decides.
    """
    said = clean(text)
    rest = _CODE.sub(" ", said).strip()
    found = _LABELLED_SECRET.search(rest)
    if not found and (rest != said or len(rest) <= 12):
        found = _BARE_SECRET.search(rest.upper() if " " not in rest else rest)
    if not found and (rest != said or len(rest) == 8):
        found = _ONLY_SECRET.fullmatch(rest)
    return re.sub(r"[- ]", "", found[found.lastindex or 0]).upper() if found else None


def procedure_code(text: str) -> str | None:
    """The first procedure named by its national code, "1.001193"; None without one. It may not be held."""
    found = _PROCEDURE.search(clean(text))
    return found[0] if found else None


_MASKS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    # Mobile numbers (0 or +84, then 3 5 7 8 9 and eight digits) and landlines (02x, 02xx).
    (re.compile(r"(?<![\w.])(?:\+?84|[0oO])[\s.-]?[35789](?:[\s.-]?\d){8}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<![\w.])(?:\+?84|0)[\s.-]?2\d{1,2}[\s.-]?\d{3,4}[\s.-]?\d{4}(?!\d)"), "[số điện thoại]"),
    # A căn cước has 12 digits, a chứng minh nhân dân 9; sums of money are told by what follows.
    (
        re.compile(
            r"(?<![\w.-])(?:\d{12}|\d{3}(?: \d{3}){3}|\d{9})(?![\w-])"
            r"(?!\s?(?:đ|đồng|dong|vnđ|vnd|nghìn|tỷ)\b)",
            re.IGNORECASE,
        ),
        "[số giấy tờ]",
    ),
    (
        re.compile(r"(?<![\w])((?:stk|tài khoản|tai khoan)\D{0,20}?)\d{6,16}(?!\w)", re.IGNORECASE),
        r"\1[số tài khoản]",
    ),
    # Plates: 29A-123.45, 29-H1 123.45, 51F 1234; lower case only where nothing else reads like it.
    (
        re.compile(
            r"(?<![\w.-])\d{2}[\s-]?(?!M[23])[A-ZĐ]{1,2}\d?[\s.-]{0,2}\d{3}[. ]?\d{1,2}(?![\w])"
            r"|(?<![\w.-])\d{2}-?(?![hkmgđp])[a-z]{1,2}\d?[\s.-]?\d{3}\.?\d{2}(?!\w)"
        ),
        "[biển số xe]",
    ),
)


def mask_personal(text: str) -> str:
    """The text with phones, identity numbers, e-mails, accounts and plates replaced by what they were."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text
