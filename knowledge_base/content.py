"""What a procedure says: typed parts, each with its provenance. Immutable; the JSON of a Revision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartName(StrEnum):
    """The parts a citizen can ask for, in the order in which they are offered."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    HOW = "how"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    FORMS = "forms"
    LEGAL_BASIS = "legal_basis"


class MethodKind(StrEnum):
    """How a dossier is handed in (the portal's ONLINE, DIRECT, POSTAL)."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class TimeUnit(StrEnum):
    """The unit of a time limit. WORKING_HOUR and WORKING_DAY follow the office's calendar."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MONTH = "month"


class OnlineLevel(StrEnum):
    """How far a procedure can be done online: toàn trình, or một phần (decree 42/2022)."""

    FULL = "full"
    PARTIAL = "partial"


class Origin(StrEnum):
    """Where words come from: the official record, our own starter facts, an editor, or a rule of Hà Nội."""

    OFFICIAL = "official"
    STARTER = "starter"
    EDITOR = "editor"
    LOCAL = "local"


#: Key of a catalogue entry's only provenance, beside the values of PartName.
CATALOGUE = "catalogue"
#: What the code of an entry begins with when its national code is not known: a key of ours, never shown.
OWN_KEY = "cat-"


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """The source of a part: shown with every quotation.

    date: ISO date on which the source was read or published. record: digest of the imported record.
    part_digest: of the part as the official record words it (parts.part_digest), also of a part that was
    edited since; "" when not known.
    reviewed: a person of the office approved it; starter facts and leads start unreviewed.
    """

    origin: Origin
    decision: str
    url: str
    date: str
    reviewed: bool
    record: str = ""
    part_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Fee:
    """A fee cell. amount is in đồng; None where the text is not certain, then only `text` speaks.

    text: the cell as published ("Miễn phí", "20,000 Việt Nam Đồng"); note: the remark beside it.
    A fee with a note is always shown with its note.
    kind: as the source names it ("Lệ phí"), "" when it does not.
    """

    text: str
    amount: int | None = None
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class TimeLimit:
    """A time limit. value and unit are None where the source lost them ("1" without a unit)."""

    text: str
    value: int | None = None
    unit: TimeUnit | None = None


@dataclass(frozen=True, kw_only=True)
class Method:
    """One way to hand in the dossier, with its own time limit and fees."""

    kind: MethodKind
    time: TimeLimit
    fees: tuple[Fee, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One paper. condition is "" when everyone hands it in, else "only when …".

    originals, copies: None where the source does not say. form: name or file of the form, "" for none.
    """

    text: str
    condition: str = ""
    originals: int | None = None
    copies: int | None = None
    form: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentGroup:
    """A list of papers under the heading the source gives it.

    edited: a person sorted it into "everyone" and "only when …". read: the source's own words sort it for
    certain (knowledge_base.paper_conditions). Neither: it is shown "chưa biên tập". condition: the case for
    which the whole list is, "" when the heading names none.
    """

    heading: str
    documents: tuple[Document, ...]
    edited: bool
    condition: str = ""
    read: bool = False

    @property
    def is_sorted(self) -> bool:
        """Whether it is known of each paper who must hand it in."""
        return self.edited or self.read


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A legal text by title and number ("60/2014/QH13")."""

    title: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One or two plain sentences of our own about the procedure; never a source of figures."""

    text: str
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Words the source gives under a heading that no part holds ("Thủ tục liên quan", "Từ khóa")."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file of a form by its name. path: an address or a path of the source, as it stands there."""

    name: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """Where to look for what is known and not held: the rest of a catalogue entry is title, field and agency.

    place: who publishes the content or answers for it. hotline: a number as people dial it, "" for none.
    online: the level of online service a list gives ("Toàn trình"). is_service: of a provider (electricity,
    water), not an administrative procedure.
    """

    place: str
    hotline: str = ""
    online: str = ""
    is_service: bool = False


@dataclass(frozen=True, kw_only=True)
class Validity:
    """The days on which a content holds. ISO dates, both ends included; "" where none is set.

    changes_on: the first day of the revision that will take its place. until: the last day before it is
    withdrawn by a decision; replaced_by, replaced_by_title: the procedure to use instead, "" for none.
    """

    since: str = ""
    changes_on: str = ""
    until: str = ""
    decision: str = ""
    replaced_by: str = ""
    replaced_by_title: str = ""


@dataclass(frozen=True, kw_only=True)
class ProcedureContent:
    """The content of one revision.

    Texts are NFC; "" means the source says nothing. provenance holds an entry for each non-empty part,
    keyed by PartName value. flags: what an editor must look at, the keys of knowledge_base.flags.FLAG_LABELS.
    online_level: None where the source does not say. attachments: files of forms that have a path.
    validity: set where a release is built, from the dates of the revisions; no part of a revision.
    With a signpost it is a catalogue entry: it has no parts, and one provenance, keyed CATALOGUE.
    """

    code: str
    title: str
    field: str
    decision: str
    url: str
    levels: tuple[str, ...]
    audience: tuple[str, ...]
    aliases: tuple[str, ...]
    lead: Lead | None
    agencies: tuple[str, ...]
    receiving_address: str
    methods: tuple[Method, ...]
    documents: tuple[DocumentGroup, ...]
    steps: str
    conditions: str
    result: str
    forms: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    updated: str
    provenance: dict[str, Provenance]
    flags: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    signpost: Signpost | None = None
    online_level: OnlineLevel | None = None
    attachments: tuple[Attachment, ...] = ()
    validity: Validity | None = None

    @property
    def is_catalogue_entry(self) -> bool:
        """Whether it is known by title, field, agency and link only."""
        return self.signpost is not None
