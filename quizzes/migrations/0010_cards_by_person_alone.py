import django.db.models.deletion
from django.db import migrations, models

INDEX = "quizzes_reviewcard_question_id_30e5a051"


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0009_one_index_of_each_kind")]

    operations = [
        # By hand: for a field without an index SQLite's table would be written anew as a whole.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {INDEX}",
                    f"CREATE INDEX {INDEX} ON quizzes_reviewcard (question_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "reviewcard",
                    "question",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_cards",
                        to="quizzes.question",
                    ),
                )
            ],
        )
    ]
