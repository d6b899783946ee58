"""What every answer asks is looked up row by row, though a first class has only just begun.

The databases know nothing of what new tables hold before they next take the time to look. What is
planned while they know them to be small is done for as long.
"""

import pytest
from django.db import connection

from learn.models import User
from quizzes.models import Attempt
from quizzes.stored import answers_given, items_of
from tests.factories import answer, begin, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
FEW, MANY = 5, 2_000
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
WHOLE = {
    "sqlite": ["SCAN r", "SCAN i"],
    "postgresql": ["Seq Scan on quizzes_response", "Seq Scan on quizzes_attemptitem"],
}


def repeat(instance, **values):
    """Store copies of an instance, each with its values of the lists that are given."""
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    kept = {f.attname: getattr(instance, f.attname) for f in instance._meta.concrete_fields}
    del kept["id"]
    return type(instance).objects.bulk_create(type(instance)(**kept | row) for row in rows)


@pytest.fixture(params=[MANY, FEW], ids=["among new ones", "among the few known"])
def attempt(request):
    """One attempt among those of others who began in the same minute."""
    attempt = begin(make_lesson(), make_learner())
    answer(attempt, 1, "yes")
    names = [f"classmate-{n}" for n in range(request.param)]
    people = User.objects.bulk_create(User(username=name) for name in names)
    users = [each.pk for each in people]
    attempts = repeat(attempt, token=names, user_id=users)
    for item in attempt.items.order_by("position"):
        own = [each.pk for each in attempts]
        items = repeat(item, attempt_id=own, user_id=users)
        for response in item.responses.all():
            repeat(response, item_id=[each.pk for each in items], user_id=users)
    if request.param == FEW:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return Attempt.objects.select_related("user", "lesson").get(pk=attempt.pk)


def plan_of(read):
    """Run a function that reads once; return how the database goes about it."""
    asked = []

    def listen(execute, statement, values, many, context):
        asked.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(listen):
        read()
    [(statement, values)] = asked
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {statement}", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    "read",
    [lambda attempt: list(items_of(attempt)), lambda attempt: answers_given(attempt, {})],
    ids=["the questions of an attempt", "its answers"],
)
def test_nobody_reads_the_answers_of_a_whole_class(attempt, read):
    # The questions' texts are remembered from here on.
    list(items_of(attempt))
    plan = plan_of(lambda: read(attempt))
    assert not any(words in plan for words in WHOLE[connection.vendor]), plan


def test_no_index_leads_to_the_attempts_of_a_whole_class():
    # The database might take it for the attempts of one person, as long as the table is small.
    with connection.cursor() as cursor:
        table = Attempt._meta.db_table
        keys = connection.introspection.get_constraints(cursor, table).values()
    begins_with = {key["columns"][0] for key in keys if key["index"] or key["unique"]}
    assert begins_with - {"id"} == {"token", "user_id", "retry_of_id"}
