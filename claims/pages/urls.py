"""The addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, register_converter

from claims.pages import actors, articles, changes, claims, compare, feeds, front, outlets, search, showing, topics
from claims.pages.downloads import FormConverter

register_converter(FormConverter, "form")

urlpatterns = [
    path("", front.front, name="front"),
    path("actors/", actors.actor_list, name="actor_list"),
    path("actors/<slug:slug>/", actors.actor_page, name="actor"),
    path("actors/<slug:slug>/stances.<form:form>", actors.actor_stances, name="actor_stances"),
    path("actors/<slug:slug>/feed.atom", feeds.actor_feed, name="actor_feed"),
    path("articles/<int:pk>/", articles.article_page, name="article"),
    path("changes/", changes.change_list, name="change_list"),
    path("changes/<int:pk>/dismiss/", changes.dismiss, name="dismiss_change"),
    path("claims/<int:pk>/", claims.claim_page, name="claim"),
    path("claims/<int:pk>/stances.<form:form>", claims.claim_stances, name="claim_stances"),
    path("claims/<int:pk>/feed.atom", feeds.claim_feed, name="claim_feed"),
    path("compare/", compare.compare_page, name="compare"),
    path("outlets/", outlets.outlet_list, name="outlet_list"),
    path("outlets/<int:pk>/", outlets.outlet_page, name="outlet"),
    path("search/", search.search, name="search"),
    path("showing/", showing.choose_showing, name="choose_showing"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_page, name="topic"),
    path("topics/<slug:slug>/stances.<form:form>", topics.topic_stances, name="topic_stances"),
    path("topics/<slug:slug>/feed.atom", feeds.topic_feed, name="topic_feed"),
]
