"""Where a password link leads: an invited person says his name, and everyone sets a password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from office import password_links
from office.errors import LinkGone
from office.models import PasswordLink
from web.desk.password_forms import InvitedForm, NewPasswordForm


@require_http_methods(["GET", "POST"])
@never_cache
def show(request: HttpRequest, words: str) -> HttpResponse:
    """GET: the form, as often as wanted. POST: set the password; the link has then been used."""
    link = password_links.opened_by(words, now=timezone.now())
    if link is None:
        return _gone(request)
    form = _form(link, request)
    if not (form.is_bound and form.is_valid()):
        return _page(request, link, form)
    given = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "again"}
    try:
        password_links.use(words, **given)
    except LinkGone:
        return _gone(request)
    messages.success(request, "Đã đặt mật khẩu. Anh/chị đăng nhập bằng mật khẩu mới.")
    return redirect("desk:sign-in")


def _form(link: PasswordLink, request: HttpRequest) -> NewPasswordForm:
    kind = InvitedForm if link.kind == PasswordLink.Kind.INVITATION else NewPasswordForm
    return kind(request.POST if request.method == "POST" else None, staff=link.staff)


def _page(request: HttpRequest, link: PasswordLink, form: NewPasswordForm) -> HttpResponse:
    context = {
        "at_door": True,
        "link": link,
        "form": form,
        "rules": password_validation.password_validators_help_texts(),
    }
    return render(request, "office/set_password.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "office/link_gone.html", {"at_door": True}, status=404)
