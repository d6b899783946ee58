"""People and their roles in a course."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learn.access import may_give_roles
from learn.models import Course, CourseRole, User
from learn.views.studio.entrance import AuthorRequest, in_course


@in_course(may_give_roles)
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: AuthorRequest, course: Course) -> HttpResponse:
    """Show who may do what with the course; a POST gives a role or takes it back."""
    fault, fault_at = "", ""
    if request.method == "POST":
        removes = "remove" in request.POST
        fault, fault_at = (_take(request, course), "") if removes else _give(request, course)
        if not fault:
            return redirect("studio:roles", course.slug)
    context = {
        "course": course,
        "fault": fault,
        "fault_at": fault_at,
        "who": request.POST.get("who", ""),
        "roles": CourseRole.Role.choices,
        "people": CourseRole.objects.filter(course=course)
        .select_related("user")
        .order_by("role", "user__username"),
    }
    return render(request, "studio/roles.html", context, status=422 if fault else 200)


def _give(request: AuthorRequest, course: Course) -> tuple[str, str]:
    """Give a role; return what is wrong and at which field, or nothing."""
    who, role = request.POST.get("who", "").strip(), request.POST.get("role", "")
    if role not in CourseRole.Role.values:
        return _("Choose a role."), "page-role"
    person = _person(who)
    if person is None:
        nobody = _("Nobody here has this e-mail address or user name. Ask them to sign up first.")
        return nobody, "page-who"
    if person == request.user and not request.user.is_superuser:
        return _("You cannot change your own role."), "page-who"
    CourseRole.objects.update_or_create(user=person, course=course, defaults={"role": role})
    messages.success(request, _("%(name)s has the role now.") % {"name": person.known_as})
    return "", ""


def _take(request: AuthorRequest, course: Course) -> str:
    """Take a role back; return what is wrong, or nothing."""
    pk = request.POST.get("remove", "")
    given = CourseRole.objects.filter(course=course)
    role = given.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() else None
    if role is None:
        return _("This role was removed already.")
    if role.user_id == request.user.pk and not request.user.is_superuser:
        return _("You cannot remove your own role; another instructor can.")
    role.delete()
    messages.success(request, _("The role is removed."))
    return ""


def _person(who: str) -> User | None:
    """Return the account with this e-mail address or user name, or None; guests have neither."""
    if not who or "\x00" in who:
        return None
    accounts = User.objects.filter(is_active=True, guest_key=None)
    found = accounts.filter(Q(username__iexact=who) | Q(email__iexact=who))[:2]
    return found[0] if len(found) == 1 else None
