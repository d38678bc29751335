"""Contents for the tests of this room: one plain procedure to change, and strategies for wild ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from knowledge_base.article import ArticleContent, Link, Section
from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Lead,
    LegalBasis,
    Method,
    MethodKind,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
    Remark,
    Signpost,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.parts import present_parts
from knowledge_base.sources.entries import entry

OFFICIAL = Provenance(
    origin=Origin.OFFICIAL,
    decision="163/QĐ-BTP",
    url="https://dichvucong.gov.vn/x",
    date="2026-07",
    reviewed=False,
    record="a" * 64,
)
STARTER = replace(OFFICIAL, origin=Origin.STARTER, record="b" * 64)

SEVEN_DAYS = TimeLimit(text="7 Ngày làm việc", value=7, unit=TimeUnit.WORKING_DAY)
FREE = Fee(text="Miễn phí")


def method(kind: MethodKind = MethodKind.COUNTER, **changes: Any) -> Method:
    return replace(Method(kind=kind, time=SEVEN_DAYS, fees=(FREE,)), **changes)


def procedure(source: Provenance = OFFICIAL, **changes: Any) -> ProcedureContent:
    """A small whole procedure; each non-empty part has the given source."""
    content = ProcedureContent(
        code="1.004222",
        title="Đăng ký thường trú",
        field="Cư trú",
        decision="163/QĐ-BTP",
        url="https://dichvucong.gov.vn/x",
        levels=("Cấp xã",),
        audience=("Công dân Việt Nam",),
        aliases=(),
        lead=None,
        agencies=("Công an cấp xã",),
        receiving_address="",
        methods=(method(),),
        documents=(
            DocumentGroup(
                heading="",
                documents=(Document(text="Tờ khai CT01", originals=1, form="ct01.docx"),),
                edited=False,
            ),
        ),
        steps="Bước 1: nộp hồ sơ.",
        conditions="",
        result="Thông báo",
        forms=("ct01.docx",),
        legal_basis=(LegalBasis(title="Luật Cư trú", number="68/2020/QH14"),),
        updated="2026-07",
        provenance={},
    )
    content = replace(content, **changes)
    return replace(content, provenance={part.value: source for part in present_parts(content)})


def known_only(source: Provenance = STARTER, **changes: Any) -> ProcedureContent:
    """A catalogue entry."""
    content = entry(
        code="cat-karaoke-01",
        title="Cấp giấy phép đủ điều kiện kinh doanh dịch vụ karaoke",
        field="Văn hóa cơ sở",
        aliases=("mở quán karaoke", "giấy phép quán hát"),
        agencies=("Sở Văn hóa và Thể thao",),
        url="https://bvhttdl.gov.vn",
        signpost=Signpost(place="Bộ Văn hóa, Thể thao và Du lịch"),
        source=source,
    )
    return replace(content, **changes)


def article(source: Provenance = STARTER, **changes: Any) -> ArticleContent:
    """Three sections: what it is, what it costs, where to ask."""
    sections = (
        Section(key="la-gi", heading="iParking là gì", text="Ứng dụng tìm chỗ đỗ ô tô, thí điểm từ 2017."),
        Section(
            key="gia",
            heading="Giá gửi xe",
            text="Hai giờ đầu 25.000 đồng.\nTừ giờ thứ 3 tính lũy tiến.",
            aliases=("bao nhiêu tiền",),
            about=PartName.FEE,
        ),
        Section(key="hoi-o-dau", heading="Hỏi ở đâu", text="Tổng đài 024.1022.", about=PartName.WHERE),
    )
    content = ArticleContent(
        code="art-iparking",
        title="Ứng dụng trông giữ xe iParking",
        field="Hướng dẫn chung",
        levels=("Cấp xã",),
        audience=("Công dân Việt Nam",),
        aliases=("đỗ xe thông minh",),
        lead=Lead(text="Tìm chỗ đỗ ô tô và trả tiền qua điện thoại.", provenance=source),
        sections=sections,
        links=(Link(label="Trang của Thành phố", url="https://hanoi.gov.vn"),),
        related=("1.004222",),
        valid_from="",
        valid_to="",
        updated="2026-07",
        provenance={section.key: source for section in sections},
    )
    return replace(content, **changes)


_words = st.text(
    alphabet=st.sampled_from(list("aăđếưbcXYZ 0123456789.,;:-()/\n“”")), min_size=0, max_size=160
).map(str.strip)
_counts = st.none() | st.integers(min_value=0, max_value=40)
_notes = _words | st.just("50.000 đồng/giấy") | st.just("Không quy định") | st.just("do HĐND quyết định")

fees = st.builds(
    Fee,
    text=_words | st.just("Miễn phí") | st.just("20,000 Việt Nam Đồng"),
    amount=st.none() | st.just(20000),
    note=_notes,
)
times = st.builds(TimeLimit, text=_words) | st.just(SEVEN_DAYS) | st.just(TimeLimit(text="1"))
methods = st.builds(
    Method,
    kind=st.sampled_from(MethodKind),
    time=times,
    fees=st.lists(fees, max_size=3).map(tuple),
    note=_words,
)
documents = st.builds(
    Document, text=_words.filter(bool), condition=_words, originals=_counts, copies=_counts, form=_words
)
groups = st.builds(
    DocumentGroup, heading=_words, documents=st.lists(documents, max_size=6).map(tuple), edited=st.booleans()
)
sources = st.builds(
    Provenance,
    origin=st.sampled_from(Origin),
    decision=_words,
    url=_words,
    date=st.just("2026-07-01"),
    reviewed=st.booleans(),
)


@st.composite
def procedures(draw: st.DrawFn) -> ProcedureContent:
    """Any content that the types allow, with long, empty and odd texts."""
    long_words = st.lists(_words, max_size=12).map("\n".join)
    return procedure(
        draw(sources),
        title=draw(_words.filter(bool)),
        lead=draw(st.none() | st.builds(Lead, text=_words.filter(bool), provenance=sources)),
        agencies=draw(st.lists(_words.filter(bool), max_size=3).map(tuple)),
        receiving_address=draw(_words),
        methods=draw(st.lists(methods, max_size=4).map(tuple)),
        documents=draw(st.lists(groups, max_size=4).map(tuple)),
        steps=draw(long_words),
        conditions=draw(long_words),
        result=draw(_words),
        forms=draw(st.lists(_words.filter(bool), max_size=3).map(tuple)),
        legal_basis=draw(
            st.lists(st.builds(LegalBasis, title=_words.filter(bool), number=_words), max_size=4).map(tuple)
        ),
        flags=draw(st.sampled_from([(), ("fee_amount_doubtful",), ("time_without_unit",)])),
        remarks=draw(st.lists(st.builds(Remark, heading=_words, text=_words), max_size=2).map(tuple)),
    )


_sections = st.builds(
    Section, key=st.just(""), heading=_words, text=_words, about=st.none() | st.sampled_from(list(PartName))
)


@st.composite
def articles(draw: st.DrawFn) -> ArticleContent:
    """Sections of wild words and figures."""
    drawn = draw(st.lists(_sections, min_size=1, max_size=3))
    sections = tuple(replace(section, key=f"muc-{number}") for number, section in enumerate(drawn))
    return article(sections=sections, provenance={section.key: STARTER for section in sections})
