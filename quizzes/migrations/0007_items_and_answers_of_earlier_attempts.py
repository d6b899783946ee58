from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 10_000


def fill_in(apps, schema_editor, batch=BATCH):
    """Items get their attempt's person, then answers their item's; each batch is kept at once.

    Whoever is interrupted goes on where rows are still without a person.
    """
    attempt, item, response = (
        apps.get_model("quizzes", name) for name in ("Attempt", "AttemptItem", "Response")
    )
    _copy_person(item, attempt, "attempt_id", batch)
    _copy_person(response, item, "item_id", batch)


def _copy_person(model, owner, reference, batch):
    person = owner.objects.filter(pk=OuterRef(reference)).values("user_id")
    last = 0
    while True:
        left = model.objects.filter(pk__gt=last, user_id=None)
        keys = list(left.order_by("pk").values_list("pk", flat=True)[:batch])
        if not keys:
            return
        last = keys[-1]
        left.filter(pk__lte=last).update(user_id=Subquery(person))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quizzes", "0006_whose_items_and_answers")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
