"""The lookup tables and synonyms of the Rasa project follow the lists that the product reads."""

from __future__ import annotations

import yaml

from motcua import rasa_lookups
from nlu.rasa.project import FOLDER


def examples(file: str) -> dict[str, list[str]]:
    """By lookup or synonym, what it lists."""
    blocks = yaml.safe_load((FOLDER / "data" / file).read_text(encoding="utf-8"))["nlu"]
    return {
        block.get("lookup") or block["synonym"]: [
            line.removeprefix("- ") for line in block["examples"].split("\n")
        ]
        for block in blocks
    }


def test_the_files_are_what_motcua_rasa_lookups_writes() -> None:
    for name, content in rasa_lookups.files().items():
        written = (FOLDER / "data" / name).read_text(encoding="utf-8")
        assert written == content, f"{name} is out of date: run `motcua rasa lookups`"


def test_a_ward_is_known_by_its_names_of_today_and_of_before() -> None:
    wards = examples("lookup_ward.yml")["ward"]
    assert {"phường ba đình", "phuong ba dinh", "p. ba đình", "ba đình"} <= set(wards)
    assert {"phường trúc bạch", "p. truc bach", "truc bach"} <= set(wards)


def test_a_tone_may_stand_on_either_vowel() -> None:
    assert {"xã hoà lạc", "xã hòa lạc"} <= set(examples("lookup_ward.yml")["ward"])


def test_a_name_that_says_something_else_every_day_is_no_ward_by_itself() -> None:
    wards = examples("lookup_ward.yml")["ward"]
    assert "phường thành công" in wards
    assert not {"thành công", "thanh cong"} & set(wards)


def test_a_ward_that_went_whole_into_one_leads_there_and_a_split_one_nowhere() -> None:
    leads = {said: meant for meant, words in examples("synonyms.yml").items() for said in words}
    assert leads["phường trúc bạch"] == leads["ba dinh"] == "Phường Ba Đình"
    assert "phường láng hạ" in examples("lookup_ward.yml")["ward"]
    assert "phường láng hạ" not in leads


def test_words_lead_to_the_category_and_the_procedure_they_name() -> None:
    leads = {said: meant for meant, words in examples("synonyms.yml").items() for said in words}
    assert leads["đèn đường"] == leads["den duong"] == "chieu_sang"
    assert leads["làm giấy khai sinh"] == "1.001193"
    assert "chuồng cọp" not in leads  # building or fire safety: the citizen says
