"""People. A learner is a user from the first answer on; a guest is one without credentials."""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q

from learn.models.ahead import Foreseen, Row
from learn.models.memory import Memory
from learn.models.statements import Columns, rows_of

MOST_HASHES = MOST_GUESTS = 2048

_guests: Memory[str, int] = Memory(MOST_GUESTS)


def digest_of_visitor(token: str) -> str:
    """Return what the database keeps of a visitor's cookie: the token itself is a credential."""
    return hashlib.sha256(token.encode()).hexdigest()


class LearnerManager(UserManager["User"]):
    """Users, and guests found by the cookie of their browser."""

    def guest_of(self, token: str) -> "User | None":
        """Return the guest whose browser holds ``token``, or None."""
        return self._one_with("guest_key", digest_of_visitor(token))

    def get(self, *conditions: Any, **values: Any) -> "User":
        """Return the one user that meets the conditions.

        With ``pk`` alone, which Django asks for at every request of a session, by a statement
        written out; not among the users of something else, as of a group, whose manager is made of
        this one. Raises ``User.DoesNotExist`` and ``MultipleObjectsReturned``.
        """
        if conditions or values.keys() != {"pk"} or type(self) is not LearnerManager:
            return super().get(*conditions, **values)
        user = self._one_with("id", values["pk"])
        if user is None:
            raise User.DoesNotExist
        return user

    def _one_with(self, column: str, value: str | int) -> "User | None":
        rows = rows_of(User, _user_with(column), [value])
        if not rows:
            return None
        user = _columns().instance(rows[0])
        if column == "guest_key":
            _guests.keep(str(value), user.pk)
        return user

    def left_behind(self, account: "User") -> "models.QuerySet[User]":
        """Return guests of browsers that were merged into ``account`` already."""
        merged = MergeRecord.objects.filter(user=account)
        return self.filter(guest_key__in=merged.values("source_key"))

    def guest_for(self, token: str) -> "User":
        """Return the guest whose browser holds ``token``, made if need be; safe to race."""
        guest_key = digest_of_visitor(token)
        username = f"guest-{guest_key[:32]}"
        defaults = {"username": username, "password": make_password(None)}
        guest, _ = self.get_or_create(guest_key=guest_key, defaults=defaults)
        return guest


def foreseen_account(pk: int) -> Foreseen:
    """Return what will be asked for the user with this key."""
    return Foreseen(_user_with("id"), (pk,), len(_columns()))


def foreseen_guest(token: str) -> tuple[int | None, Foreseen]:
    """Return what will be asked for the guest of this browser, and its key as it was last seen."""
    digest = digest_of_visitor(token)
    return _guests.get(digest), Foreseen(_user_with("guest_key"), (digest,), len(_columns()))


def guest_in(token: str, rows: Sequence[Row]) -> int | None:
    """Return the key of the guest of this browser, from what was foreseen and is answered now."""
    digest = digest_of_visitor(token)
    for row in rows:
        _guests.keep(digest, _columns().instance(row).pk)
    return _guests.get(digest)


class User(AbstractUser):
    """A person. ``guest_key`` is set while the person has no account.

    ``desired_retention`` is the chance of recall, from 0 to 1, at which a question comes up again.
    """

    guest_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    desired_retention = models.FloatField(default=0.9)

    objects: ClassVar[LearnerManager] = LearnerManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(desired_retention__gte=0.8) & Q(desired_retention__lte=0.95),
                name="desired_retention_is_from_80_to_95_percent",
            )
        ]

    def get_session_auth_hash(self) -> str:
        """Return what ends the person's sessions when it changes: Django's digest of the password.

        It is worked out once, and not at every request.
        """
        return _session_hash(self.password, settings.SECRET_KEY)

    @property
    def is_guest(self) -> bool:
        """Say whether this person learns without an account."""
        return self.guest_key is not None

    @property
    def known_as(self) -> str:
        """Return what people who write a course together know each other by; learners never see it.

        A name if there is one, else the e-mail address: most user names were drawn at random.
        """
        return self.get_full_name() or self.email or self.get_username()


class MergeRecord(models.Model):
    """A guest whose work was added to an account. ``source`` was the guest's id and is gone since.

    It is unique, so that nobody is ever merged twice. ``source_key`` was the guest's: an answer
    that was under way just then may have made its guest anew; see ``LearnerManager.left_behind``.
    """

    source = models.BigIntegerField(unique=True)
    source_key = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="merges")
    answers = models.PositiveIntegerField()
    lessons = models.PositiveIntegerField()
    merged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source} into {self.user_id}"


@lru_cache(maxsize=MOST_HASHES)
def _session_hash(password: str, _secret: str) -> str:
    return super(User, User(password=password)).get_session_auth_hash()


@cache
def _user_with(column: str) -> str:
    return " ".join(("SELECT", _columns().of("u"), "FROM learn_user u WHERE", column, "= %s"))


@cache
def _columns() -> Columns[User]:
    """Return the columns of a user that are read at once; two times are left for when asked for."""
    names = {field.attname for field in User._meta.concrete_fields}
    return Columns(User, names - {"last_login", "date_joined"})
