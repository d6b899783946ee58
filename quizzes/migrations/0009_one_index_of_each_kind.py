import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Each was the beginning of another index of its table, and written with every answer.
INDEXES = [
    ("quizzes_attempt_user_id_ef81d7e3", "quizzes_attempt", "user_id"),
    ("quizzes_attemptitem_attempt_id_28851a6c", "quizzes_attemptitem", "attempt_id"),
    ("quizzes_response_item_id_d752752d", "quizzes_response", "item_id"),
    ("quizzes_reviewcard_user_id_b5cae563", "quizzes_reviewcard", "user_id"),
]


def key_to(model, related_name):
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0008_no_item_or_answer_without_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # By hand: for a field without an index SQLite's table would be written anew as a whole.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} ({column})"
                )
                for name, table, column in INDEXES
            ],
            state_operations=[
                migrations.AlterField("attempt", "user", key_to("learn.user", "attempts")),
                migrations.AlterField("attemptitem", "attempt", key_to("quizzes.attempt", "items")),
                migrations.AlterField(
                    "response", "item", key_to("quizzes.attemptitem", "responses")
                ),
                migrations.AlterField("reviewcard", "user", key_to("learn.user", "review_cards")),
            ],
        )
    ]
