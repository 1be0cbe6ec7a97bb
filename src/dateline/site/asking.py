"""Questions whose answers no language alters: while several editions of a page are made, each is asked once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Ask the same only once, as long as the block lasts: what changes meanwhile is in no answer."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def ask(question: Callable[P, R], *about: P.args, **how: P.kwargs) -> R:
    """Ask the archive, or say again what it answered. The answer is shared: change nothing in it."""
    answers = _answers.get()
    if answers is None:
        return question(*about, **how)
    asked = (question, about, *sorted(how.items()))
    if asked not in answers:
        answers[asked] = question(*about, **how)
    answer: R = answers[asked]
    return answer
