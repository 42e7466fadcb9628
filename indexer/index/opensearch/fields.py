"""Fields of the two OpenSearch indexes. Text arrives as ready tokens parted by spaces, so the cluster only splits."""

from typing import Any

from indexer.index.schema import FACETS

Mapping = dict[str, Any]

_KEYWORD: Mapping = {"type": "keyword"}
_STORED: Mapping = {"type": "keyword", "index": False, "doc_values": False}
_NUMBER: Mapping = {"type": "integer"}
_WORDS: Mapping = {"type": "text", "analyzer": "tokens", "fielddata": True}
_WORDS_AND_PAIRS: Mapping = {
    **_WORDS,
    "fields": {"pairs": {"type": "text", "analyzer": "pairs", "index_options": "freqs", "fielddata": True}},
}
"""`fielddata` costs nothing until an audit lists the words of an index."""

_COMMON: Mapping = {
    "audience": _KEYWORD,
    "lineage": _KEYWORD,
    "shown_from": _NUMBER,
    "shown_until": _NUMBER,
    "row_version": {"type": "long"},
    "stretch": _NUMBER,
}
"""`stretch` counts the marks that a rebuild had made before it wrote the document; see `writer`."""

_RECORD: Mapping = {
    "id": _KEYWORD,
    "row_key": _KEYWORD,
    "parent_id": _KEYWORD,
    "codes": _KEYWORD,
    "code_order": _KEYWORD,
    **{f"facet_{name}": {"type": "keyword", "eager_global_ordinals": True} for name in FACETS},
    "years": _NUMBER,
    "date_order": _NUMBER,
    "exact": _WORDS,
    "folded": _WORDS_AND_PAIRS,
    "title_exact": _WORDS,
    "title_folded": _WORDS,
    "description": _STORED,
}

_PAGE: Mapping = {
    "record_id": _KEYWORD,
    "number": _NUMBER,
    "exact": _WORDS,
    "folded": _WORDS,
    "text": _STORED,
    "folded_text": _STORED,
    "redactions": _STORED,
}

_ANALYSIS: Mapping = {
    "analyzer": {
        "tokens": {"type": "custom", "tokenizer": "whitespace"},
        "pairs": {"type": "custom", "tokenizer": "whitespace", "filter": ["two_neighbours"]},
    },
    "filter": {
        "two_neighbours": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": False}
    },
}

_FILLING: Mapping = {
    "refresh_interval": "-1",
    "translog.durability": "async",
    "gc_deletes": "1h",
    "max_result_window": 10_000,
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
}
"""While it is filled nobody reads it, and a mark flushes it; afterwards the indexer says when readers see a change."""

SERVING: Mapping = {"index": {"translog.durability": "request", "auto_expand_replicas": "0-1"}}
"""A second copy of every shard as soon as there is a second node."""


def records_index(meta: Mapping) -> Mapping:
    """One document a record: words that are found but not kept, keywords with columns, the description to show."""
    return _index(_RECORD, ["exact", "folded", "title_exact", "title_folded"], meta, shards=1)


def pages_index(shards: int) -> Mapping:
    """One document a page, beside the others of its record: its words, and the text to show, also folded."""
    return _index(_PAGE, ["exact", "folded"], {}, shards=shards, routing=True)


def _index(fields: Mapping, unkept: list[str], meta: Mapping, *, shards: int, routing: bool = False) -> Mapping:
    mappings: Mapping = {
        "dynamic": "strict",
        "_source": {"excludes": unkept},
        "_meta": meta,
        "properties": {**_COMMON, **fields},
    }
    if routing:
        mappings["_routing"] = {"required": True}
    return {
        "settings": {"index": {**_FILLING, "number_of_shards": shards, "mapping.coerce": False}, "analysis": _ANALYSIS},
        "mappings": mappings,
    }
