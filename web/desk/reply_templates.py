"""Reply templates on the desk: kept by supervisors with a preview, offered in the composer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casework import reply_templates, topics
from casework.errors import TemplateProblem
from casework.models import ReplyTemplate
from casework.reply_templates import LONGEST_NAME, LONGEST_TEXT, Wording
from casework.template_variables import VARIABLES, example_of, fill_in
from office.models import Staff
from web.desk.cases import case_of
from web.desk.doors import DeskRequest, desk_page, overseers_page


class TemplateForm(forms.Form):
    """A template as it is typed."""

    name = forms.CharField(label="Tên mẫu", max_length=LONGEST_NAME)
    text = forms.CharField(label="Nội dung", max_length=LONGEST_TEXT, widget=forms.Textarea)

    def __init__(self, *given: Any, staff: Staff, **named: Any) -> None:
        super().__init__(*given, **named)
        for_all = "Mọi đơn vị" if reply_templates.may_keep_everywhere(staff) else "– Chọn –"
        self.fields["unit"] = forms.ModelChoiceField(
            queryset=reply_templates.units_of(staff),
            label="Dùng cho đơn vị",
            required=False,
            empty_label=for_all,
        )
        self.fields["topic"] = forms.ChoiceField(
            choices=[("", "Mọi loại"), *topics.CATEGORIES.items()],
            label="Gợi ý trước khi việc thuộc loại",
            required=False,
        )

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(name=given["name"], text=given["text"], unit=given["unit"], topic=given["topic"])


@overseers_page("GET", "POST")
def show_all(request: DeskRequest) -> HttpResponse:
    """GET: the templates and the form. POST: a preview, or with do=save a new one."""
    return _written(request, None)


@overseers_page("GET", "POST")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """The same with one to change, to retire (do=retire) or to offer again (do=offer)."""
    template = get_object_or_404(reply_templates.kept_by(request.user), pk=pk)
    do = request.POST.get("do", "")
    if do in ("retire", "offer"):
        reply_templates.retire(template, request.user, retired=do == "retire")
        messages.success(request, "Đã thôi dùng mẫu." if do == "retire" else "Đã dùng lại mẫu.")
        return redirect("desk:reply-templates")
    return _written(request, template)


def _written(request: DeskRequest, template: ReplyTemplate | None) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _form_of(template, request.user), template)
    form = TemplateForm(request.POST, staff=request.user)
    if not form.is_valid():
        return _page(request, form, template, status=422)
    if request.POST.get("do") != "save":
        return _page(request, form, template, preview=example_of(form.wording.text))
    try:
        if template:
            reply_templates.change(template, form.wording, request.user)
        else:
            reply_templates.make(form.wording, request.user)
    except TemplateProblem as problem:
        return _page(request, form, template, problem=str(problem), status=422)
    messages.success(request, f"Đã lưu mẫu “{form.wording.name}”.")
    return redirect("desk:reply-templates")


def _form_of(template: ReplyTemplate | None, staff: Staff) -> TemplateForm:
    names = ("name", "text", "unit", "topic")
    initial = {name: getattr(template, name) for name in names} if template else {}
    return TemplateForm(initial=initial, staff=staff)


def _page(
    request: DeskRequest,
    form: TemplateForm,
    template: ReplyTemplate | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "room": "reply-templates",
        "form": form,
        "template": template,
        "templates": reply_templates.kept_by(request.user),
        "variables": VARIABLES.items(),
        **more,
    }
    return render(request, "desk/reply_templates.html", context, status=status)


@desk_page("GET")
def offers(request: DeskRequest, number: str) -> HttpResponse:
    """Those whose name has a word that begins as ?begun=, filled in for this case."""
    case = case_of(request, number)
    found = reply_templates.offered_for(request.GET.get("begun", "")[:40], case, request.user)
    filled = [(one, fill_in(one.text, case, request.user)) for one in found]
    return render(request, "desk/_template_offers.html", {"offers": filled})
