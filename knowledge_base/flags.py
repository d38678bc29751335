"""What an editor must look at in a content: words on a list, never a change to the content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from knowledge_base.content import Fee, Method, ProcedureContent
from nlu.text import fold

FLAG_LABELS = {
    "stale_district_level": "Còn nhắc cấp huyện, cấp này đã bỏ từ 01/7/2025",
    "fee_note_contradicts": "Ô lệ phí ghi “Miễn phí” nhưng ghi chú nêu mức phí",
    "fee_note_unclear": "Ô lệ phí ghi “Miễn phí” nhưng ghi chú dẫn quy định thu phí",
    "fee_in_description": "Phần mô tả cách nộp có nêu phí, ô lệ phí thì không",
    "fee_left_to_council": "Mức phí do Hội đồng nhân dân cấp tỉnh quyết định",
    "fee_beside_a_tax": "Ô lệ phí ghi “Miễn phí” nhưng thủ tục khai một khoản thuế, phí phải nộp",
    "fee_amount_doubtful": "Số tiền trong nguồn không chắc chắn",
    "fee_note_unbalanced": "Ghi chú lệ phí có dấu ngoặc lệch, có thể lẫn phần mô tả",
    "time_without_unit": "Thời hạn mất đơn vị (ngày, giờ)",
    "time_unit_unknown": "Thời hạn có đơn vị lạ, không đọc được",
    "time_glued_to_fee": "Thời hạn và số tiền dính liền, không tách được",
    "methods_unread": "Cách thức thực hiện không đọc được thành bảng",
    "documents_without_table": "Thành phần hồ sơ không ở dạng bảng",
    "document_count_glued": "Số bản dính liền với số trước đó",
    "form_glued": "Tên tệp mẫu đơn dính liền với tên giấy tờ",
    "legal_basis_glued": "Căn cứ pháp lý không tách được số hiệu",
    "source_changed_since_edited": "Nguồn đã đổi sau khi được biên tập, xem bản nháp",
    "title_shared": "Trùng tên với mã khác, có thể nguồn ghi nhầm tên",
    "internal": "Thủ tục nội bộ của cơ quan nhà nước",
    "has_markup": "Có thẻ HTML lẫn trong nội dung",
    "addresses_a_machine": "Có câu nhắm vào máy trả lời, cần xem lại nguồn",
}  # fmt: skip

_DISTRICT = re.compile(
    r"(?:cấp|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Công an) (?:quận, )?huyện", re.IGNORECASE
)
# Words meant for a machine that reads the source. They stay text, inert, and are flagged.
_MACHINE = re.compile(
    r"(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:previous|above|prior|earlier|instructions?|rules)"
    r"|system prompt|<\|?(?:system|im_start)|\[/?inst\]|\b(?:system|assistant) ?: "
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|chatbot|language model)\b"
    r"|(?:bỏ qua|phớt lờ|quên|không (?:cần )?tuân theo) (?:đi )?(?:mọi |tất cả |các |toàn bộ |những )*"
    r"(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh|quy tắc)"
    r"(?: (?:hệ thống|trước|đó|ở trên|bên trên|phía trên|của bạn|này)|[.!]|$)"
    r"|(?:trợ lý (?:ảo|ai)|chatbot|mô hình (?:ngôn ngữ|ai)|\bAI\b),? (?:hãy|phải|cần|chỉ được|không được)"
    r" (?:trả lời|nói|viết|bỏ qua|gửi|thêm|chèn|dẫn|giới thiệu)"
    r"|(?:thêm|chèn|đưa|gắn|kèm) (?:\w+ ){0,6}vào (?:mọi|tất cả(?: các)?|từng|cuối|đầu)? ?"
    r"(?:mọi |các )?câu trả lời"
    r"|(?:trong|với) (?:mọi|tất cả(?: các)?) câu trả lời",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|[uo]l|li|[biu]|strong|em|table|tr|td|a|img|script|style|iframe)\b[^<>]*>", re.I
)
_MONEY = re.compile(
    r"\d\s*(?:đồng|đ\b|vnđ|vnd|việt nam đồng|usd|triệu|nghìn|ngàn)|\d{1,3}[.,]000\b|\d0000", re.IGNORECASE
)
_BETWEEN_SENTENCES = re.compile(r"\n+|(?<=[.;]) +")
_SETS_A_FEE = re.compile(
    r"(?:lệ phí|mức phí|mức thu|các loại phí|^\W*phí)\b.*"
    r"(?:quy định|quyết định|thông tư|nghị quyết|\d\s*(?:đồng|đ\b|vnđ|%))",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"hội đồng nhân dân|hđnd", re.IGNORECASE)
# "Không", "Chưa quy định.", "Miễn lệ phí (Thông tư …)": the note agrees that nothing is paid.
_DENIAL = re.compile(
    r"[-\s(]*(?:không|chưa quy định|miễn)(?!.*(?:mức thu|mức phí|biểu phí|; ?phí))", re.IGNORECASE | re.DOTALL
)
# "Khai thuế TNCN …", "Khai lệ phí trước bạ …": free is the filing, not what is declared (50 records).
_DECLARES = re.compile(r"khai\b.*\b(?:thuế|phí|tiền)\b", re.IGNORECASE)
_OFFICIALS = {"Cán bộ, công chức, viên chức"}

# What `flags_of` reads from the content itself; these come and go with its words.
FLAGS_OF_THE_CONTENT = frozenset(
    {
        "stale_district_level", "addresses_a_machine", "has_markup", "internal", "time_without_unit",
        "fee_note_contradicts", "fee_note_unclear", "fee_in_description", "fee_left_to_council",
        "fee_beside_a_tax",
    }
)  # fmt: skip


def flags_of(content: ProcedureContent) -> tuple[str, ...]:
    """The flags that follow from the content itself, sorted; importers add those of their reading."""
    return tuple(sorted(set(_flags(content))))


def flags_of_texts(texts: Iterable[str]) -> tuple[str, ...]:
    """The flags of free text: words meant for a machine, and markup; sorted."""
    words = "\n".join(texts)
    found = {"addresses_a_machine": _MACHINE.search(words), "has_markup": _MARKUP.search(words)}
    return tuple(sorted(flag for flag, place in found.items() if place))


def sharing_a_title(titles: Mapping[str, str]) -> frozenset[str]:
    """The codes whose title another code carries too; 2.001428 and three more have one wrong title."""
    counts = Counter(fold(title) for title in titles.values())
    return frozenset(code for code, title in titles.items() if counts[fold(title)] > 1)


def contradicts(fee: Fee) -> bool:
    """Whether the cell says "Miễn phí" while the note beside it gives a fee or leaves it to the council."""
    is_free = fee.text.strip().lower().startswith("miễn phí")
    return is_free and bool(_MONEY.search(fee.note) or _COUNCIL.search(fee.note))


def unclear(fee: Fee) -> bool:
    """Whether "Miễn phí" stands beside a note that neither denies a fee nor gives one ("theo Thông tư…")."""
    is_free = fee.text.strip().lower().startswith("miễn phí")
    return is_free and bool(fee.note) and not contradicts(fee) and not _DENIAL.match(fee.note)


def is_plainly_free(fee: Fee) -> bool:
    """Whether nothing in the cell or its note speaks of paying."""
    is_free = fee.text.strip().lower().startswith("miễn phí")
    return is_free and not contradicts(fee) and not unclear(fee)


def declares_a_tax(content: ProcedureContent) -> bool:
    """Whether a tax or a charge is declared to the tax office, so that "Miễn phí" is not all to pay."""
    return content.field.lower() == "thuế" and bool(_DECLARES.match(content.title))


def fee_sentences(method: Method) -> tuple[str, ...]:
    """The sentences of a method's description that set a fee; 1.011441 says it there and nowhere else."""
    sentences = _BETWEEN_SENTENCES.split(method.note)
    return tuple(sentence for sentence in sentences if _SETS_A_FEE.search(sentence))


