"""Answers to the made-up task `best`."""


def best():
    answer = 8
    return answer


def best__odd():
    return 7
