"""What a release learns: new from its own texts, taken over when they did not change, or as shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from knowledge_base.article import Content
from knowledge_base.calibration import Learned, learn
from knowledge_base.demand import TIMES_ASKED, demand_of
from knowledge_base.encoding import encode
from knowledge_base.manifest import Manifest
from knowledge_base.probes import Probe, ProbeKind
from knowledge_base.ranking import ProbeTable, variants_said
from knowledge_base.rehearsal import Asked, Base
from knowledge_base.shipped import CALIBRATION, RANKER
from knowledge_base.simulation import title_questions
from knowledge_base.tuned import Tuned
from knowledge_base.vectors import Vectors
from knowledge_base.wording import Wording, wording
from nlu.diacritics import Restorer
from nlu.encoders import Encoder

# Raised when the method changes, so that no weights of an older method are taken over.
_METHOD = 6
# With fewer, what is learned says more about the few than about citizens.
_FEWEST_EXAMPLES = 200
_FEWEST_FIELDS = 4
# A share of all probes, and no fewer than these: until then what was learned before is taken over.
_CHANGED_SHARE = 0.05
_FEW = 40
_TITLE_QUESTIONS = 800
_OUTSIDE_MESSAGES = 150


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that is learned from. wordings and encoded follow probes; outside: messages about nothing held."""

    contents: Sequence[Content]
    probes: Sequence[Probe]
    wordings: Sequence[Wording]
    encoded: Vectors
    table: ProbeTable
    restorer: Restorer
    outside: Sequence[str]

    @property
    def is_enough(self) -> bool:
        """Whether there are examples of enough held procedures and fields to leave some out."""
        examples = sum(probe.kind is ProbeKind.EXAMPLE for probe in self.probes)
        fields = {content.field for content in self.contents if not content.is_catalogue_entry}
        return examples >= _FEWEST_EXAMPLES and len(fields) >= _FEWEST_FIELDS

    def digest(self, encoder: Encoder) -> str:
        """SHA-256 of all that the result depends on."""
        said = sha256(f"{_METHOD} {encoder.name} {encoder.dimensions}".encode())
        for probe in self.probes:
            said.update(f"\n{probe.id} {probe.digest}".encode())
        for content in self.contents:
            said.update(f"\n{content.code} {content.field} {demand_of(content)}".encode())
        for text in self.outside:
            said.update(f"\n{text}".encode())
        return said.hexdigest()


def is_due(manifest: Manifest, *, examples: int, probes: int, changed: int) -> bool:
    """Whether so many of the probes have changed since the release of this manifest learned that a new one
    must learn again; one that has learned nothing must as soon as there are enough examples.
    """
    if not manifest.learned_from:
        return examples >= _FEWEST_EXAMPLES
    return changed > max(_FEW, probes * _CHANGED_SHARE)


def learned(
    material: Material, *, encoder: Encoder, before: tuple[Path, Manifest] | None, tuned: Tuned | None = None
) -> Learned:
    """The projection, weights and calibration of a release, and where they come from.

    tuned: a projection of this encoder, used instead of one learned here.
    """
    if not material.is_enough:
        identity = np.eye(encoder.dimensions, dtype=np.float32)
        return Learned(
            projection=identity, ranker=RANKER, calibration=CALIBRATION, report={}, learned_from=""
        )
    source = material.digest(encoder) + (f" {tuned.digest}" if tuned else "")
    if before and before[1].learned_from == source:
        return _taken_over(*before)
    found = learn(_base(material), _asked(material, encoder), learned_from=source)
    return _with_tuned(found, tuned) if tuned else found


def _with_tuned(found: Learned, tuned: Tuned) -> Learned:
    """Weights and calibration stay those of the rehearsal, whose projections never saw what they are asked:
    the tuned one has seen all. Both spread cosines alike, being learned at one temperature.
    """
    return replace(found, projection=tuned.matrix, report={**found.report, "projection": tuned.note})


def _taken_over(folder: Path, manifest: Manifest) -> Learned:
    return Learned(
        projection=np.load(folder / "projection.npy", allow_pickle=False),
        ranker=manifest.ranker,
        calibration=manifest.calibration,
        report=manifest.report,
        learned_from=manifest.learned_from,
    )


def _base(material: Material) -> Base:
    fields = sorted({content.field for content in material.contents})
    return Base(
        table=material.table,
        vectors=material.encoded,
        probe_words=[forms.words for forms in material.wordings],
        fields=np.array([fields.index(content.field) for content in material.contents]),
        weights=np.array([TIMES_ASKED[demand_of(content)] for content in material.contents]),
    )


def _asked(material: Material, encoder: Encoder) -> Asked:
    """The examples themselves, questions made of titles, and messages about something else."""
    numbers = {content.code: number for number, content in enumerate(material.contents)}
    examples = [n for n, probe in enumerate(material.probes) if probe.kind is ProbeKind.EXAMPLE]
    outside = (("", text) for text in _some(material.outside, len(examples)))
    others = [
        (code, wording(text, material.restorer))
        for code, text in [*_titles(material, len(examples)), *outside]
    ]
    spoken = [(code, forms) for code, forms in others if forms.says_something]
    asked = [(material.probes[n].code, material.wordings[n]) for n in examples] + spoken
    vectors = encode([forms.marked for _, forms in spoken], encoder=encoder, known={})
    return Asked(
        vectors=np.concatenate((material.encoded[examples], vectors)),
        words=[forms.words for _, forms in asked],
        variants=np.array([variants_said(forms.marked) for _, forms in asked]),
        owners=np.array([numbers.get(code, -1) for code, _ in asked]),
        probes=np.array([*examples, *[-1] * len(spoken)]),
    )


def _titles(material: Material, examples: int) -> list[tuple[str, str]]:
    """Questions made of titles.

    Entries of the catalogue are many and seldom meant: they are asked no more often than anything else that
    is not held, and take no question away from what is.
    """
    known = {content.code for content in material.contents if content.is_catalogue_entry}
    held = [probe for probe in material.probes if probe.code not in known]
    entries = [probe for probe in material.probes if probe.code in known]
    return [
        *title_questions(held, most=_TITLE_QUESTIONS),
        *title_questions(entries, most=_most_about_nothing_held(examples)),
    ]


def _most_about_nothing_held(examples: int) -> int:
    return max(_OUTSIDE_MESSAGES, examples // 4)


def _some(texts: Sequence[str], examples: int) -> Sequence[str]:
    """Messages taken evenly from all: each costs an encoding, and a small base needs few."""
    most = _most_about_nothing_held(examples)
    return texts if len(texts) <= most else texts[:: -(-len(texts) // most)]
