"""Who did what to a stance: the run that read it, and every decision of people since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.base import BaseAdmin
from claims.admin.judgement import lines_of

if TYPE_CHECKING:
    Base = BaseAdmin
else:
    Base = object

#: Decisions on the page; nobody has taken so many about one stance.
SHOWN = 200


class StanceHistoryMixin(Base):
    """The page behind *History*; Django's own knows only of what was saved in its forms."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show it, the latest first. Raises ``PermissionDenied`` for who may not see stances, else ``Http404``."""
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not see stances.")
        stance = self.get_object(request, unquote(object_id))
        if stance is None:
            raise Http404("There is no such stance.")
        judgements = stance.judgements.select_related("user").order_by("-at", "-pk")[:SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": "History",
            "stance": stance,
            "decisions": [(judgement, lines_of(judgement)) for judgement in judgements],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/claims/stance/history.html", context)
