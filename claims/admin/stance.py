"""Stances in the admin: the central list, and the form in which a person judges one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.addressee import AddresseeInline
from claims.admin.base import VersionedAdmin
from claims.admin.bulk import BulkMixin
from claims.admin.chain_link import ChainLinkInline
from claims.admin.coding_make import CodingMakeMixin
from claims.admin.deciding import decide_by
from claims.admin.filters import (
    ActorFilter,
    ClaimFilter,
    ConfidenceFilter,
    OutletOfStanceFilter,
    PeriodOfStanceFilter,
)
from claims.admin.judgement import JudgementInline
from claims.admin.keys import plain_key
from claims.admin.marking import marked_passage
from claims.admin.quality import QualityMixin
from claims.admin.stance_exchange import StanceExchangeMixin
from claims.admin.stance_form import StanceForm
from claims.admin.stance_history import StanceHistoryMixin
from claims.models import Claim, Stance
from claims.pages.cards import confidence_word
from claims.review import Outcome, accept, reject, reopen
from claims.review.decide import PERMISSION
from claims.search import find_stances

#: Stances that one action may judge: what somebody selects without looking should stay within what can be undone.
MOST_AT_ONCE = 10_000
LONGEST = 100
WORDS, DECISION = "Words in the article", "Decision"


class StanceActionForm(ActionForm):
    """The choice of an action, with the reason that rejecting needs."""

    reason = forms.CharField(
        required=False,
        label="Reason, to reject:",
        widget=forms.TextInput(attrs={"placeholder": "wrong actor, not a stance, ..."}),
    )


@admin.register(Stance)
class StanceAdmin(StanceHistoryMixin, QualityMixin, CodingMakeMixin, BulkMixin, StanceExchangeMixin, VersionedAdmin):
    """Who takes which position on what."""

    form = StanceForm
    action_form = StanceActionForm
    actions = ("accept_selected", "reject_selected", "reopen_selected")
    import_export_change_list_template = "admin/claims/stance/change_list.html"
    list_display = (
        "claim_in_short",
        "holder",
        "act_in_words",
        "side_and_target",
        "published_on",
        "outlet",
        "sureness",
        "state",
    )
    list_display_links = ("claim_in_short",)
    list_filter = (
        "state",
        ActorFilter,
        PeriodOfStanceFilter,
        OutletOfStanceFilter,
        ClaimFilter,
        ConfidenceFilter,
        "side",
        "act",
        "plover",
        "quotation",
    )
    list_select_related = ("article__outlet", "actor", "claim")
    sortable_by = ("sureness",)
    # Not the articles' texts: they are long, and many.
    search_fields = ("actor_as_printed", "actor__name", "content_text")
    search_help_text = (
        "Words of the content or the actor as printed: all of them, “phrases in quotation marks”, -without"
    )
    ordering = ("-pk",)
    autocomplete_fields = ("actor", "role", "claim", "target_actor")
    readonly_fields = ("evidence", "source", "sureness", "state", "rule", "run")
    fieldsets = (
        (None, {"fields": ("evidence", "source", "state")}),
        (
            "Who, how and on what",
            {
                "fields": (
                    ("actor", "actor_as_printed"),
                    ("role", "office"),
                    ("act", "side", "target_actor", "plover"),
                    "claim",
                    ("quotation", "said_on"),
                    ("negated", "conditional", "future"),
                )
            },
        ),
        (WORDS, {"fields": ("content_words", ("mention_words", "cue_words", "target_words"))}),
        (DECISION, {"fields": ("note",)}),
        ("How the machine found it", {"fields": ("sureness", ("rule", "run"))}),
    )
    inlines = (ChainLinkInline, AddresseeInline, JudgementInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stance]:
        """All stances with what lists show of them; lists don't read the articles' texts."""
        rows: QuerySet[Stance] = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "claims_stance_changelist":
            rows = rows.defer("article__text", "extracted").prefetch_related("chain__actor")
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Stance], search_term: str
    ) -> tuple[QuerySet[Stance], bool]:
        """The stances with these words, by the index of words; a number alone is the key of a stance."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if plain_key(term):
            return queryset.filter(pk=term), False
        return find_stances(queryset, term, beginnings=1), False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, or for somebody who may not judge what can be read."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [part for part in fieldsets if part[0] not in (WORDS, DECISION)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A stance is added where its words are: in its article."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """To change a stance is to judge it."""
        return self.has_judge_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A wrong stance is rejected and kept, or the next run would find it again."""
        return False

    def has_judge_permission(self, request: HttpRequest) -> bool:
        """Whether the person may accept, correct, reject and reopen."""
        return request.user.has_perm(PERMISSION)

    def save_model(self, request: HttpRequest, obj: Stance, form: Any, change: bool) -> None:
        """Decide what the pressed button says; the form has checked that nobody else did meanwhile."""
        user: Any = request.user
        stance = Stance.objects.select_related("article").get(pk=obj.pk)
        outcome = decide_by(form, stance, user)
        if outcome.unchanged:
            messages.info(request, "Nothing was different, so nothing was decided.")
        obj.state, obj.version = stance.state, stance.version

    @admin.action(description="Accept selected stances", permissions=["judge"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Stance]) -> None:
        """Accept them all."""
        if self._few_enough(request, queryset):
            user: Any = request.user
            self._report(request, accept(queryset.order_by("pk").iterator(500), user=user), "accepted")

    @admin.action(description="Reject selected stances (give a reason)", permissions=["judge"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Stance]) -> None:
        """Reject them all for the reason given beside the action."""
        if not self._few_enough(request, queryset):
            return
        user: Any = request.user
        try:
            reason = request.POST.get("reason", "")
            self._report(request, reject(queryset.order_by("pk").iterator(500), user=user, reason=reason), "rejected")
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)

    @admin.action(description="Reopen selected stances", permissions=["judge"])
    def reopen_selected(self, request: HttpRequest, queryset: QuerySet[Stance]) -> None:
        """Make them pending again."""
        if self._few_enough(request, queryset):
            user: Any = request.user
            self._report(request, reopen(queryset.order_by("pk").iterator(500), user=user), "reopened")

    def _few_enough(self, request: HttpRequest, rows: QuerySet[Stance]) -> bool:
        if rows.order_by()[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE:
            return True
        self.message_user(
            request, f"These are more than {MOST_AT_ONCE:,} stances. Narrow the list by filters first.", messages.ERROR
        )
        return False

    def _report(self, request: HttpRequest, outcome: Outcome, done: str) -> None:
        parts = [f"{len(outcome.done):,} {done}"]
        if outcome.unchanged:
            parts.append(f"{len(outcome.unchanged):,} were so already")
        if outcome.conflicts:
            parts.append(f"{len(outcome.conflicts):,} were changed by somebody else just now and left alone")
        level = messages.WARNING if outcome.conflicts else messages.SUCCESS
        self.message_user(request, f"{', '.join(parts)}.", level)

    @admin.display(description="actor")
    def holder(self, stance: Stance) -> SafeString | str:
        """The actor, or the words of the article while it is open who that is; and the sources it came through."""
        name = (
            stance.actor.name
            if stance.actor
            else format_html(
                '<span class="open" title="Nobody has said who this is">{}</span>', stance.actor_as_printed
            )
        )
        sources = " → ".join(link.actor.name if link.actor else link.as_printed for link in stance.chain.all())
        return format_html('{} <small class="wording">via {}</small>', name, sources) if sources else name

    @admin.display(description="act")
    def act_in_words(self, stance: Stance) -> SafeString | str:
        """How the position is taken."""
        return stance.act or format_html('<span class="open">{}</span>', stance.cue_text)

    @admin.display(description="claim")
    def claim_in_short(self, stance: Stance) -> SafeString | str:
        """The claim in its normal wording, and the article's own words where they are others or there is no claim."""
        content = f"“{_short(stance.content_text)}”"
        if stance.claim is None:
            return content
        if stance.claim.wording_key == Claim.key_for(stance.content_text):
            return _short(stance.claim.text)
        return format_html('{} <small class="wording">{}</small>', _short(stance.claim.text), content)

    @admin.display(description="side and target")
    def side_and_target(self, stance: Stance) -> SafeString | str:
        """The side, where it is known, and what it is on."""
        return (
            format_html("<b>{}</b> {}", stance.get_side_display(), _short(stance.target_text))
            if stance.side
            else (_short(stance.target_text) or "–")
        )

    @admin.display(description="published")
    def published_on(self, stance: Stance) -> Any:
        """The day of the article."""
        return stance.article.published_on

    @admin.display(description="outlet")
    def outlet(self, stance: Stance) -> str:
        """Who published the article."""
        return stance.article.outlet.name if stance.article.outlet else "–"

    @admin.display(description="confidence", ordering="confidence")
    def sureness(self, stance: Stance) -> SafeString:
        """The machine's score as a word, with its number."""
        return format_html(
            '<span class="sureness">{} <small>{}</small></span>',
            confidence_word(stance.confidence),
            f"{stance.confidence:.2f}",
        )

    @admin.display(description="in its sentence")
    def evidence(self, stance: Stance) -> SafeString:
        """The sentence with the evidence marked."""
        return marked_passage(stance)

    @admin.display(description="article")
    def source(self, stance: Stance) -> SafeString:
        """The article, as a link to its whole text, with outlet and day."""
        article = stance.article
        parts = [article.outlet.name] if article.outlet else []
        return format_html(
            '<a href="{}">{}</a> ({})',
            reverse("admin:claims_article_change", args=[article.pk]),
            article.title,
            ", ".join([*parts, f"{article.published_on:%-d %B %Y}"]),
        )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[: LONGEST - 3]}..."
