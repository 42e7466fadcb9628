"""Fields of the two Tantivy indexes. Text arrives as ready tokens parted by spaces, so Tantivy only splits."""

from hashlib import blake2b
from pathlib import Path

import tantivy

from indexer.index.schema import FACETS

TOKENS = "tokens"
"""Name of the tokenizer that splits at spaces and does nothing else."""

PAIRS = "pairs"
"""Name of the tokenizer that takes two tokens and the space between for one; see `halves`."""


def records_schema() -> tantivy.Schema:
    """One document a record: words without storage, keywords with columns, and the description to show."""
    builder = tantivy.SchemaBuilder()
    for name in ("exact", "folded", "title_exact", "title_folded"):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option="position")
    builder.add_text_field("pairs", tokenizer_name=PAIRS, index_option="freq")
    for name in ("id", "codes", "parent_id"):
        _keyword(builder, name)
    builder.add_text_field("row_key", tokenizer_name="raw", index_option="basic", stored=True)
    for name in FACETS:
        _keyword(builder, f"facet_{name}", fast=True)
    _keyword(builder, "code_order", fast=True)
    for name in ("years", "date_order"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("description", stored=True)
    return _with_access(builder).build()


def pages_schema() -> tantivy.Schema:
    """One document a page: its words, its record, and the text to show, also folded for finding words in it."""
    builder = tantivy.SchemaBuilder()
    for name in ("exact", "folded"):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option="position")
    _keyword(builder, "record_id")
    builder.add_unsigned_field("record_key", fast=True)
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    for name in ("text", "folded_text", "redactions"):
        builder.add_bytes_field(name, stored=True)
    return _with_access(builder).build()


def open_index(schema: tantivy.Schema, folder: Path) -> tantivy.Index:
    """Open or create one index in an existing folder. It follows no files by itself: a generation does not change."""
    index = tantivy.Index(schema, path=str(folder))
    index.config_reader(reload_policy="manual")
    index.register_tokenizer(PAIRS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"\S+ \S+")).build())
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def record_key(record_id: str) -> int:
    """A number that stands for a record in a column, where text cannot be read."""
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest())


def halves(run: str) -> tuple[str, str]:
    """A run of tokens as two texts of which the tokenizer of pairs makes every pair of neighbours, each once.

    The first gives the pairs that begin at even places; without its first token the run gives the others.
    """
    return run, run[run.find(" ") + 1 :]


def _keyword(builder: tantivy.SchemaBuilder, name: str, *, fast: bool = False) -> None:
    builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=fast)


def _with_access(builder: tantivy.SchemaBuilder) -> tantivy.SchemaBuilder:
    for name in ("audience", "lineage"):
        _keyword(builder, name)
    for name in ("shown_from", "shown_until"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder
