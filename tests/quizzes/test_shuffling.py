"""Choices are shuffled fairly, and the same seed always gives the same order."""

from collections import Counter

from quizzes.kinds.choice import choice_ids, choice_spec
from quizzes.shuffling import shown_order


def order(seed, *labels, shuffle=True):
    spec = choice_spec((label, label == labels[0]) for label in labels)
    names = dict(zip(choice_ids(labels), labels, strict=True))
    return [names[id_] for id_ in shown_order("choose-one", spec, seed=seed, shuffle=shuffle)]


def test_the_key_lands_in_each_of_four_places_about_equally_often():
    places = Counter(order(str(seed), "a", "b", "c", "d").index("a") for seed in range(400))
    assert sorted(places) == [0, 1, 2, 3]
    assert all(70 <= count <= 130 for count in places.values()), places


def test_the_same_seed_gives_the_same_order():
    assert order("x", "a", "b", "c", "d") == order("x", "a", "b", "c", "d")
    assert len({tuple(order(str(seed), "a", "b", "c", "d")) for seed in range(50)}) > 5


def test_none_of_the_above_stays_last():
    for seed in range(20):
        assert order(str(seed), "a", "None of the above.", "c", "d")[-1] == "None of the above."


def test_the_authors_order_is_kept_where_shuffling_is_off():
    assert order("x", "d", "c", "b", "a", shuffle=False) == ["d", "c", "b", "a"]
