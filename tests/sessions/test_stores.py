"""Every store of sessions keeps the same promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from redis import Redis

from portal.sessions.redis import RedisSessions
from portal.sessions.store import SessionsAway, SessionStore, Stored
from tests.servers.redis import RedisServer
from tests.sessions.conftest import IDLE, LONGEST, Clock, Opened
from tests.sessions.moments import NOW

AN, BINH = "a" * 32, "b" * 32
LABEL = "sid https://provider.example s-1"


def _stored(owner: str = AN, labels: tuple[str, ...] = (), **content: object) -> Stored:
    return Stored(owner, content, NOW, labels)


def test_a_session_comes_back_as_it_was_kept(store: SessionStore) -> None:
    stored = _stored(labels=(LABEL,), level=2, words="Phông lưu trữ", many=[1, {"a": None}])
    store.add("k1", stored)
    assert store.load("k1") == stored
    assert store.load("k2") is None


def test_other_content_replaces_it_and_never_brings_back_what_was_ended(store: SessionStore) -> None:
    store.add("k1", _stored(level=1))
    assert store.replace("k1", _stored(level=2))
    assert store.load("k1") == _stored(level=2)
    store.delete("k1")
    assert not store.replace("k1", _stored(level=3))
    assert store.load("k1") is None


def test_the_sessions_of_an_owner_are_listed_and_ended_but_for_one(store: SessionStore) -> None:
    for key, owner in (("k1", AN), ("k2", AN), ("k3", BINH), ("k4", "")):
        store.add(key, _stored(owner))
    assert sorted(each.key for each in store.of_owner(AN)) == ["k1", "k2"]
    assert store.end_owner(AN, except_key="k2") == 1
    assert [each.key for each in store.of_owner(AN)] == ["k2"]
    assert store.end_owner(AN) == 1
    assert store.end_owner(AN) == 0
    assert store.of_owner(AN) == []
    assert store.load("k3") is not None
    assert store.load("k4") is not None


def test_a_label_ends_every_session_that_has_it(store: SessionStore) -> None:
    store.add("k1", _stored(labels=(LABEL, "sub x")))
    store.add("k2", _stored(BINH, labels=(LABEL,)))
    store.add("k3", _stored(labels=("sub x",)))
    assert store.end_labelled(LABEL) == 2
    assert store.end_labelled(LABEL) == 0
    assert [store.load(key) is None for key in ("k1", "k2", "k3")] == [True, True, False]
    assert [each.key for each in store.of_owner(AN)] == ["k3"]


def test_something_can_be_used_once_even_by_many_at_a_time(store: SessionStore) -> None:
    with ThreadPoolExecutor(6) as pool:
        first = list(pool.map(lambda _: store.once("jti-1", 60), range(12)))
    assert first.count(True) == 1
    assert store.once("jti-2", 60)


def test_two_applications_know_nothing_of_each_other(open_store: Opened) -> None:
    readers, desk = open_store("reader"), open_store("desk")
    readers.add("k1", _stored(labels=(LABEL,)))
    assert desk.load("k1") is None
    assert desk.of_owner(AN) == []
    assert desk.end_labelled(LABEL) == desk.end_owner(AN) == 0
    assert readers.once("n", 60)
    assert desk.once("n", 60)
    assert readers.load("k1") is not None


def test_what_nobody_uses_ends_by_itself(kept_in_database: SessionStore, clock: Clock) -> None:
    kept_in_database.add("k1", _stored(labels=(LABEL,)))
    clock.on(IDLE - timedelta(seconds=1))
    assert kept_in_database.load("k1") is not None
    clock.on(IDLE - timedelta(seconds=1))
    assert kept_in_database.load("k1") is not None
    clock.on(IDLE)
    assert kept_in_database.load("k1") is None
    assert kept_in_database.of_owner(AN) == []
    assert not kept_in_database.replace("k1", _stored())


def test_the_last_use_is_known(kept_in_database: SessionStore, clock: Clock) -> None:
    kept_in_database.add("k1", _stored())
    kept_in_database.add("k2", _stored())
    clock.on(timedelta(minutes=5))
    kept_in_database.load("k1")
    listed = kept_in_database.of_owner(AN)
    assert [(each.key, each.seen_at) for each in listed] == [("k1", clock.at), ("k2", NOW)]


def test_redis_ends_what_nobody_uses_and_a_use_costs_one_question(redis_server: RedisServer, clock: Clock) -> None:
    store = RedisSessions(redis_server.url, application="reader", idle=IDLE, longest=LONGEST, now=clock)
    store.add("k1", _stored())
    with Redis.from_url(redis_server.url, decode_responses=True) as redis:
        redis.expire("session:reader:k1", 60)
        assert (clock.at - store.of_owner(AN)[0].seen_at).total_seconds() == IDLE.total_seconds() - 60
        before = redis.info("commandstats").get("cmdstat_getex", {"calls": 0})["calls"], _commands(redis)
        assert store.load("k1") is not None
        after = redis.info("commandstats")["cmdstat_getex"]["calls"], _commands(redis)
        assert (after[0] - before[0], after[1] - before[1]) == (1, 1)
        assert redis.ttl("session:reader:k1") == IDLE.total_seconds()


def _commands(redis: "Redis") -> int:
    """Everything that was asked but the questions about that."""
    stats = redis.info("commandstats")
    return sum(each["calls"] for name, each in stats.items() if name not in ("cmdstat_info", "cmdstat_ttl"))


def test_no_id_and_no_name_of_what_is_used_once_stands_in_redis(redis_server: RedisServer, clock: Clock) -> None:
    store = RedisSessions(redis_server.url, application="reader", idle=IDLE, longest=LONGEST, now=clock)
    store.add("k1", _stored(labels=(LABEL,)))
    store.once("a-jti", 60)
    with Redis.from_url(redis_server.url, decode_responses=True) as redis:
        assert not [key for key in redis.keys("*") if "a-jti" in key or "s-1" in key]


def test_a_redis_that_is_away_says_so(redis_server: RedisServer, clock: Clock) -> None:
    store = RedisSessions(redis_server.url, application="reader", idle=IDLE, longest=LONGEST, now=clock)
    redis_server.stop()
    for ask in (lambda: store.load("k"), lambda: store.add("k", _stored()), lambda: store.once("n", 1)):
        with pytest.raises(SessionsAway):
            ask()
