"""Which function decides which rule. Written by hand, in the order of their data; a test holds both equal."""

from collections.abc import Callable, Iterable, Mapping

from postwright.domain.finding import Finding
from postwright.domain.posting import Posting
from postwright.rules import (
    address,
    applying,
    bias,
    degrees,
    duties,
    empty_skills,
    front,
    inflation,
    law,
    layers,
    names,
    pay,
    place,
    readability,
    requirements,
    safety,
    seeds,
    structure,
    titles,
    wording,
)
from postwright.rules.context import Context
from postwright.rules.rule import Rule

Find = Callable[[Rule, Posting, Context], Iterable[Finding]]
"""Applies a rule to a posting. Pure, and silent rather than wrong."""

CHECKS: Mapping[str, Find] = {
    # safety
    "pending-mark": wording.find,
    "placeholder-left": front.placeholders,
    "secret-in-text": safety.secrets,
    "patient-data": safety.patient_data,
    "hidden-characters": safety.hidden_characters,
    "look-alike-letters": safety.look_alike_letters,
    "stray-characters": safety.stray_characters,
    "broken-front-matter": front.broken,
    "unclosed-front-matter": front.unclosed,
    "front-matter-differs": front.differs,
    # age
    "age-demand": wording.find,
    "age-coded": wording.find,
    "age-hint": wording.find,
    "experience-cap": wording.find,
    # gender
    "gender-demand": wording.find,
    "gendered-pronoun": bias.gendered_pronouns,
    "gendered-noun": wording.find,
    "gender-score": bias.gender_score,
    # disability
    "ableist-idiom": wording.find,
    "ableist-idiom-mild": wording.find,
    "physical-demand": bias.physical_demands,
    "driving-licence": wording.find,
    # origin
    "native-speaker": wording.find,
    "native-level": wording.find,
    "accent-demand": wording.find,
    "citizens-only": bias.citizens_only,
    "visa-preference": wording.find,
    "origin-demand": wording.find,
    "region-not-place": wording.find,
    "appearance-demand": wording.find,
    # fairness
    "preference-or-quota": wording.find,
    "family-status": wording.find,
    "religion-demand": wording.find,
    "pedigree": wording.find,
    "unpaid-work": wording.find,
    "own-car": wording.find,
    "record-ban": wording.find,
    # culture
    "unsafe-tone": seeds.unsafe_tone,
    "culture-fit": wording.find,
    "party-culture": wording.find,
    "family-culture": wording.find,
    "hero-title": wording.find,
    "aggressive-wording": wording.find,
    "hustle": wording.find,
    "weasel-skill": empty_skills.weasel_skills,
    "exclusionary-idiom": wording.find,
    "hype": wording.find,
    # names
    "stale-name": names.stale_names,
    "wrong-clinical-term": names.wrong_terms,
    "mixed-record-names": names.mixed_record_names,
    "unexplained-acronyms": names.unexplained_acronyms,
    # seeds
    "ml-engineer-with-healthcare": wording.find_one_per_unit,
    "research-lab": seeds.research_lab,
    "ml-for-clinicians": seeds.ml_for_clinicians,
    "integration-side-task": seeds.integration_side_task,
    "hl7-fhir-one-skill": wording.find,
    "minutes-claim": wording.find_one_per_unit,
    "accuracy-only": seeds.accuracy_only,
    "vision-heavy": seeds.vision_heavy,
    "layer-gap": layers.layer_gap,
    "over-index": layers.over_index,
    # inflation
    "impossible-years": inflation.impossible_years,
    "stretched-years": inflation.stretched_years,
    "many-year-counts": inflation.many_year_counts,
    "degree-demand": degrees.degree_demands,
    "licence-or-degree": inflation.licence_or_degree,
    # requirements
    "requirement-count": requirements.requirement_count,
    "must-and-nice-mixed": requirements.must_and_nice_mixed,
    "improbable-combination": requirements.improbable_combination,
    "tool-list": requirements.tool_list,
    "sponsored-certification": requirements.sponsored_certification,
    "activities-not-outcomes": duties.activities_not_outcomes,
    # pay
    "pay-contradiction": pay.pay_contradiction,
    "pay-range-missing": pay.pay_range_missing,
    "vague-pay": pay.vague_pay,
    "pay-range-wide": pay.pay_range_wide,
    "benefits-or-deadline-missing": pay.benefits_or_deadline_missing,
    "salary-history": applying.intrusive_questions,
    "pay-secrecy": wording.find,
    # law
    "unverifiable-claim": wording.find,
    "wrong-status-word": wording.find,
    "offshore-patient-data": law.offshore_patient_data,
    "accommodation-missing": law.accommodation_missing,
    "eeo-slogan": law.slogan_for_eeo,
    "ai-screening-notice": law.ai_screening,
    "contractor-control": law.contractor_control,
    "sponsorship-wording": wording.find,
    # place
    "place-contradiction": place.place_contradiction,
    "remote-unclear": place.remote_unclear,
    "travel-unclear": place.travel_unclear,
    "overlap-unstated": place.overlap_unstated,
    "hidden-load": place.hidden_load,
    # structure
    "body-length": structure.body_length,
    "title-cluttered": titles.title_cluttered,
    "company-first": structure.company_first,
    "offer-missing": structure.offer_missing,
    "apply-missing": structure.apply_missing,
    "bullet-balance": structure.bullet_balance,
    # readability
    "hard-to-read": readability.hard_to_read,
    "long-sentence": readability.long_sentences,
    "third-person": address.third_person,
    "passive-voice": readability.passive_voice,
}
