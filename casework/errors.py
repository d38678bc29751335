"""Errors of casework/, each saying what to do.

CaseworkError
├── RegisterIsAppendOnly
├── NoUnitInCharge
├── RuleProblem
│   ├── NamesNothing
│   ├── PointsNowhere
│   └── RuleWithoutReason
├── NothingToJoin
├── BlockProblem
│   ├── NotASupervisor
│   ├── NoSuchReason
│   ├── AlreadyBlocked
│   └── BlockOver
├── CaseProblem
│   ├── CaseMovedOn
│   ├── CaseNotYours
│   ├── EmptyReply
│   ├── NoOutcome
│   ├── WordsUnsent
│   ├── NoReasonGiven
│   ├── CitizenWroteMeanwhile
│   ├── StillPresent
│   ├── AlreadyThere
│   ├── ComplainsOfThisUnit
│   ├── NobodyAtThatDesk
│   ├── NotForThisColleague
│   ├── NoWayBack
│   ├── NotAheadOrTooFar
│   ├── NotMergeable
│   ├── TooLateToUndo
│   └── DraftGone
├── AppointmentProblem: read by officials, so in their language
│   ├── AppointmentMovedOn
│   ├── AppointmentOver
│   ├── AppointmentStands
│   ├── NoSuchPlace
│   ├── NotThereThatDay
│   └── OutsideWorkingHours
├── NoteProblem: read by officials, so in their language
│   ├── EmptyNote
│   ├── NoSuchColleague
│   ├── NotForColleague
│   └── WordsErased
├── TemplateProblem: read by officials, so in their language
│   ├── NotYourTemplate
│   ├── TemplateIncomplete
│   ├── TemplateTaken
│   ├── UnfilledVariable
│   └── UnknownVariable
├── LabelProblem: read by officials, so in their language
│   ├── LabelTaken
│   ├── NoLabelName
│   ├── NoSuchLabel
│   └── NotALabeller
├── EntryProblem
│   ├── EntryIncomplete
│   ├── EntryInTheFuture
│   └── NumberOfAnother
├── RatingRefused
│   ├── NotYourCase
│   ├── NotYourReport
│   ├── AlreadyRated
│   └── NoSuchScore
├── PublicationProblem
│   ├── NotForThePublic
│   ├── NothingToShow
│   ├── NamesAPerson
│   ├── NoReasonNotToShow
│   └── PhotoGone
└── StepProblem
    ├── ReportMovedOn
    ├── NoSuchStep
    ├── ReasonMissing
    ├── NotOffered
    ├── NotToWhomItIsAbout
    ├── UnitTakesNoReports
    ├── NotTheSameMatter
    ├── OnlyOverseers
    ├── ReopenedTooOften
    └── TooLateToReopen
"""

from __future__ import annotations


