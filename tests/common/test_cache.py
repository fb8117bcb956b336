"""The shared cache: in every process the same counts, and no page that needs it to be there."""

import logging
import time
import uuid

import pytest
from django.core.cache import caches
from django.test import override_settings

from gruendungswerkstatt.common.cache import ForgivingRedisCache
from gruendungswerkstatt.common.checks import check_cache
from gruendungswerkstatt.settings.addresses import read_caches
from intake import attempts

BACKEND = "gruendungswerkstatt.common.cache.ForgivingRedisCache"


@pytest.mark.parametrize(
    ("broker", "address"),
    [
        ("redis://user:secret@broker.example:6379/3", "redis://user:secret@broker.example:6379/3"),
        ("rediss://broker.example:6379/0", "rediss://broker.example:6379/0"),
        ("redis+socket:///run/valkey.sock", "unix:///run/valkey.sock"),
        ("redis+socket:///run/valkey.sock?virtual_host=2", "unix:///run/valkey.sock?db=2"),
    ],
)
def test_the_broker_is_the_cache_where_it_can_be(monkeypatch, broker, address):
    monkeypatch.delenv("CACHE_URL", raising=False)
    found = read_caches("CACHE_URL", broker)["default"]
    assert (found["BACKEND"], found["LOCATION"], found["KEY_PREFIX"]) == (BACKEND, address, "gw")


def test_a_cache_of_its_own_comes_first(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://cache.example:6379/1")
    for broker in ("amqp://broker.example:5672//", "redis://broker.example:6379/0"):
        assert read_caches("CACHE_URL", broker)["default"]["LOCATION"] == "redis://cache.example:6379/1"


def test_a_broker_that_cannot_be_the_cache_is_said_by_a_check(monkeypatch):
    monkeypatch.delenv("CACHE_URL", raising=False)
    with override_settings(CACHES=read_caches("CACHE_URL", "amqp://broker.example:5672//")):
        assert [message.id for message in check_cache(None)] == ["gruendungswerkstatt.W002"]
    with override_settings(CACHES=read_caches("CACHE_URL", "redis://broker.example:6379/0")):
        assert check_cache(None) == []


def test_a_cache_that_is_gone_is_like_an_empty_one(tmp_path, caplog):
    cache = ForgivingRedisCache(f"unix://{tmp_path}/nobody.sock", {})
    started = time.monotonic()
    assert cache.get("key", "default") == "default"
    assert cache.add("key", 1)
    cache.set("key", 1, 60)
    assert cache.incr("key") == 1
    assert not cache.delete("key")
    assert not cache.touch("key")
    assert "key" not in cache
    assert cache.get_many(["key"]) == {}
    assert cache.set_many({"key": 1}) == ["key"]
    cache.delete_many(["key"])
    cache.clear()
    assert time.monotonic() - started < 1
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_codes_can_be_tried_while_the_cache_is_gone_but_no_pin(tmp_path):
    gone = {"default": {"BACKEND": BACKEND, "LOCATION": f"unix://{tmp_path}/nobody.sock"}}
    tries = attempts.at_code("0000-0000", "192.0.2.7")
    with override_settings(CACHES=gone):
        for _try in range(attempts.MOST + 1):
            tries.count()
        tries.refuse()
        tries.forget()
        with pytest.raises(attempts.Paused):
            attempts.claim(attempts.at_pin(uuid.uuid4(), "hash", "192.0.2.7"))
        assert isinstance(caches["default"], ForgivingRedisCache)
