"""The admin: one module a noun, thin; what they share is in ``base``, ``versions``, ``filters`` and ``exchange``."""

from django.contrib import admin

from claims.admin import (
    actor,
    actor_distinction,
    actor_merge,
    addressee,
    alias,
    article,
    article_band,
    article_family,
    chain_link,
    claim,
    claim_edit,
    claim_placement,
    claim_suggestion,
    claim_topic,
    claim_topic_removal,
    claim_wording,
    coding,
    coding_round,
    coding_unit,
    former_slug,
    judgement,
    loaded_fact,
    name_resolution,
    outlet,
    position_change,
    presence,
    proposal,
    role,
    run,
    run_failure,
    stance,
    topic,
    user,
)

__all__ = [
    "actor",
    "actor_distinction",
    "actor_merge",
    "addressee",
    "alias",
    "article",
    "article_band",
    "article_family",
    "chain_link",
    "claim",
    "claim_edit",
    "claim_placement",
    "claim_suggestion",
    "claim_topic",
    "claim_topic_removal",
    "claim_wording",
    "coding",
    "coding_round",
    "coding_unit",
    "former_slug",
    "judgement",
    "loaded_fact",
    "name_resolution",
    "outlet",
    "position_change",
    "presence",
    "proposal",
    "role",
    "run",
    "run_failure",
    "stance",
    "topic",
    "user",
]

admin.site.site_header = "Stancetracker"
admin.site.site_title = "Stancetracker"
admin.site.index_title = "Desk"
admin.site.empty_value_display = "–"
# The lists are wide; every noun is one click away, on the front page of the admin.
admin.site.enable_nav_sidebar = False
