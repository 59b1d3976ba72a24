"""Answers that were worked out once and are asked for again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Remembered:
    """Keeps the *most* answers that were asked for last, for all threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, object] = OrderedDict()

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* made for *key*, which names the question and all that the answer depends on, such as a data version."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return cast("T", self._held[key])
        fresh = make()
        with self._lock:
            self._held[key] = fresh
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return fresh
