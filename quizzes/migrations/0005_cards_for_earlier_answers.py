from dataclasses import asdict
from itertools import groupby

from django.db import migrations

from quizzes.scheduling import due_at, replay, review_of

BATCH = 500


def make_cards(apps, schema_editor):
    """What was answered before there were cards comes up for review as well."""
    card_model = apps.get_model("quizzes", "ReviewCard")
    retentions = dict(
        apps.get_model("learn", "User").objects.values_list("pk", "desired_retention")
    )
    cards = []
    for (user, question), rows in groupby(_first_answers(apps), key=lambda row: row[:2]):
        memory = replay(
            review_of(verdict=verdict, hints_seen=hints, certainty=certainty, matter=matter, at=at)
            for _, _, matter, verdict, hints, certainty, at in rows
        )
        due = due_at(memory, learner=user, question=question, retention=retentions[user])
        cards.append(card_model(user_id=user, question_id=question, due_at=due, **asdict(memory)))
    card_model.objects.bulk_create(cards, batch_size=BATCH, ignore_conflicts=True)


def _first_answers(apps):
    """All answers that count, question by question, in the order they came in."""
    counted = apps.get_model("quizzes", "Response").objects.filter(
        try_number=1, item__attempt__retry_of=None
    )
    rows = counted.order_by("item__attempt__user_id", "item__version__question_id", "pk")
    return rows.values_list(
        "item__attempt__user_id",
        "item__version__question_id",
        "item__version__matter",
        "verdict",
        "hints_seen",
        "certainty",
        "answered_at",
    ).iterator()


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0004_scopes_instead_of_flags"),
        ("learn", "0002_studio_notes_and_retention"),
    ]

    operations = [migrations.RunPython(make_cards, migrations.RunPython.noop)]
