"""What to do with a message: an ordered list of pure rules. The first that returns a move decides.

A rule lives in the module of what it is about; its place in the list is here, and docs/developers/dialogue.md
says why it stands there.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answer_rating import answer_rated, asked_once
from bot.blocked import blocked, too_much
from bot.chosen import chosen_by_words, none_chosen
from bot.corrected import corrected
from bot.decided import Decided, Rule, Situation
from bot.draft_rules import after_a_pause, draft_taken_up, told_of_drafts
from bot.form_rules import form_in_hand, report_announced, report_begun
from bot.guarded import accusation_meant, danger_meant, guard, insults_counted
from bot.how_far import dossier_asked, dossier_named, report_followed_up, report_looked_up
from bot.living_place import remembered, ward_named
from bot.matter import (
    asked_again,
    bereaved,
    case_changed,
    code_named,
    life_event,
    paper_pointed_at,
    part_followed_up,
)
from bot.open_question import open_question_answered
from bot.own_data import own_data
from bot.person import person_wanted, waiting
from bot.reopening import reopening_asked
from bot.returned import returned
from bot.searched import search
from bot.small_talk import small_talk
from bot.spoken_place import place_remembered
from bot.taps import tapped
from bot.told_facts import fact_told, variant_told
from bot.wordless import (
    no_words,
    number_given,
    only_opened,
    paper_shown,
    passed_on,
    photo_explained_too_little,
    told_what_it_shows,
)


def next_move(situation: Situation) -> Decided:
    """The first rule that has something to say decides; the last one always has."""
    now = remembered(after_a_pause(situation))
    found = next((found for rule in RULES if (found := rule(now)) is not None), None) or fall_back(now)
    after = place_remembered(now, found.move, insults_counted(now, found.state))
    found = replace(found, state=asked_once(found.move, after))
    return found if situation.block else told_of_drafts(now, found)


def fall_back(now: Situation) -> Decided:
    """Search decides: answer, ask which one, or say that it is not known."""
    return search(now)


RULES: tuple[Rule, ...] = (
    blocked,
    too_much,
    guard,
    tapped,
    number_given,
    open_question_answered,
    danger_meant,
    paper_shown,
    only_opened,
    own_data,
    accusation_meant,
    answer_rated,
    reopening_asked,
    draft_taken_up,
    form_in_hand,
    report_announced,
    person_wanted,
    bereaved,
    dossier_named,
    report_looked_up,
    report_followed_up,
    waiting,
    no_words,
    corrected,
    ward_named,
    fact_told,
    variant_told,
    chosen_by_words,
    none_chosen,
    returned,
    code_named,
    life_event,
    asked_again,
    paper_pointed_at,
    dossier_asked,
    part_followed_up,
    case_changed,
    passed_on,
    report_begun,
    photo_explained_too_little,
    small_talk,
    told_what_it_shows,
)
