"""Errors of office/, each saying what to do.

OfficeError
├── AccountProblem: read by whoever acts, so in their language
│   ├── AccountMovedOn
│   ├── LastAdministrator
│   ├── LinkGone
│   ├── NameTaken
│   ├── NoSuchPerson
│   ├── NotOneself
│   ├── ReasonMissing
│   ├── UnitMissing
│   ├── WrongAddress
│   └── WrongName
├── ApiKeyWithoutName: these three are read by operators, so in their language
├── BrokenPlaceList
├── BrokenSheet
├── DossierLocked
├── DossierNotShown
├── DossierSystemUnavailable
├── EntranceNamesNothing
├── NoDemonstrationHere
├── RegisterIsAppendOnly
├── SettingProblem: read by administrators, so in their language
│   ├── DeclaredTwice
│   ├── NoSuchSetting
│   ├── SettingMovedOn
│   ├── SourceMissing
│   └── WrongSettingValue
└── UnitProblem
    ├── GoesInACircle
    └── NoSignpost
"""

from __future__ import annotations


class OfficeError(Exception):
    """Unexpected error of office/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class RegisterIsAppendOnly(OfficeError):
    """The register is append-only: add a new entry that corrects the earlier one."""


class AccountProblem(OfficeError):
    """Tài khoản chưa được thay đổi."""


class AccountMovedOn(AccountProblem):
    """Người khác vừa đổi tài khoản này. Anh/chị xem lại rồi quyết định."""


class LastAdministrator(AccountProblem):
    """Đây là quản trị viên cuối cùng. Anh/chị giao vai trò quản trị cho một người khác trước."""


class LinkGone(AccountProblem):
    """Liên kết này đã dùng, đã hết hạn hoặc đã được thay. Anh/chị xin quản trị viên liên kết mới."""


class NameTaken(AccountProblem):
    """Tên đăng nhập này đã có người dùng. Anh/chị chọn tên khác."""


class NoSuchPerson(AccountProblem):
    """Anh/chị không quản lý tài khoản này."""


class NotOneself(AccountProblem):
    """Không ai tự đổi vai trò, đơn vị hay tự tắt tài khoản của mình. Xin nhờ một quản trị viên khác."""


class ReasonMissing(AccountProblem):
    """Anh/chị ghi lý do. Lý do vào sổ theo dõi."""


class UnitMissing(AccountProblem):
    """Cán bộ trực và phụ trách cần ít nhất một đơn vị: họ chỉ thấy việc của đơn vị mình."""


class WrongAddress(AccountProblem):
    """Thư điện tử có dạng ten@hanoi.gov.vn."""


class WrongName(AccountProblem):
    """Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _, không có khoảng trắng, nhiều nhất 60 ký tự."""


class ApiKeyWithoutName(OfficeError):
    """Khoá cần một tên để biết hệ thống nào dùng, ví dụ "iHanoi, thử nghiệm"."""


class BrokenPlaceList(OfficeError):
    """Danh sách không dùng được. Anh/chị sửa tệp rồi chạy lại lệnh."""


class NoDemonstrationHere(OfficeError):
    """Production has no demonstration accounts: invite each person with
    `motcua office invite NAME --role …`, or at /desk/staff/."""


class BrokenSheet(OfficeError):
    """Tệp không mở được như một bảng tính. Anh/chị lưu lại dưới dạng .xlsx."""


class DossierLocked(OfficeError):
    """Proofs for this dossier were guessed at too often: try again in an hour."""


class DossierNotShown(OfficeError):
    """The dossier system has no such dossier, or not for this asker: check the code and the proof."""


class DossierSystemUnavailable(OfficeError):
    """The dossier system does not answer as the contract says: ask again later, and show the other ways."""


class EntranceNamesNothing(OfficeError):
    """An entrance leads to a ward or to a procedure: name one of the two."""


class SettingProblem(OfficeError):
    """Cài đặt chưa được thay đổi."""


class DeclaredTwice(SettingProblem):
    """Two modules declare a setting of the same name: import it from the one that uses it."""


class NoSuchSetting(SettingProblem):
    """Không có cài đặt này. Xem tên bằng lệnh motcua settings list."""


class SettingMovedOn(SettingProblem):
    """Người khác vừa đổi cài đặt này. Anh/chị xem lại giá trị hiện nay rồi quyết định."""


class SourceMissing(SettingProblem):
    """Ghi nguồn: số quyết định, hoặc ai quyết định và vì sao. Nguồn hiện cạnh giá trị và vào sổ theo dõi."""


class WrongSettingValue(SettingProblem):
    """Giá trị này không dùng được."""


class UnitProblem(OfficeError):
    """This cannot be said of a unit: look at what it is to be."""


class GoesInACircle(UnitProblem):
    """A unit cannot be overseen by itself or by a unit below it: choose one above it."""


class NoSignpost(UnitProblem):
    """A unit that takes no reports needs words that tell citizens where to turn: write them."""
