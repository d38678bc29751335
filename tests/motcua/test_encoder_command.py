"""`motcua encoder` as an operator meets it."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from click.testing import CliRunner
from django.conf import settings

from knowledge_base.tuned import Tuned
from motcua.commands.encoder import encoder

pytestmark = pytest.mark.django_db
WITHOUT_TRANSFORMERS = find_spec("sentence_transformers") is None


@pytest.mark.skipif(not WITHOUT_TRANSFORMERS, reason="sentence-transformers is installed here")
def test_without_the_extra_tuning_says_what_to_install() -> None:
    result = CliRunner().invoke(encoder, ["tune"])
    assert result.exit_code == 2
    assert "pip install motcua[transformers]" in result.stderr


def test_forgetting_removes_the_projection_and_says_what_to_do_next() -> None:
    matrix = np.eye(4, dtype=np.float32)
    tuned = Tuned(matrix=matrix, encoder="x", tuned_at="", release="", examples=0, figures={})
    path = tuned.write(settings.ENCODER_FOLDER)
    assert "motcua kb build" in CliRunner().invoke(encoder, ["forget"]).stdout
    assert not path.exists()
    assert "Không có" in CliRunner().invoke(encoder, ["forget"]).stdout
