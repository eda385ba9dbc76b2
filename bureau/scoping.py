"""THE place that decides who sees and who edits which rows.

Every model states one of these as ``SCOPE`` (a model of another package in ``FOREIGN`` below):

- a path to the region, such as ``"region"`` or ``"standard__region"`` (``SCOPE_OFFICE`` names the path to the
  keeping office where it is not the neighbour of the region): rows in the region's subtree of the user's office,
  or kept by that office or one below.
  With ``HOLDS_BELOW`` the rows hold in the region of the keeping office and all that lies in it: offices there see
  who they are, as with ``EVERYONE``, and nothing of what is behind them;
- ``EVERYONE``: whoever is logged in. Of a ``Record``: every office sees who it is, the keeping office or one above
  changes it, and what is behind it (history, papers, voided ones) stays with those who would see it by its place;
- ``BY_ROLE``: whoever's role may view the model at all;
- ``AS_PARENT``: as the row that ``PARENT`` points to;
- ``OWN``: only the person that ``OWNER`` (default ``started_by``) points to.
"""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from bureau.models import Office, Record, Staff
from bureau.models.record import NOT_VOIDED, standing
from bureau.models.region import final_code, region_tree, subtree_q

EVERYONE = "everyone"
BY_ROLE = "by_role"
AS_PARENT = "as_parent"
OWN = "own"

# Models of other packages, by label: who sees their rows. Nothing else of theirs may be shown.
FOREIGN = {
    "admin.LogEntry": OWN,
    "auth.Group": BY_ROLE,
    "auth.Permission": BY_ROLE,
    "axes.AccessAttempt": BY_ROLE,
    "axes.AccessAttemptExpiration": BY_ROLE,
    "axes.AccessFailureLog": BY_ROLE,
    "axes.AccessLog": BY_ROLE,
    "contenttypes.ContentType": BY_ROLE,
    "django_tasks_database.DBTaskResult": BY_ROLE,
    "otp_totp.TOTPDevice": OWN,
    "sessions.Session": BY_ROLE,
}
FOREIGN_OWNERS = {"admin.LogEntry": "user", "otp_totp.TOTPDevice": "user"}


def scope_of(model: Any) -> str | None:
    """The model's statement; the history of a model follows the model itself."""
    if is_history(model):
        return AS_PARENT
    return getattr(model, "SCOPE", None) or FOREIGN.get(model._meta.label)


def is_history(model: type[Model]) -> bool:
    return hasattr(model, "instance_type")


def is_shared(model: Any) -> bool:
    """Whether offices see rows of others without what is behind them."""
    return scope_of(model) == EVERYONE or getattr(model, "HOLDS_BELOW", False)


