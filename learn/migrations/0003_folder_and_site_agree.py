from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def agree(apps, schema_editor):
    """All that was published so far came from the folder."""
    revision = apps.get_model("learn", "Revision")
    live = revision.objects.filter(pk=OuterRef("live_id")).values("digest")
    lessons = apps.get_model("learn", "Lesson").objects.filter(live__isnull=False)
    lessons.update(folder_digest=Subquery(live))
    apps.get_model("learn", "MediaFile").objects.update(folder_digest=F("digest"))


class Migration(migrations.Migration):
    dependencies = [("learn", "0002_studio_notes_and_retention")]

    operations = [migrations.RunPython(agree, migrations.RunPython.noop)]
