"""The composer of a case: what an official writes to the citizen, on its way to being sent."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from casework import cases, drafts
from casework.errors import CaseNotYours, EmptyReply, UnfilledVariable
from casework.models import Case
from casework.notices import NUMBER_ASKED
from conversations.documents import MAX_BYTES, keep_document, sent
from conversations.errors import FileRefused
from conversations.messages import SentFile
from conversations.models import Attachment
from web.desk.case_gone import words_kept_if_gone
from web.desk.cases import case_of, context_of, shown_again, why_not
from web.desk.composing import Composing, changed, composing_of, with_template
from web.desk.doors import DeskRequest, desk_page
from web.desk.foreign_links import link_warning
from web.desk.fragments import is_refresh
from web.desk.kept_words import case_act, keep_note, was_sent_already

NO_WORDS = "Anh/chị viết câu trả lời trước khi gửi."
NO_SUCH_FILE = (
    "Tệp này không gửi được: chỉ PDF, Word (.docx) không có macro hoặc ảnh, tối đa 5 MB. Lời trả lời chưa "
    "được gửi, vẫn còn ở ô dưới."
)
LOST = "Hồ sơ này không còn do anh/chị phụ trách. Nội dung vừa soạn chưa được gửi."


@desk_page("POST")
@words_kept_if_gone
def compose(request: DeskRequest, number: str) -> HttpResponse:
    """A button of the composer: nothing is sent, and nothing typed or chosen is lost."""
    case = case_of(request, number)
    keep_note(request, case)
    composing, do = composing_of(request, case), request.POST.get("do", "")
    if do == "template":
        composing = with_template(composing, case, request.user, request.POST.get("template", ""))
    else:
        composing = changed(composing, case, do)
    drafts.save(case, request.user, composing.text, quoted=drafts.named(composing.quoted))
    if is_refresh(request):
        return render(request, "desk/_composing.html", context_of(request, case, composing=composing))
    return shown_again(request, number, status=200, composing=composing)


@desk_page("POST")
@words_kept_if_gone
def reply(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    keep_note(request, case)
    composing = composing_of(request, case)
    if was_sent_already(request, case, composing):
        return redirect("desk:case", number=number)
    if composing.problem:
        return shown_again(request, number, composing=composing, status=409)
    if warned := link_warning(request, composing.text):
        return shown_again(request, number, composing=composing, status=409, **warned)
    try:
        _send(request, case, composing)
    except EmptyReply:
        return _refused(request, case, composing, NO_WORDS, status=400)
    except UnfilledVariable as problem:
        return _refused(request, case, composing, str(problem), status=400)
    except FileRefused:
        return _refused(request, case, composing, NO_SUCH_FILE, status=400)
    except CaseNotYours:
        return _refused(request, case, composing, LOST, status=409)
    return redirect("desk:case", number=number)


def _refused(request: DeskRequest, case: Case, composing: Composing, why: str, **more: Any) -> HttpResponse:
    return shown_again(request, case.number, composing=composing, reply_problem=why, **more)


def _send(request: DeskRequest, case: Case, composing: Composing) -> None:
    """The words, and the file with them: both or none."""
    upload = request.FILES.get("file")
    with transaction.atomic():
        files = (*_files_again(request, case), *((sent(_kept(case, upload)),) if upload else ()))
        cases.reply(case, request.user, composing.text, files=files, quoted=composing.quoted)


def _files_again(request: DeskRequest, case: Case) -> tuple[SentFile, ...]:
    """Of a reply that was taken back, those that are to go with this one."""
    wanted, draft = request.POST.getlist("file_again"), drafts.of(case, request.user)
    kept = (SentFile(**file) for file in draft.files) if draft else ()
    return tuple(file for file in kept if file.reference in wanted)


def _kept(case: Case, upload: UploadedFile[bytes]) -> Attachment:
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused
    return keep_document(case.conversation, upload.read(), name=upload.name or "")


@case_act
def ask_number(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    if was_sent_already(request, case, Composing(text=NUMBER_ASKED)):
        return redirect("desk:case", number=number)
    try:
        cases.ask_number(case, request.user)
    except CaseNotYours:
        problem = why_not(case_of(request, number), request)
        return shown_again(request, number, action_problem=problem, status=409)
    return redirect("desk:case", number=number)