def visible_to(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of ``queryset`` that ``user`` may see."""
    return _limited(queryset, user, editable=False)


def editable_by(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of ``queryset`` that ``user`` may change: those of the own office or one below."""
    return _limited(queryset, user, editable=True)


def open_to(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of ``queryset`` of which ``user`` may also see history, papers and who entered them."""
    return _limited(queryset, user, editable=False, inside=True)


def gone_for_everyone(queryset: QuerySet) -> QuerySet:
    """The rows that everybody saw until they, or the record that they hang on, were voided.

    No more may be told of them than that they are gone: whoever keeps a copy has to learn of it.
    """
    top: Any = queryset.model
    while scope_of(top) == AS_PARENT and not is_history(top):
        top = top._meta.get_field(top.PARENT).related_model
    if scope_of(top) == EVERYONE and issubclass(top, Record):
        return queryset.exclude(standing(queryset.model))
    return queryset.none()


def _limited(queryset: QuerySet, user: Any, *, editable: bool, inside: bool = False) -> QuerySet:
    if not getattr(user, "is_active", False) or not isinstance(user, Staff):
        return queryset.none()
    model = queryset.model
    scope = scope_of(model)
    if scope is None:
        raise LookupError(f"{model._meta.label} states no SCOPE.")
    if scope == EVERYONE and issubclass(model, Record):
        return queryset.filter(_of_everyone(model, user, editable=editable, inside=inside))
    if scope == EVERYONE:
        return queryset
    if scope == BY_ROLE:
        return queryset if _may_view(model, user) else queryset.none()
    if scope == OWN:
        return queryset.filter(**{_owner(model): user})
    if scope == AS_PARENT:
        return queryset.filter(_as_parent(model, user, editable=editable, inside=inside))
    by_place = _by_place(model, scope, user, editable=editable)
    if getattr(model, "HOLDS_BELOW", False) and not (editable or inside):
        by_place |= _from_above(model, user)
    return queryset.filter(by_place)


def _may_view(model: type[Model], user: Staff) -> bool:
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _owner(model: type[Model]) -> str:
    return FOREIGN_OWNERS.get(model._meta.label) or str(getattr(model, "OWNER", "started_by"))


def _by_place(model: type[Model], region_path: str, user: Staff, *, editable: bool) -> Q:
    office = user.office
    if office is None:
        return Q(pk__in=[])
    kept = Q(**{f"{office_path(model)}__in": Office.objects.below(office).values("pk")})
    if editable or office.kind == Office.Kind.ENTERPRISE:
        return kept
    return kept | subtree_q(office.region_id, region_path)


def _from_above(model: type[Model], user: Staff) -> Q:
    """Rows in force of the offices in whose region the own one lies; a voided one holds nowhere."""
    if user.office is None or user.office.kind == Office.Kind.ENTERPRISE:
        return Q(pk__in=[])
    places = region_tree().above(final_code(user.office.region_id))
    return NOT_VOIDED & Q(**{f"{office_path(model)}__region__in": places})


def _of_everyone(model: type[Model], user: Staff, *, editable: bool, inside: bool) -> Q:
    """Voided rows are nobody's to refer to any more, so they are seen by place."""
    by_place = _by_place(model, "region", user, editable=editable)
    return by_place if editable or inside or user.office is None else NOT_VOIDED | by_place


def office_path(model: Any) -> str:
    return getattr(model, "SCOPE_OFFICE", "") or region_path(model).removesuffix("region") + "office"


def region_path(model: Any) -> str:
    """Where a row of a scoped model counts, as a path; of a row that hangs on a record, where that counts."""
    scope = scope_of(model)
    if scope == AS_PARENT:
        return f"{model.PARENT}__{region_path(model._meta.get_field(model.PARENT).related_model)}"
    return "region" if scope == EVERYONE else str(scope)


def _as_parent(model: Any, user: Staff, *, editable: bool, inside: bool) -> Q:
    if is_history(model):
        origin = model.instance_type
        rows = _limited(origin._default_manager.all(), user, editable=editable, inside=True)
        return Q(**{f"{origin._meta.pk.attname}__in": rows.values("pk")})
    parent = model.PARENT
    pointer = next((field for field in model._meta.private_fields if field.name == parent), None)
    if isinstance(pointer, GenericForeignKey):
        return _as_any_record(pointer, user, editable=editable)
    parents = model._meta.get_field(parent).related_model._default_manager.all()
    rows = _limited(parents, user, editable=editable, inside=inside)
    return Q(**{f"{parent}__in": rows.values("pk")})


def _as_any_record(pointer: GenericForeignKey, user: Staff, *, editable: bool) -> Q:
    """A row that may hang on a record of any kind: one condition a kind that exists."""
    condition = Q(pk__in=[])
    for model in apps.get_models():
        if issubclass(model, Record) and not is_history(model):
            rows = _limited(model._default_manager.all(), user, editable=editable, inside=True)
            kind = ContentType.objects.get_for_model(model)
            condition |= Q(**{pointer.ct_field: kind, f"{pointer.fk_field}__in": rows.values("pk")})
    return condition
