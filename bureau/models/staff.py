from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class StaffManager(BaseUserManager["Staff"]):
    def create_superuser(self, *args, **kwargs) -> "Staff":
        """Nobody may do everything here: three administrators are kept apart by rule."""
        raise ValueError("There is no superuser. Use: manage.py add_staff NAME --role security_administrator")


class Staff(AbstractBaseUser, PermissionsMixin):
    """A person who logs in, with a role and an office."""

    SCOPE = "by_role"
    AREA = "staff"

    username = models.CharField(
        _("login name"),
        max_length=50,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This login name is taken.")},
    )
    full_name = models.CharField(_("name"), max_length=50)
    office = models.ForeignKey(
        "bureau.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff",
        verbose_name=_("office"),
        help_text=_("Whoever works with records needs one; the three administrators have none."),
    )
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    must_change_password = models.BooleanField(_("must change the password at next login"), default=True)
    date_joined = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    objects = StaffManager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_superuser=False),
                name="bureau_staff_no_superuser",
                violation_error_message=_("Nobody may hold all rights."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="bureau_staff_username",
                violation_error_message=_("Another account has this login name in capital or small letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_staff(self) -> bool:
        """The admin site is the workplace of everybody; what it shows follows from role and scope."""
        return self.is_active

    @cached_property
    def role_keys(self) -> frozenset[str]:
        return frozenset(self.groups.values_list("name", flat=True))

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
