"""A cluster behind TLS and a password is reached with the settings for it, and not otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.index.port import Follows, IndexUnavailable
from indexer.index.readers import open_readers
from indexer.index.writers import open_generations
from indexer.settings import Engine, IndexSettings
from tests.index.corpus import TODAY
from tests.servers.nginx import NginxTls
from tests.servers.opensearch import OpenSearchServer


@pytest.fixture(scope="module")
def proxy(opensearch_server: OpenSearchServer) -> Iterator[NginxTls]:
    server = NginxTls(opensearch_server.urls[0])
    yield server
    server.stop()


def settings(proxy: NginxTls, **changes: object) -> IndexSettings:
    values: dict[str, object] = {
        "engine": Engine.OPENSEARCH,
        "index_prefix": "secured",
        "opensearch_urls": (proxy.url,),
        "opensearch_user": proxy.user,
        "opensearch_password": proxy.password,
        "opensearch_ca_file": Path(proxy.ca_file),
    }
    return IndexSettings(**(values | changes))  # type: ignore[arg-type]


def test_with_certificate_and_password_the_index_is_written_and_read(proxy: NginxTls) -> None:
    right = settings(proxy)
    generations = open_generations(right)
    with generations.begin(Follows(0, TODAY)) as writer:
        writer.seal()
        generations.switch(writer)
    assert open_readers(right)().derived_on() == TODAY


@pytest.mark.parametrize(
    "wrong", [{"opensearch_password": "wrong"}, {"opensearch_user": ""}, {"opensearch_ca_file": None}], ids=str
)
def test_without_either_it_is_away(wrong: dict[str, object], proxy: NginxTls) -> None:
    with pytest.raises(IndexUnavailable) as caught:
        open_readers(settings(proxy, **wrong))()
    assert proxy.password not in str(caught.value)
