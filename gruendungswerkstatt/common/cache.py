"""The cache that all web processes share: counts of wrong codes and of failed sign-ins.

It only ever holds what may be forgotten. So a server that does not answer must not take pages down: reading finds
nothing, writing is left out, and the log says so.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, instead: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @functools.wraps(original)
    def method(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError):
            logger.warning("The cache does not answer", exc_info=True)
            return instead(*args, **kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Django's RedisCache; while its server does not answer it is like an empty one that keeps nothing."""

    add = _forgiving("add", lambda *args, **kwargs: True)
    get = _forgiving("get", lambda key, default=None, version=None: default)
    set = _forgiving("set", lambda *args, **kwargs: None)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    delete = _forgiving("delete", lambda *args, **kwargs: False)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    incr = _forgiving("incr", lambda key, delta=1, version=None: delta)
    set_many = _forgiving("set_many", lambda data, *args, **kwargs: list(data))
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None)
    clear = _forgiving("clear", lambda *args, **kwargs: False)
