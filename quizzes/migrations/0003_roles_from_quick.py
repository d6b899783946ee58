from django.db import migrations


def quick_by_name(apps, schema_editor):
    """Quick checks were told by a flag before there were more roles and scopes."""
    apps.get_model("quizzes", "Question").objects.filter(is_quick=True).update(role="quick")
    apps.get_model("quizzes", "Attempt").objects.filter(is_quick=True).update(scope="quick")


def quick_by_flag(apps, schema_editor):
    """Set the flags again."""
    apps.get_model("quizzes", "Question").objects.filter(role="quick").update(is_quick=True)
    apps.get_model("quizzes", "Attempt").objects.filter(scope="quick").update(is_quick=True)


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_roles_scopes_reviews_and_tables")]

    operations = [migrations.RunPython(quick_by_name, quick_by_flag)]
