from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_roles_from_quick")]

    operations = [
        migrations.RemoveConstraint(
            model_name="attempt",
            name="one_open_attempt_a_person_and_lesson",
        ),
        migrations.RemoveField(
            model_name="question",
            name="is_quick",
        ),
        migrations.RemoveField(
            model_name="attempt",
            name="is_quick",
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("user", "lesson", "scope"),
                name="one_open_attempt_a_person_and_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None), ("lesson", None)),
                fields=("user", "scope"),
                name="one_open_review_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lesson", None), ("scope", "review")),
                    models.Q(
                        models.Q(("scope", "review"), _negated=True), ("lesson__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="attempt_has_a_lesson_unless_a_review",
            ),
        ),
    ]
