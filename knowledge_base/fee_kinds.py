"""What a fee of a record is: its kind and who sets its amount, as far as the record says so.

Pure. Nothing is guessed: where the record is silent or speaks of several, every possibility stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.content import Method
from knowledge_base.flags import fee_sentences, is_plainly_free


class FeeKind(StrEnum):
    """The kinds of the law on fees and charges, and what is none of them (the price of a service)."""

    CHARGE = "charge"
    FEE = "fee"
    APPRAISAL = "appraisal"
    OTHER = "other"


class FeeSetter(StrEnum):
    """Who sets the amount."""

    COUNCIL = "council"
    FINANCE_MINISTRY = "finance_ministry"
    OTHER = "other"


KIND_WORDS = {
    FeeKind.CHARGE: "lệ phí",
    FeeKind.FEE: "phí",
    FeeKind.APPRAISAL: "phí thẩm định hồ sơ",
    FeeKind.OTHER: "khoản thu khác",
}
SETTER_WORDS = {
    FeeSetter.COUNCIL: "Hội đồng nhân dân Thành phố",
    FeeSetter.FINANCE_MINISTRY: "Bộ Tài chính",
    FeeSetter.OTHER: "cơ quan khác",
}

# "Luật phí và lệ phí", "miễn một số khoản phí, lệ phí" name the subject of a rule, not the kind of this fee.
_GENERIC = re.compile(r"(?:miễn (?:một số )?khoản )?phí\s*(?:,|và)\s*lệ phí|lệ phí\s*(?:,|và)\s*phí|miễn phí")
_KINDS = (
    (FeeKind.APPRAISAL, re.compile(r"(?:phí\s+)?(?:thẩm định|thẩm tra)")),
    (FeeKind.CHARGE, re.compile(r"lệ phí")),
    (FeeKind.OTHER, re.compile(r"giá dịch vụ|luật giá|chi phí khác|giá hiện hành|pháp luật về giá")),
    (
        FeeKind.FEE,
        re.compile(
            r"(?<!lệ )\bphí (?:công bố|cấp|khai thác|cung cấp|sử dụng|đăng ký|sát hạch|kiểm dịch|kiểm tra"
            r"|xác minh|chứng thực|công chứng|hoạt động|duy trì)\b"
            r"|bản sao[^.;]*?(?<!lệ )\bphí\b(?! thẩm)"
        ),
    ),
)
# "Phí: 100.000 đồng/hồ sơ" may as well be one for appraising the dossier.
_BARE = re.compile(r"(?<!lệ )(?<!chi )(?<!thu )\bphí\b")
_SETTERS = (
    (FeeSetter.COUNCIL, re.compile(r"hội đồng nhân dân|hđnd")),
    (FeeSetter.FINANCE_MINISTRY, re.compile(r"bộ (?:trưởng bộ )?tài chính|tt-btc|tt/btc|/btc\b")),
    (FeeSetter.OTHER, re.compile(r"(?:ủy|uỷ) ban nhân dân|ubnd|/nđ-cp|chính phủ quy định")),
)


@dataclass(frozen=True, kw_only=True)
class Charged:
    """One thing to pay. kinds, setters: what it may be; several, or all, where the record does not say."""

    kinds: frozenset[FeeKind]
    setters: frozenset[FeeSetter]
    says_kind: bool
    says_setter: bool


def charged(method: Method) -> tuple[Charged, ...]:
    """What is paid when a dossier is handed in this way; () where nothing speaks of paying."""
    return tuple(_read(words) for words in _words(method))


def _words(method: Method) -> Iterator[str]:
    told = fee_sentences(method)
    for fee in method.fees:
        if not is_plainly_free(fee):
            yield f"{fee.text} {fee.note}"
    yield from told


def _read(words: str) -> Charged:
    plain = " ".join(words.lower().split())
    setters = frozenset(setter for setter, pattern in _SETTERS if pattern.search(plain))
    said, rest = _kinds(_GENERIC.sub(" ", plain))
    may_be = said | {FeeKind.FEE, FeeKind.APPRAISAL} if _BARE.search(rest) else said
    return Charged(
        kinds=may_be or frozenset(FeeKind),
        setters=setters or frozenset(FeeSetter),
        says_kind=bool(said) and said == may_be,
        says_setter=bool(setters),
    )


def _kinds(words: str) -> tuple[frozenset[FeeKind], str]:
    """The kinds that are named, and the words without them."""
    found = set()
    for kind, pattern in _KINDS:
        if pattern.search(words):
            found.add(kind)
            words = pattern.sub(" ", words)
    return frozenset(found), words