class CaseworkError(Exception):
    """Unexpected error of casework/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class RegisterIsAppendOnly(CaseworkError):
    """The register is append-only: add a new entry that corrects the earlier one."""


class NoUnitInCharge(CaseworkError):
    """No unit oversees the one this report is about: give it a parent unit, then file the report again."""


class RuleProblem(CaseworkError):
    """This routing rule cannot be saved: look at what it says."""


class NamesNothing(RuleProblem):
    """A rule names a category of reports, a ward or commune, or both: choose from the lists."""


class PointsNowhere(RuleProblem):
    """This unit takes no reports and says no address: write where citizens should turn, then save."""


class RuleWithoutReason(RuleProblem):
    """Whoever comes later wants to know why: write the reason of this change in one line."""


class NothingToJoin(CaseworkError):
    """This report is not published, or done meanwhile: send one of your own."""


class BlockProblem(CaseworkError):
    """This block cannot be made or changed: load the page again and look."""


class NotASupervisor(BlockProblem):
    """Only a supervisor or an administrator may block somebody, or lift a block."""


class NoSuchReason(BlockProblem):
    """A block has one of the reasons and one of the durations offered: choose both."""


class AlreadyBlocked(BlockProblem):
    """Somebody has blocked this conversation already: lift that block first to change it."""


class BlockOver(BlockProblem):
    """This block is over, lifted, or its appeal was answered: load the page again."""


class CaseProblem(CaseworkError):
    """The case cannot take this action: load it again and look at its state."""


class CaseMovedOn(CaseProblem):
    """Someone else changed this case meanwhile: load it again before deciding."""


class CaseNotYours(CaseProblem):
    """Someone else has this case, or it is closed: load it again; claim it first if it waits."""


class EmptyReply(CaseProblem):
    """A reply needs words: write what the citizen should read."""


class NoOutcome(CaseProblem):
    """A case is closed with its outcome: say in one line how it ended."""


class WordsUnsent(CaseProblem):
    """Who closes the case wrote something here and has not sent it: send it, or close without sending it."""


class NoReasonGiven(CaseProblem):
    """Whoever comes later wants to know why: write the reason in one line."""


class CitizenWroteMeanwhile(CaseProblem):
    """The case changed since it was read: look at what is new, then close or merge it."""


class StillPresent(CaseProblem):
    """Its holder was here just now: wait until the lease is over, or ask a supervisor."""


class AlreadyThere(CaseProblem):
    """The case is there already: choose another unit or colleague."""


class ComplainsOfThisUnit(CaseProblem):
    """The citizen complains of this unit, or of one above it, in this conversation: choose another."""


class NobodyAtThatDesk(CaseProblem):
    """Nobody of this unit works at the desk: choose a unit that answers."""


class NotForThisColleague(CaseProblem):
    """This colleague may not see the case: transfer it to the colleague's unit, or choose another."""


class NoWayBack(CaseProblem):
    """The case was not passed on by another unit: transfer it by choosing one."""


class NotAheadOrTooFar(CaseProblem):
    """A case sleeps until a time ahead, within sixty days: choose one."""


class NotMergeable(CaseProblem):
    """A case goes on in another open one that you may see: look at its number."""


class TooLateToUndo(CaseProblem):
    """This reply is on its way: write another that puts it right."""


class DraftGone(CaseProblem):
    """This draft was sent, taken or emptied meanwhile: load the case again."""


class AppointmentProblem(CaseworkError):
    """Lịch hẹn chưa được lưu."""


class AppointmentMovedOn(AppointmentProblem):
    """Đồng nghiệp vừa đổi hoặc huỷ lịch hẹn này. Không có gì bị ghi đè; anh/chị xem lại rồi quyết định."""


class AppointmentOver(AppointmentProblem):
    """Lịch hẹn này đã qua, không đổi hay huỷ được nữa. Anh/chị hẹn lần khác nếu cần."""


class AppointmentStands(AppointmentProblem):
    """Hồ sơ này đã có một lịch hẹn. Anh/chị đổi giờ hoặc huỷ lịch ấy trước."""


class NoSuchPlace(AppointmentProblem):
    """Cơ quan chưa có phòng họp trực tuyến. Anh/chị chọn một điểm tiếp nhận."""


class NotThereThatDay(AppointmentProblem):
    """Điểm tiếp nhận này không làm việc ngày ấy. Anh/chị chọn ngày khác, hoặc hẹn ở điểm khác."""


class OutsideWorkingHours(AppointmentProblem):
    """Giờ hẹn phải ở phía trước, trong 60 ngày tới và trong giờ làm việc (cả 30 phút của cuộc hẹn)."""


class NoteProblem(CaseworkError):
    """Ghi chú chưa được lưu."""


class EmptyNote(NoteProblem):
    """Anh/chị viết ghi chú trước khi lưu."""


class NoSuchColleague(NoteProblem):
    """Không có đồng nghiệp nào tên đăng nhập như vậy."""


class NotForColleague(NoteProblem):
    """Đồng nghiệp này không xem được hồ sơ. Anh/chị bỏ tên, hoặc chuyển hồ sơ cho đơn vị ấy."""


class WordsErased(NoteProblem):
    """Dữ liệu của người dân này đã được xoá; không ghi thêm gì về họ."""


class TemplateProblem(CaseworkError):
    """Mẫu trả lời chưa được lưu."""


