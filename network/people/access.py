"""Who may open a view: strangers are asked to sign in, members without the role get 404 (nothing tells that it exists)."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from .models import Membership

View = Callable[..., HttpResponse]


def _required(allows: Callable[[Membership], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.membership or not allows(request.membership):
                raise Http404
            request.office = request.membership.organisation
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


# Advisors and team leads of an office; `request.office` is theirs.
office_staff_required = _required(lambda membership: membership.is_office_staff)
team_lead_required = _required(lambda membership: membership.is_office_staff and membership.is_team_lead)
# People of a partner organisation; `request.office` is that organisation, which owns no cases.
partner_required = _required(lambda membership: membership.is_partner)
member_required = _required(lambda membership: True)
