"""The content and settings of the first run: data files only. Where each comes from: starter/README.md."""

from pathlib import Path

FOLDER = Path(__file__).parent
PROCEDURES = FOLDER / "procedures"
ARTICLES = FOLDER / "articles"
CATALOGUE = FOLDER / "catalogue.yaml"
EXAMPLES = FOLDER / "examples.jsonl"
UNITS = FOLDER / "units.csv"
FORMER_WARDS = FOLDER / "former_wards.csv"
UNIT_CENTRES = FOLDER / "unit_centres.csv"
FORMER_WARD_BOXES = FOLDER / "former_ward_boxes.csv"
HOTLINES = FOLDER / "hotlines.yaml"
OFFICIAL_ACCOUNTS = FOLDER / "official_accounts.yaml"
WORKING_DAYS = FOLDER / "working_days.yaml"
DEMAND = FOLDER / "demand.yaml"
LIFE_EVENTS = FOLDER / "life_events.yaml"
LOCAL_VALUES = FOLDER / "local_values.yaml"
SERVICE_POINTS = FOLDER / "service_points.csv"
PRACTICE = FOLDER / "practice.yaml"
REPLY_TEMPLATES = FOLDER / "reply_templates.yaml"
