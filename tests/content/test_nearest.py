"""The name that an author meant."""

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.nearest import FEW, Names, suggest


def test_the_nearest_of_a_few_names_is_found():
    assert Names(["answer", "prompt"]).nearest("anwser") == "answer"
    assert Names(["answer", "prompt"]).nearest("zzz") is None
    assert Names([]).nearest("answer") is None


def test_the_nearest_of_many_names_is_found():
    names = Names([f"card-number-{n}" for n in range(5_000)] + ["fgsm-step-direction"])
    assert names.nearest("fgsm-step-directoin") == "fgsm-step-direction"
    assert names.nearest("card-nmber-4321") == "card-number-4321"
    assert names.nearest("#" * 100_000) is None


def test_there_is_something_to_say_when_nothing_is_near():
    assert suggest("anwser", ["answer"], "no idea") == 'did you mean "answer"?'
    assert suggest("anwser", [], "no idea") == "no idea"


def test_a_part_of_one_name_alone_names_it():
    keys = ["athalye-2018-obfuscated", "carlini-2016-evaluating", "carlini-2021-poisoning"]
    assert suggest("athalye", keys, "no idea") == 'did you mean "athalye-2018-obfuscated"?'
    assert suggest("carlini", keys, "no idea") == "no idea"
    assert suggest("ob", keys, "no idea") == "no idea"


@given(st.lists(st.text("abcdefgh-", min_size=12, max_size=24), min_size=FEW + 1, max_size=120))
def test_a_name_is_nearest_to_itself(names):
    assert Names(names).nearest(names[0]) == names[0]
