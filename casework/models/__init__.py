"""What the office works on: citizens' reports, conversations handed over, and how satisfied people were."""

from __future__ import annotations

from casework.models.appointments import Appointment
from casework.models.around_reports import ExternalEntry, Follow, Publication, ReportRating
from casework.models.assignments import Assignment
from casework.models.blocks import Block
from casework.models.case_notes import CaseLabel, CaseNote, Label, Mention, UnsavedNote
from casework.models.cases import Case, Rating
from casework.models.data_requests import DataRequest
from casework.models.desk import DeskNotice, Draft, Viewing
from casework.models.digests import DigestSent
from casework.models.looks import Look
from casework.models.numbers import NumberSeries
from casework.models.promises import Promise
from casework.models.reply_templates import ReplyTemplate
from casework.models.reports import URGENT_FIRST, Report, ReportStep, SecretAttempt
from casework.models.routing import RoutingRule
from casework.models.sent_reports import SentReport

__all__ = [
    "URGENT_FIRST",
    "Appointment",
    "Assignment",
    "Block",
    "Case",
    "CaseLabel",
    "CaseNote",
    "DataRequest",
    "DeskNotice",
    "DigestSent",
    "Draft",
    "ExternalEntry",
    "Follow",
    "Label",
    "Look",
    "Mention",
    "NumberSeries",
    "Promise",
    "Publication",
    "Rating",
    "ReplyTemplate",
    "Report",
    "ReportRating",
    "ReportStep",
    "RoutingRule",
    "SecretAttempt",
    "SentReport",
    "UnsavedNote",
    "Viewing",
]
