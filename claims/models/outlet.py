"""Outlets: who publishes."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from claims.models import limits
from claims.models.constraints import filled, lengths
from claims.models.curated import Curated


class Outlet(Curated):
    """A newspaper, agency or other publisher of articles: The Straits Times."""

    name = models.CharField(max_length=limits.NAME, help_text="The name under which the outlet publishes.")
    domain = models.CharField(
        max_length=limits.DOMAIN,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9-]+(\.[a-z0-9-]+)+\Z", "Give the bare host name in lower case.")],
        help_text="The outlet's host name in lower case without “www.”, by which an article's address leads to it.",
    )

    class Meta:
        constraints = [
            *lengths("outlet", name=limits.NAME, domain=limits.DOMAIN),
            *filled("outlet", "name", "domain"),
            models.CheckConstraint(
                condition=~Q(domain__contains="/"),
                name="outlet_domain_is_host",
                violation_error_message="The domain is a host name, without scheme and path.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