class NotYourTemplate(TemplateProblem):
    """Anh/chị chỉ đặt mẫu cho đơn vị mình phụ trách; mẫu dùng chung do tổ tiếp nhận trung tâm đặt."""


class TemplateIncomplete(TemplateProblem):
    """Mẫu cần có tên và nội dung."""


class TemplateTaken(TemplateProblem):
    """Đã có mẫu tên này: anh/chị đặt tên khác."""


class UnfilledVariable(TemplateProblem):
    """Còn chỗ chưa điền trong nội dung. Chưa có gì được gửi."""


class UnknownVariable(TemplateProblem):
    """Nội dung có biến không dùng được."""


class LabelProblem(CaseworkError):
    """Nhãn chưa được lưu."""


class LabelTaken(LabelProblem):
    """Đã có nhãn tên này. Nếu nhãn đã thôi dùng, anh/chị bấm “Dùng lại”."""


class NoLabelName(LabelProblem):
    """Anh/chị ghi tên nhãn."""


class NoSuchLabel(LabelProblem):
    """Nhãn này không còn dùng. Anh/chị chọn nhãn khác."""


class NotALabeller(LabelProblem):
    """Chỉ người phụ trách hoặc quản trị viên đặt tên nhãn."""


class EntryProblem(CaseworkError):
    """This entry in another system cannot be kept."""


class EntryIncomplete(EntryProblem):
    """An entry names the system, the number there and when: give all three, each at most 60 characters."""


class EntryInTheFuture(EntryProblem):
    """A report was entered elsewhere before now: correct the time."""


class NumberOfAnother(EntryProblem):
    """Another report has this number in that system: look which of the two it is."""


class RatingRefused(CaseworkError):
    """This rating cannot be kept."""


class NotYourCase(RatingRefused):
    """No closed case with this number belongs to this conversation: nothing to rate here."""


class NotYourReport(RatingRefused):
    """No report with this code was filed here, or it has no answer now: nothing to rate here."""


class AlreadyRated(RatingRefused):
    """This has been rated: the first rating stands."""


class NoSuchScore(RatingRefused):
    """A score is a whole number from 1 (not satisfied) to 5 (very satisfied)."""


class PublicationProblem(CaseworkError):
    """This cannot be shown to the public: look at the report and at what was to be shown."""


class NotForThePublic(PublicationProblem):
    """A report is shown once the office has taken it in: take it in first."""


class NothingToShow(PublicationProblem):
    """What the public reads needs words: write them, or decide that nothing is shown."""


class NamesAPerson(PublicationProblem):
    """A person may be known by these words; a report on service or rules names nobody: take the name out."""


class NoReasonNotToShow(PublicationProblem):
    """Not to show a report is a decision with a reason: choose or write it."""


class PhotoGone(PublicationProblem):
    """This photo is not among the report's any more: load the page again and choose anew."""


class StepProblem(CaseworkError):
    """The report cannot take this step: load it again and look at its state."""


class ReportMovedOn(StepProblem):
    """Someone else moved this report meanwhile: load it again before deciding."""


class NoSuchStep(StepProblem):
    """A report does not go from its present state to the one asked for: choose one of its next states."""


class ReasonMissing(StepProblem):
    """This act needs words that say what or why: write them."""


class NotOffered(StepProblem):
    """Level, category, outcome and reason are each one of those offered: choose one."""


class NotToWhomItIsAbout(StepProblem):
    """A report on service never goes to the unit it is about: choose the unit that oversees it."""


class UnitTakesNoReports(StepProblem):
    """This unit takes no reports from here: refuse the report with its address, or choose another unit."""


class NotTheSameMatter(StepProblem):
    """Only open reports of one kind, about the same unit if about service, are merged: choose another one."""


class OnlyOverseers(StepProblem):
    """Only a supervisor or an administrator may split off a merged report: ask one."""


class ReopenedTooOften(StepProblem):
    """This report was reopened as often as it may be: file a new one, or call the office."""


class TooLateToReopen(StepProblem):
    """The days in which this report could be reopened are over: file a new one."""
