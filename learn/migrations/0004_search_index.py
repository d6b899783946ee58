import django.db.models.deletion
from django.db import migrations, models

# The index keeps no text of its own: it reads learn_searchentry, and triggers keep it in step.
SQLITE = [
    """CREATE VIRTUAL TABLE learn_searchindex USING fts5(
        kind, title_words, heading_words, text_words,
        content='learn_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER learn_searchentry_added AFTER INSERT ON learn_searchentry BEGIN
        INSERT INTO learn_searchindex(rowid, kind, title_words, heading_words, text_words)
        VALUES (new.id, new.kind, new.title_words, new.heading_words, new.text_words); END""",
    """CREATE TRIGGER learn_searchentry_gone AFTER DELETE ON learn_searchentry BEGIN
        INSERT INTO learn_searchindex(
            learn_searchindex, rowid, kind, title_words, heading_words, text_words)
        VALUES ('delete', old.id, old.kind, old.title_words, old.heading_words, old.text_words);
        END""",
    """CREATE TRIGGER learn_searchentry_changed AFTER UPDATE ON learn_searchentry BEGIN
        INSERT INTO learn_searchindex(
            learn_searchindex, rowid, kind, title_words, heading_words, text_words)
        VALUES ('delete', old.id, old.kind, old.title_words, old.heading_words, old.text_words);
        INSERT INTO learn_searchindex(rowid, kind, title_words, heading_words, text_words)
        VALUES (new.id, new.kind, new.title_words, new.heading_words, new.text_words); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER learn_searchentry_added",
    "DROP TRIGGER learn_searchentry_gone",
    "DROP TRIGGER learn_searchentry_changed",
    "DROP TABLE learn_searchindex",
]
POSTGRESQL = [
    """ALTER TABLE learn_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_words), 'A') ||
        setweight(to_tsvector('simple'::regconfig, heading_words), 'B') ||
        setweight(to_tsvector('simple'::regconfig, text_words), 'D')) STORED""",
    """ALTER TABLE learn_searchentry ADD COLUMN headings tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_words), 'A') ||
        setweight(to_tsvector('simple'::regconfig, heading_words), 'B')) STORED""",
    # Weights and kinds are not in an index of words, so headings and each kind have their own.
    *(
        f"CREATE INDEX search_{kind}_by_{column} ON learn_searchentry USING gin ({column}) "
        f"WHERE kind = '{kind}'"
        for kind in ("lesson", "question", "term")
        for column in ("vector", "headings")
    ),
]
POSTGRESQL_BACK = [
    "ALTER TABLE learn_searchentry DROP COLUMN headings",
    "ALTER TABLE learn_searchentry DROP COLUMN vector",
]


def build(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def unbuild(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, on_sqlite, on_postgresql):
    statements = on_postgresql if schema_editor.connection.vendor == "postgresql" else on_sqlite
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("learn", "0003_folder_and_site_agree")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lesson", "section of a lesson"),
                            ("question", "question"),
                            ("term", "term of the glossary"),
                        ],
                        max_length=10,
                    ),
                ),
                # Before the long texts, so that a search reads it without them.
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="learn.lesson",
                    ),
                ),
                ("question", models.BigIntegerField(blank=True, db_index=True, null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("anchor", models.CharField(blank=True, max_length=300)),
                ("title", models.TextField()),
                ("heading", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("title_words", models.TextField()),
                ("heading_words", models.TextField(blank=True)),
                ("text_words", models.TextField(blank=True)),
                ("stamp", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True)),
                ("initial", models.CharField(max_length=1)),
                ("length", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["initial", "length"], name="search_word_by_look")]
            },
        ),
        migrations.RunPython(build, unbuild),
    ]
