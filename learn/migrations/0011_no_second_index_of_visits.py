import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The constraint's own index, of person and lesson, is found by the person too.
INDEX = "learn_lessonvisit_user_id_5a9cf5d5"


class Migration(migrations.Migration):
    dependencies = [("learn", "0010_when_a_file_fell_out_of_use")]

    operations = [
        # By hand: for a field without an index SQLite's table would be written anew as a whole.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {INDEX}",
                    f"CREATE INDEX {INDEX} ON learn_lessonvisit (user_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "lessonvisit",
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                )
            ],
        )
    ]
