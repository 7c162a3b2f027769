"""What every response and every request goes through besides Django's own middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class ContentSecurityPolicyMiddleware:
    """Sends the Content-Security-Policy with each response.

    Articles are text from strangers. Everything on a page comes from this site and nothing in it is inline, so a piece
    of markup that slipped through unescaped still would not run. Django 5.2 has no such middleware of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in on every view, new ones included, unless ``PUBLIC_PAGES`` opens the reading side.

    Views that change something or show unpublished work carry their own ``login_required`` or permission check.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_PAGES:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class SignedOutMiddleware:
    """Answers a script of a page whose person is signed out with status 401, where a whole page is sent to the sign-in.

    A script would follow the redirect and put the page of the sign-in in place of what somebody is typing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.headers.get("HX-Request") and response.status_code == 302 and not request.user.is_authenticated:
            return HttpResponse("You are signed out.", status=401, content_type="text/plain; charset=utf-8")
        return response
