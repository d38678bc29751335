"""Forms are links only where the source names a file on an allowed domain."""

from __future__ import annotations

import pytest

from knowledge_base.content import Attachment
from knowledge_base.forms import Form, forms, linked_forms
from tests.knowledge_base.contents import procedure

FILE = "https://csdl.dichvucong.gov.vn/ct01.docx"


def test_a_form_with_a_file_of_the_state_is_a_link_and_another_is_its_name():
    content = procedure(
        forms=("ct01.docx", "ct02.docx"), attachments=(Attachment(name="ct01.docx", path=FILE),)
    )
    assert forms(content) == (Form(name="ct01.docx", url=FILE), Form(name="ct02.docx"))


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/ct01.docx",
        "https://gov.vn.evil.example/a.doc",
        "/jcaptcha/ct01.docx",
        "javascript:alert(1)",
        "tel:1900",
        "https://user@dichvucong.gov.vn/a.doc",
        "",
    ],
)
def test_no_link_leads_outside_the_allowed_domains(path):
    content = procedure(forms=(), attachments=(Attachment(name="ct01.docx", path=path),))
    assert forms(content) == (Form(name="ct01.docx"),)
    assert linked_forms(content) == ()
