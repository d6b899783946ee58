from django.conf import settings
from django.db import migrations, models


def same_person():
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0005_cards_for_earlier_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("attemptitem", "user", same_person()),
        migrations.AddField("response", "user", same_person()),
    ]
