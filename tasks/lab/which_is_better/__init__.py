"""The task `which_is_better`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task

RUNS = 20  # training runs that each network may have
WORLDS = 40  # pairs of networks with the same true difference
LUCK, MISSED = 6, 4  # of 40: two standard errors claim a difference by luck in about two, one in about thirteen
EFFECT, SPLIT, OWN = 0.02, 0.03, 0.01  # the true difference; standard deviations over splits and of a network's own


class _Network:
    """Stands for a network: its accuracy is its mean, plus what the seed's split does, plus chance of its own."""

    def __init__(self, mean, splits, chance):
        self.accuracies, self.seeds = mean + splits + chance, []

    def __call__(self, seed):
        self.seeds.append(int(seed))
        return float(self.accuracies[int(seed) % len(self.accuracies)])


def _pair(difference, world):
    """Two networks whose true accuracies differ: the second's is higher by `difference`."""
    generator = np.random.default_rng(world)
    splits = generator.normal(0, SPLIT, 1000)
    return [_Network(mean, splits, generator.normal(0, OWN, 1000)) for mean in (0.9, 0.9 + difference)]


def observe_which_is_better(answer, seed):
    first, second = _pair(EFFECT, seed)
    verdict = answer.target(first, second)
    yield "what comes back", _form(verdict)
    yield "each network is trained at most 20 times", max(len(first.seeds), len(second.seeds)) <= RUNS
    yield "each network is trained on more than one seed", min(len(set(first.seeds)), len(set(second.seeds))) > 1
    yield "both networks get the same seeds", sorted(first.seeds) == sorted(second.seeds)
    claims = {d: [answer.target(*_pair(d, seed + w)) for w in range(WORLDS)] for d in (0, EFFECT, -EFFECT)}
    answers = {_form(claim) for own in claims.values() for claim in own}
    yield "every answer is a, b or neither", answers == {"a, b or neither"}
    yield "the better one is never the one with the lower accuracy", "a" not in claims[EFFECT]
    yield "how many of a and b are ever called better", len({"a", "b"} & {*claims[EFFECT], *claims[-EFFECT]})
    yield "40 pairs of equally good networks: one is called better in at most 6", _share(claims[0], "neither", LUCK)
    yield "40 pairs where b is better by 0.02: this is found in at least 36", _share(claims[EFFECT], "b", MISSED)
    yield "40 pairs where a is better by 0.02: this is found in at least 36", _share(claims[-EFFECT], "a", MISSED)


def _form(verdict):
    """In words what came back, or None."""
    is_known = isinstance(verdict, str) and verdict in ("a", "b", "neither")
    return None if verdict is None else "a, b or neither" if is_known else "something else"


def _share(claims, right, most):
    return sum(claim != right for claim in claims) <= most


TASK = Task(
    "which_is_better",
    observe=observe_which_is_better,
    hints=(
        "A split that is hard for one network is hard for the other too. What is left of that in the difference of the "
        "two accuracies on the same split?",
        "Take the 20 differences of the seeds 0 to 19. Their standard error is `differences.std(ddof=1) / 20**0.5`. "
        "Claim a difference where their mean is at least two standard errors away from 0.",
    ),
    mistakes={
        "by_luck": "of 40 pairs of equally good networks, one is called better in more than 6. How large is the mean "
        "difference beside its standard error before you believe it?",
        "missed": "of 40 pairs where one network is better by 0.02, more than 4 are missed. Is it the spread of the "
        "differences that you measure, and is it divided by the square root of their number?",
        "one_side": "one of the two is never called better, though it is in 40 of the pairs: look at both signs of the "
        "difference.",
        "other_seeds": "the two networks are trained on different seeds, so the splits differ too: compare both on the "
        "same ones.",
        "one_seed": "a network is trained on fewer than two different seeds, so you cannot know how far its "
        "accuracy moves by chance.",
        "too_many": "a network is trained more than 20 times. The budget is 20 training runs for each.",
        "swapped": "the network with the lower mean accuracy is called the better one.",
        "not_an_answer": 'what comes back is not always one of the three answers: "a", "b" or "neither".',
    },
)
