"""A polite limit: each client has a bucket of tokens that fills at a steady rate, and each request takes one."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

MOST_CLIENTS = 10_000  # who has not asked for longest is forgotten first, with a full bucket


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a request: whether it may go on, the tokens left, and the whole seconds until one more and until the bucket is full."""

    allowed: bool
    left: int
    next_in: int
    full_in: int


class Buckets:
    """The buckets of the clients of this process; *size* tokens each, filling in *seconds*."""

    def __init__(self, size: int, seconds: float = 60.0, most: int = MOST_CLIENTS) -> None:
        self.size, self.seconds = size, seconds
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client -> tokens, and when it had so many

    def take(self, client: str, now: float) -> Taken:
        """Take a token from the bucket of *client* at the time *now*, in seconds of a steady clock."""
        rate = self.size / self.seconds
        with self._lock:
            tokens, since = self._held.pop(client, (float(self.size), now))
            tokens = min(float(self.size), tokens + max(0.0, now - since) * rate)
            allowed = tokens >= 1
            tokens -= allowed
            self._held[client] = (tokens, now)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return Taken(allowed, int(tokens), max(0, math.ceil((1 - tokens) / rate)), math.ceil((self.size - tokens) / rate))
