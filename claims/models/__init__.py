"""The data model: one module a noun."""

from claims.models.actor import Actor, Pronoun
from claims.models.actor_distinction import ActorDistinction
from claims.models.actor_merge import ActorMerge
from claims.models.addressee import Addressee
from claims.models.alias import Alias
from claims.models.article import Article
from claims.models.article_band import ArticleBand
from claims.models.article_family import ArticleFamily
from claims.models.chain_link import ChainLink
from claims.models.claim import Claim
from claims.models.claim_edit import ClaimEdit
from claims.models.claim_placement import ClaimPlacement
from claims.models.claim_suggestion import ClaimSuggestion
from claims.models.claim_topic import ClaimTopic
from claims.models.claim_topic_removal import ClaimTopicRemoval
from claims.models.claim_wording import ClaimWording, ClaimWordingKey
from claims.models.coding import Coding
from claims.models.coding_round import CodingRound
from claims.models.coding_unit import CodingUnit
from claims.models.curated import Curated
from claims.models.former_slug import FormerSlug
from claims.models.judgement import Judgement
from claims.models.loaded_fact import LoadedFact
from claims.models.name_resolution import NameResolution
from claims.models.outlet import Outlet
from claims.models.position_change import PositionChange
from claims.models.presence import Presence
from claims.models.proposal import Proposal
from claims.models.role import Role
from claims.models.run import Run
from claims.models.run_failure import RunFailure
from claims.models.stance import Stance, StanceQuerySet
from claims.models.topic import Topic

__all__ = [
    "Actor",
    "ActorDistinction",
    "ActorMerge",
    "Addressee",
    "Alias",
    "Article",
    "ArticleBand",
    "ArticleFamily",
    "ChainLink",
    "Claim",
    "ClaimEdit",
    "ClaimPlacement",
    "ClaimSuggestion",
    "ClaimTopic",
    "ClaimTopicRemoval",
    "ClaimWording",
    "ClaimWordingKey",
    "Coding",
    "CodingRound",
    "CodingUnit",
    "Curated",
    "FormerSlug",
    "Judgement",
    "LoadedFact",
    "NameResolution",
    "Outlet",
    "PositionChange",
    "Presence",
    "Pronoun",
    "Proposal",
    "Role",
    "Run",
    "RunFailure",
    "Stance",
    "StanceQuerySet",
    "Topic",
]
