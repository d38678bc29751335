from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from knowledge_base.content_json import digest, from_json, to_json
from knowledge_base.errors import ContentProblem
from tests.knowledge_base.contents import procedure, procedures


@given(procedures())
def test_content_survives_the_way_through_json(content):
    assert from_json(json.loads(json.dumps(to_json(content)))) == content


def test_equal_contents_have_equal_digests_and_another_word_another_digest():
    assert digest(procedure()) == digest(procedure())
    assert digest(procedure()) != digest(procedure(steps="Bước 1: khác."))


def test_content_written_before_remarks_existed_still_reads():
    plain = to_json(procedure())
    del plain["remarks"]
    assert from_json(plain) == procedure()


@pytest.mark.parametrize(
    "change", [{"methods": [{"kind": "pigeon"}]}, {"provenance": {"fee": {}}}, {"lead": "x"}]
)
def test_json_that_is_no_content_is_refused_with_its_code(change):
    with pytest.raises(ContentProblem, match=r"1\.004222"):
        from_json({**to_json(procedure()), **change})


def test_a_missing_part_is_refused():
    plain = to_json(replace(procedure()))
    del plain["steps"]
    with pytest.raises(ContentProblem):
        from_json(plain)
