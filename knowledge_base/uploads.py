"""Files that editors upload: read and compared once, kept as rows, taken in when the editor confirms.

What is uploaded never runs and is never markup: it is read as data by the importers, from a file that is gone
when it was read.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from django.db import transaction
from django.utils import timezone

import starter
from knowledge_base.content_json import from_json, to_json
from knowledge_base.errors import ImportProblem, UploadProblem
from knowledge_base.examples import import_examples
from knowledge_base.importing import ImportReport, import_contents, read_sources
from knowledge_base.models import Upload, UploadedRecord
from knowledge_base.planning import Line, Outcome
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import clean
from office.models import AuditEntry, Staff

#: Twice the national file of July 2026 (20 MB).
LARGEST = 40_000_000  # bytes
#: YAML is ours and read slowly; a starter file has some 10 kB.
LARGEST_YAML = 1_000_000  # bytes
#: What an .xlsx may unpack to.
_LARGEST_UNPACKED = 300_000_000  # bytes
KINDS = (".xlsx", ".json", ".jsonl", ".yaml", ".yml")
_BATCH = 200

TOO_LARGE = "Tệp lớn quá {limit} MB nên chưa nhập được. Anh/chị tách thành nhiều tệp nhỏ hơn."
WRONG_KIND = (
    "Chỉ nhận tệp .xlsx, .json, .jsonl hoặc .yaml. Tệp Word, PDF anh/chị chuyển vào tệp mẫu .xlsx trước."
)
NOT_READABLE = {
    ".xlsx": (
        "Tệp không mở được như một bảng tính có cột “Mã thủ tục” và “Tên thủ tục”. "
        "Anh/chị mở tệp, lưu lại dạng .xlsx, xem lại dòng tiêu đề, hoặc dùng tệp mẫu."
    ),
}
EMPTY = "Tệp không có bản ghi nào. Anh/chị xem lại có chọn đúng tệp không."
SETTLED = "Tệp này đã được nhập hoặc đã bỏ. Muốn nhập lại, anh/chị tải tệp lên lần nữa."


class UploadedFile(Protocol):
    """What a web framework hands over of a file."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def examine(file: UploadedFile, *, by: Staff) -> Upload:
    """Read the file and say what importing it would do. Writes nothing but the upload.

    Raises UploadProblem when it is too large, of another kind, or cannot be read at all.
    """
    name = clean(Path(file.name or "").name)[-200:]
    suffix = Path(name).suffix.lower()
    _check(suffix, file.size or 0)
    with TemporaryDirectory() as folder:
        # The editor's name goes along: places and the date in it are read from it.
        path = Path(folder) / f"{Path(name).stem[-150:].replace('/', '-') or 'tep'}{suffix}"
        digest = _kept(file, path, limit=LARGEST_YAML if suffix in {".yaml", ".yml"} else LARGEST)
        records = _read(path)
    report = import_contents(records, dry_run=True)
    with transaction.atomic():
        upload = Upload.objects.create(
            name=name, size=file.size or 0, digest=digest, counts=_counts(report), uploaded_by=by
        )
        rows = zip(range(1, len(records) + 1), records, report.lines, strict=True)
        UploadedRecord.objects.bulk_create(
            [_row(upload, position, record, line) for position, record, line in rows], batch_size=_BATCH
        )
        _register(upload, "upload.examined", by)
    return upload


def confirm(upload: Upload, *, by: Staff) -> ImportReport:
    """Take the records in as they were read, against what is in use now. Does not build a release.

    Raises UploadProblem when the upload was confirmed or discarded before.
    """
    with transaction.atomic():
        _settle(upload, Upload.Status.CONFIRMED)
        report = import_contents([_record(row) for row in upload.records.iterator(chunk_size=500)], by=by)
        upload.counts = _counts(report)
        upload.save(update_fields=["counts"])
        upload.records.all().delete()
        _register(upload, "upload.confirmed", by)
    # Without its example questions what people say finds nothing of what came in.
    import_examples(starter.EXAMPLES)
    return report


def discard(upload: Upload, *, by: Staff) -> None:
    """Forget what was read. Raises UploadProblem when the upload was confirmed or discarded before."""
    with transaction.atomic():
        _settle(upload, Upload.Status.DISCARDED)
        upload.records.all().delete()
        _register(upload, "upload.discarded", by)


def record_of(row: UploadedRecord) -> Record | None:
    """The record as it was read; None where it is refused."""
    record = _record(row)
    return record if isinstance(record, Record) else None


def _check(suffix: str, size: int) -> None:
    if suffix not in KINDS:
        raise UploadProblem(WRONG_KIND)
    if size > LARGEST:
        raise UploadProblem(TOO_LARGE.format(limit=LARGEST // 1_000_000))
    if suffix in {".yaml", ".yml"} and size > LARGEST_YAML:
        raise UploadProblem(TOO_LARGE.format(limit=LARGEST_YAML // 1_000_000))


def _kept(file: UploadedFile, path: Path, *, limit: int) -> str:
    """Write the file to the path and return its SHA-256. Raises UploadProblem when it grows too large."""
    digest, size = sha256(), 0
    with path.open("wb") as copy:
        for chunk in file.chunks():
            size += len(chunk)
            if size > limit:
                raise UploadProblem(TOO_LARGE.format(limit=limit // 1_000_000))
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()


def _read(path: Path) -> list[Record | BrokenRecord]:
    try:
        if path.suffix == ".xlsx":
            _check_unpacked(path)
        records = list(read_sources(path))
    except (ImportProblem, zipfile.BadZipFile, RecursionError) as problem:
        raise UploadProblem(NOT_READABLE.get(path.suffix, EMPTY)) from problem
    if not records:
        raise UploadProblem(EMPTY)
    return records


def _check_unpacked(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        if sum(entry.file_size for entry in book.infolist()) > _LARGEST_UNPACKED:
            raise UploadProblem(TOO_LARGE.format(limit=LARGEST // 1_000_000))


def _settle(upload: Upload, status: Upload.Status) -> None:
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.status != Upload.Status.EXAMINED:
        raise UploadProblem(SETTLED)
    upload.status, upload.settled_at = status, timezone.now()
    upload.save(update_fields=["status", "settled_at"])


def _row(upload: Upload, position: int, record: Record | BrokenRecord, line: Line) -> UploadedRecord:
    return UploadedRecord(
        upload=upload,
        position=position,
        place=line.place[:300],
        code=line.code[:32],
        title=line.title,
        content=to_json(record.content) if isinstance(record, Record) else None,
        outcome=line.outcome,
        fields=list(line.fields),
        reason=line.reason,
    )


def _record(row: UploadedRecord) -> Record | BrokenRecord:
    if row.content is None:
        return BrokenRecord(place=row.place, code=row.code, reason=row.reason)
    return Record(place=row.place, content=from_json(row.content))


def _counts(report: ImportReport) -> dict[str, int]:
    counts = Counter(line.outcome for line in report.lines)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _register(upload: Upload, action: str, by: Staff) -> None:
    detail = {"name": upload.name, "size": upload.size, "digest": upload.digest, "counts": upload.counts}
    AuditEntry.objects.create(actor=by, action=action, subject=f"upload:{upload.pk}", detail=detail)
