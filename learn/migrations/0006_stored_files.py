from django.conf import settings
from django.db import migrations, models


def bring_in(apps, schema_editor):
    """Take over the pictures that were files in CHECKMARK_VAR/media; the files stay."""
    alias = schema_editor.connection.alias
    stored = apps.get_model("learn", "StoredFile").objects.using(alias)
    names = apps.get_model("learn", "MediaFile").objects.using(alias).values_list("file", flat=True)
    for name in set(names):
        path = settings.CHECKMARK_VAR / "media" / name
        if path.is_file():
            stored.get_or_create(name=name, defaults={"content": path.read_bytes()})


class Migration(migrations.Migration):
    dependencies = [("learn", "0005_merge_record")]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RunPython(bring_in, migrations.RunPython.noop),
    ]
