"""The guide for the first day: short sections, each with the pages of the desk that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from web.desk.doors import DeskRequest, desk_page


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section. pages: the names of the addresses that it explains. Its words are a template."""

    slug: str
    title: str
    about: str
    pages: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"desk/guide/{self.slug}.html"


SECTIONS = (
    Section(
        slug="dang-nhap",
        title="Đăng nhập và bảo mật",
        about="Vào, ra, và vì sao không ai được hỏi mật khẩu của anh/chị.",
        pages=("account", "own-name", "own-password", "second-factor-setup", "backup-codes", "duty", "staff"),
    ),
    Section(
        slug="nhan-ho-so",
        title="Nhận một hồ sơ",
        about="Ai cần trước, và điều gì xảy ra khi hai người cùng nhận.",
        pages=("queue", "practice"),
    ),
    Section(
        slug="tra-loi",
        title="Trả lời có trích dẫn",
        about="Viết cho người dân, trích đúng quy định, gửi nhầm thì làm sao.",
        pages=("case", "mentions"),
    ),
    Section(
        slug="chuyen-hen-gop-dong",
        title="Chuyển, hẹn, gộp, đóng",
        about="Hồ sơ đi tiếp thế nào mà người dân không phải hỏi lại từ đầu.",
        pages=("labels",),
    ),
    Section(
        slug="phan-anh",
        title="Phản ánh",
        about="Việc người dân báo: tiếp nhận, trả lời, chuyển.",
        pages=("reports", "report", "report-sheets", "publications", "publication"),
    ),
    Section(
        slug="qua-han",
        title="Quá hạn",
        about="Hạn tính thế nào, và làm gì khi chưa có kết quả.",
        pages=("board", "figures", "figure-reports"),
    ),
    Section(slug="tim", title="Tìm", about="Một ô cho mọi thứ, không cần gõ dấu.", pages=("search",)),
    Section(slug="phim-tat", title="Phím tắt", about="Làm mọi việc mà không cần chuột."),
    Section(
        slug="khong-hoi-gi",
        title="Không được hỏi gì",
        about="Điều không bao giờ hỏi người dân, và khi họ tự gửi.",
        pages=("data-requests", "blocks"),
    ),
    Section(
        slug="khi-he-thong-loi",
        title="Khi hệ thống lỗi",
        about="Trang không tải, tin không đến, bị khoá, mất mạng.",
        pages=("deliveries", "channels"),
    ),
)
_BY_PAGE = {page: section for section in SECTIONS for page in section.pages}


def address_about(page: str) -> str:
    """Where the guide speaks of the page with this name; its first page where no section does."""
    section = _BY_PAGE.get(page)
    return reverse("desk:guide-section", args=[section.slug]) if section else reverse("desk:guide")


@desk_page("GET")
def show_all(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/guide/index.html", {"room": "guide", "sections": SECTIONS})


@desk_page("GET")
def show(request: DeskRequest, slug: str) -> HttpResponse:
    place = next((place for place, section in enumerate(SECTIONS) if section.slug == slug), None)
    if place is None:
        raise Http404
    context = {
        "room": "guide",
        "sections": SECTIONS,
        "section": SECTIONS[place],
        "before": SECTIONS[place - 1] if place else None,
        "after": SECTIONS[place + 1] if place + 1 < len(SECTIONS) else None,
    }
    return render(request, SECTIONS[place].template, context)
