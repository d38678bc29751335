"""The door of the interface: the format asked for, the jurisdiction, every problem said in that format."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from web.open311.errors import Invalid, NotFound, Open311Problem, TooFast
from web.open311.formats import MEDIA_TYPES, Format, written
from web.open311.shapes import ERRORS, Document, Error

P = ParamSpec("P")
Answering = Callable[Concatenate[HttpRequest, P], Document]
View = Callable[..., HttpResponse]

_SAID_BY_METHOD = {"GET": "đọc bằng GET", "POST": "gửi bằng POST"}


def endpoint(**by_method: Answering[P]) -> View:
    """A view of these methods (GET=…, POST=…), each of which returns a document or raises Open311Problem.

    HEAD is answered as GET. Nothing here is opened by a cookie, so no token guards against forged requests.
    """

    @wraps(next(iter(by_method.values())))
    def view(request: HttpRequest, format_: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        as_format = Format(format_)
        answering = by_method.get("GET" if request.method == "HEAD" else request.method or "")
        if answering is None:
            return _wrong_method(sorted(by_method), as_format)
        try:
            refuse_other_jurisdictions(request.GET)
            return answer(answering(request, *args, **kwargs), as_format)
        except Open311Problem as problem:
            return told(problem, as_format)

    return csrf_exempt(view)


def answer(document: Document, as_format: Format, *, status: int = 200) -> HttpResponse:
    """The document; open data, so that pages of other sites may read it."""
    response = HttpResponse(
        written(document, as_format), status=status, content_type=f"{MEDIA_TYPES[as_format]}; charset=utf-8"
    )
    response["Access-Control-Allow-Origin"] = "*"
    if document.next_page:
        response["Link"] = f'<{document.next_page}>; rel="next"'
        response["Access-Control-Expose-Headers"] = "Link"
    return response


def told(problem: Open311Problem, as_format: Format) -> HttpResponse:
    entries = tuple(Error(code=problem.status, description=said) for said in problem.descriptions)
    response = answer(Document(kind=ERRORS, entries=entries), as_format, status=problem.status)
    if isinstance(problem, TooFast):
        response["Retry-After"] = "1"
    return response


def nowhere(request: HttpRequest) -> HttpResponse:
    """What is no address of the interface, or of no format we have: said in XML where that was asked for."""
    problem = NotFound("Không có địa chỉ này. Mọi địa chỉ kết thúc bằng .json hoặc .xml; xem discovery.json.")
    return told(problem, Format.XML if request.path.endswith(".xml") else Format.JSON)


def refuse_other_jurisdictions(arguments: QueryDict) -> None:
    """One jurisdiction is served here, so that it need not be named. Raises NotFound for another one."""
    named = arguments.get("jurisdiction_id", "")
    if named and named != settings.JURISDICTION:
        raise NotFound(f"jurisdiction_id không có ở đây. Bỏ trống, hoặc ghi {settings.JURISDICTION}.")


def form_of(request: HttpRequest) -> QueryDict:
    """What was sent in the body. Raises Invalid when it is no form, or too large."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Invalid("Gửi bằng Content-Type: application/x-www-form-urlencoded.")
    try:
        return request.POST
    except (RequestDataTooBig, TooManyFieldsSent) as problem:
        raise Invalid("Nội dung gửi lên lớn quá: tối đa 1 MB và 1.000 trường.") from problem


def _wrong_method(allowed: list[str], as_format: Format) -> HttpResponse:
    said = " hoặc ".join(_SAID_BY_METHOD[method] for method in allowed)
    error = Error(code=405, description=f"Địa chỉ này chỉ {said}.")
    response = answer(Document(kind=ERRORS, entries=(error,)), as_format, status=405)
    response["Allow"] = ", ".join(allowed)
    return response
