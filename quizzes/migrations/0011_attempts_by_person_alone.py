import django.db.models.deletion
from django.db import migrations, models

# Nobody looks for all attempts at a lesson. While PostgreSQL knows nothing of a new table, it took
# that index for a person's attempt at a lesson, and went through those of the whole class. Only few
# attempts repeat another one: an index of these alone costs the others nothing.
INDEXES = [
    ("quizzes_attempt_lesson_id_0ac06941", "lesson_id"),
    ("quizzes_attempt_retry_of_id_f45a5fee", "retry_of_id"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("learn", "0011_no_second_index_of_visits"),
        ("quizzes", "0010_cards_by_person_alone"),
    ]

    operations = [
        # By hand: for a field without an index SQLite's table would be written anew as a whole.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {name}",
                    f"CREATE INDEX {name} ON quizzes_attempt ({column})",
                )
                for name, column in INDEXES
            ],
            state_operations=[
                migrations.AlterField(
                    "attempt",
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="learn.lesson",
                    ),
                ),
                migrations.AlterField(
                    "attempt",
                    "retry_of",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retries",
                        to="quizzes.attempt",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            "attempt",
            models.Index(
                condition=models.Q(retry_of__isnull=False),
                fields=["retry_of"],
                name="attempt_by_what_it_repeats",
            ),
        ),
    ]
