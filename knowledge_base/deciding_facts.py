"""Deciding facts: what a citizen can say in one word that tells variants of a procedure apart.

"Đăng ký kết hôn" and "Đăng ký kết hôn có yếu tố nước ngoài" are one matter; which of the two it is depends on
a fact that the citizen knows and the long titles hide. The facts are data: question, buttons, and the words
of titles and of messages that name a side. Titles are those of the national base (reference "domain",
"Variants"); the questions are ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: What a citizen who cannot tell is remembered to have said: the fact is not asked again.
UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One answer to a fact. label: on its button. differs: after "Như mục 1, " in a list of siblings.

    named: pattern of a title, as folded syllables, that is on this side, with the words that say so.
    told: pattern of a message, the same way, that says so beyond doubt.
    """

    key: str
    label: str
    differs: str
    named: re.Pattern[str] | None = None
    told: re.Pattern[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A question with a few sides, in the order of their buttons.

    otherwise: key of the side of a title that names none; "" where such a title does not say.
    """

    key: str
    question: str
    sides: tuple[Side, ...]
    otherwise: str = ""

    def side(self, key: str) -> Side | None:
        """The side of that key, None for UNCLEAR and for a key of another version."""
        return next((side for side in self.sides if side.key == key), None)


def _side(key: str, label: str, differs: str, *, named: str = "", told: str = "") -> Side:
    return Side(
        key=key,
        label=label,
        differs=differs,
        named=re.compile(rf"\b(?:{named})\b") if named else None,
        told=re.compile(rf"\b(?:{told})\b") if told else None,
    )


FACTS = (
    Fact(
        key="foreign",
        question="Trong việc này có ai là người nước ngoài, hoặc người Việt Nam định cư ở nước ngoài không?",
        # What tells it is read by nlu.entities.people, see variations.told.
        sides=(
            _side("yes", "Có", "có yếu tố nước ngoài", named="co yeu to nuoc ngoai"),
            _side("no", "Không", "không có yếu tố nước ngoài", named="(?<=nuoi con nuoi )trong nuoc"),
        ),
        otherwise="no",
    ),
    Fact(
        key="border",
        question="Anh/chị có thường trú ở xã biên giới không?",
        sides=(
            _side("yes", "Có", "tại khu vực biên giới", named="tai khu vuc bien gioi", told="bien gioi"),
            _side("no", "Không", "không ở khu vực biên giới"),
        ),
        otherwise="no",
    ),
    Fact(
        key="mobile",
        question="Anh/chị có cần cán bộ đến tận nơi để đăng ký (đăng ký lưu động) không?",
        sides=(
            _side(
                "yes",
                "Có",
                "cán bộ đến tận nơi (lưu động)",
                named="luu dong",
                told="luu dong|(?:den|tai) tan (?:nha|noi)",
            ),
            _side("no", "Không", "đăng ký tại trụ sở"),
        ),
        otherwise="no",
    ),
    Fact(
        key="parentage",
        question="Anh/chị có cần làm luôn việc nhận cha, mẹ, con không?",
        sides=(
            _side(
                "yes",
                "Có",
                "làm luôn việc nhận cha, mẹ, con",
                named="ket hop dang ky nhan cha me con",
                told="nhan (?:cha|bo|me) (?:me )?con|nhan cha|ket hop nhan",
            ),
            _side("no", "Không", "không kèm nhận cha, mẹ, con"),
        ),
        otherwise="no",
    ),
    Fact(
        key="own_papers",
        question="Người cần khai sinh đã có hồ sơ, giấy tờ cá nhân chưa?",
        sides=(
            _side(
                "yes",
                "Đã có",
                "cho người đã có hồ sơ, giấy tờ cá nhân",
                named="cho nguoi da co ho so giay to ca nhan",
                told="da co (?:ho so|giay to) (?:giay to )?ca nhan",
            ),
            _side("no", "Chưa có", "cho người chưa có giấy tờ cá nhân", told="moi sinh|moi de|so sinh"),
        ),
        otherwise="no",
    ),
    Fact(
        key="age",
        question="Anh/chị làm cho người bao nhiêu tuổi?",
        sides=(
            _side(
                "under_14",
                "Dưới 14 tuổi",
                "cho người dưới 14 tuổi",
                named="cho nguoi duoi 14 tuoi",
                told="duoi 14",
            ),
            _side(
                "from_14",
                "Từ đủ 14 tuổi",
                "cho người từ đủ 14 tuổi",
                named="cho nguoi tu du 14 tuoi tro len",
                told="(?:tu|tren|du|hon) (?:du )?14",
            ),
        ),
    ),
    Fact(
        key="applicant",
        question="Anh/chị làm cho cá nhân hay cho tổ chức, công ty?",
        sides=(
            _side(
                "person",
                "Cá nhân",
                "cho cá nhân",
                named="doi voi (?:nguoi nop thue la )?ca nhan(?: nguoi phu thuoc)?$",
                told="(?:cho|la|voi|tu cach) ca nhan|ca nhan (?:toi|em|minh|thoi)|nguoi phu thuoc",
            ),
            _side(
                "organisation",
                "Tổ chức, công ty",
                "cho tổ chức",
                named="doi voi (?:nguoi nop thue la )?to chuc(?: tru truong hop.*)?$",
                told=r"(?:cho|la|cua|ben) (?:\w+ )?(?:to chuc|cong ty|doanh nghiep|hop tac xa)"
                "|cong ty (?:toi|em|minh)",
            ),
        ),
    ),
    Fact(
        key="online",
        question="Anh/chị muốn làm toàn bộ qua mạng không?",
        sides=(
            _side(
                "yes",
                "Có, qua mạng",
                "làm toàn bộ qua mạng",
                named="(?:thuc hien )?bang dich vu cong (?:truc tuyen )?toan trinh",
                told="qua mang|online|truc tuyen|tren mang",
            ),
            _side(
                "no",
                "Không, đến nơi nộp",
                "nộp tại nơi tiếp nhận",
                named="(?:thuc hien )?bang dich vu cong (?:truc tuyen )?mot phan(?: hoac truc tiep)?"
                "(?: thuc hien tai cap trung uong cap tinh cap xa)?",
                told="truc tiep|(?:den|ra|len) (?:tan )?(?:noi|phuong|xa|cong an)",
            ),
        ),
    ),
    Fact(
        key="level",
        question="Anh/chị muốn làm ở cấp nào?",
        sides=(
            _side(
                "commune",
                "Phường, xã",
                "làm ở phường, xã",
                named="(?:thuc hien )?(?:tai|o) (?:cong an )?cap xa",
            ),
            _side(
                "province",
                "Tỉnh, thành phố",
                "làm ở cấp tỉnh, thành phố",
                named="(?:thuc hien )?(?:tai|o) (?:cong an )?cap tinh",
                told="cap tinh|cong an (?:tinh|thanh pho)",
            ),
            _side(
                "ministry",
                "Bộ, trung ương",
                "làm ở bộ, trung ương",
                named="(?:thuc hien )?(?:tai|o) cap (?:trung uong|bo)"
                "|tai cuc quan ly xuat nhap canh(?: bo cong an)?",
                told="trung uong|cap bo|cuc quan ly",
            ),
        ),
    ),
    Fact(
        key="act",
        question="Anh/chị làm lần đầu, hay việc này đã làm trước đây rồi?",
        sides=(
            _side(
                "first",
                "Làm lần đầu",
                "làm lần đầu",
                told="lan dau|chua (?:lam|co|tung|dang ky) (?:bao gio|lan nao)",
            ),
            _side(
                "again",
                "Làm lại (đã mất, hỏng…)",
                "làm lại",
                named="^(?:dang ky|cap|giai quyet) lai",
                told="(?:dang ky|cap|lam|xin) lai(?! xe)|(?:bi|lam|danh) mat(?! (?:bao|may|thoi|phi|tien|gi))"
                "|that lac|bi (?:hong|rach|chay)",
            ),
            _side(
                "change",
                "Đổi, sửa thông tin",
                "đổi, sửa thông tin",
                named="^(?:cap doi|doi|cap dieu chinh|dieu chinh|dang ky thay doi|thay doi|sua doi)",
                told="(?:cap|xin|lam) doi|doi (?:the|bang|giay|so|ten)|dieu chinh|cai chinh|dinh chinh",
            ),
            _side("extend", "Gia hạn", "gia hạn", named="^(?:cap )?gia han", told="gia han|(?:sap )?het han"),
            _side(
                "end",
                "Chấm dứt, xóa",
                "chấm dứt, xóa",
                named="^(?:xoa dang ky|dang ky cham dut|cham dut hoat dong|cham dut|xoa|huy|thu hoi)",
                told="cham dut|xoa dang ky|thu hoi",
            ),
        ),
        otherwise="first",
    ),
)
FACT_OF_KEY: Mapping[str, Fact] = {fact.key: fact for fact in FACTS}