def left_to_council(fee: Fee) -> bool:
    """Whether the provincial council sets the amount (76 records of the portal say so)."""
    return bool(_COUNCIL.search(f"{fee.text} {fee.note}"))


def only_left_to_council(fee: Fee) -> bool:
    """Whether the note gives no sum of its own beside leaving the amount to the council."""
    return left_to_council(fee) and not _MONEY.search(fee.note)


def time_lost_its_unit(text: str) -> bool:
    """Whether a time limit is a bare number: the portal printed "1" for the same day or one day."""
    return text.strip().isdecimal()


def _flags(content: ProcedureContent) -> Iterator[str]:
    words = "\n".join(_texts(content))
    if _DISTRICT.search(words):
        yield "stale_district_level"
    yield from flags_of_texts([words])
    if set(content.audience) == _OFFICIALS or "nội bộ" in content.title.lower():
        yield "internal"
    if any(time_lost_its_unit(method.time.text) for method in content.methods):
        yield "time_without_unit"
    fees = [fee for method in content.methods for fee in method.fees]
    if any(contradicts(fee) for fee in fees):
        yield "fee_note_contradicts"
    if any(unclear(fee) for fee in fees):
        yield "fee_note_unclear"
    if declares_a_tax(content) and any(is_plainly_free(fee) for fee in fees):
        yield "fee_beside_a_tax"
    told = [sentence for method in content.methods for sentence in fee_sentences(method)]
    if told:
        yield "fee_in_description"
    if any(left_to_council(fee) for fee in fees) or any(_COUNCIL.search(sentence) for sentence in told):
        yield "fee_left_to_council"


def _texts(content: ProcedureContent) -> Iterator[str]:
    """Every word a reader or an answer may come by."""
    yield from (content.title, content.field, content.steps, content.conditions, content.result)
    yield from (content.receiving_address, *content.agencies, *content.audience, *content.aliases)
    yield from (content.lead.text if content.lead else "", *content.forms)
    for method in content.methods:
        yield from (method.note, method.time.text)
        for fee in method.fees:
            yield from (fee.kind, fee.text, fee.note)
    for group in content.documents:
        yield group.heading
        for document in group.documents:
            yield from (document.text, document.condition, document.form)
    for law in content.legal_basis:
        yield from (law.title, law.number)
    for file in content.attachments:
        yield from (file.name, file.path)
    for remark in content.remarks:
        yield from (remark.heading, remark.text)
