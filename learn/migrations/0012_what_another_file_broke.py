from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learn", "0011_no_second_index_of_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="broken",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
