"""What a text names: codes, numbers of people, money, days, places, and who is concerned."""

from nlu.entities.codes import dossier_code, procedure_code, report_code, report_secret
from nlu.entities.entity import Entity, Kind
from nlu.entities.masking import (
    hidden_from_public,
    is_without_documents,
    mask_documents,
    mask_for_public,
    mask_personal,
    without_masked,
)
from nlu.entities.reading import about_people, entities, personal_numbers

__all__ = [
    "Entity",
    "Kind",
    "about_people",
    "dossier_code",
    "entities",
    "hidden_from_public",
    "is_without_documents",
    "mask_documents",
    "mask_for_public",
    "mask_personal",
    "personal_numbers",
    "procedure_code",
    "report_code",
    "report_secret",
    "without_masked",
]
