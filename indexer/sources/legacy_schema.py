"""An archive database laid out after TT 02/2019: the circular's column names, codes and texts as offices kept them.

The circular names the fields of fonds, files, documents, pictures and recordings; it says nothing of the office's own
name, of page text or of digital files. For these the tables `Archive`, `Page` and `DigitalFile` stand beside it, and
every table has a row number `ID` and a `RowVersion`. A file belongs to the fonds with its `Identifier` and `OrganId`,
a document to the file that has its `FileCode` too. Dates are text, "dd/mm/yyyy".
"""

from collections.abc import Mapping

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData, String, Table, Text

from indexer.sources.code_index import index_of_code

metadata = MetaData()

_RowNumber = BigInteger().with_variant(Integer, "sqlite")


def _table(name: str, *columns: str, numbers: tuple[str, ...] = ()) -> Table:
    return Table(
        name,
        metadata,
        Column("ID", _RowNumber, primary_key=True),
        *(Column(column, Text) for column in columns),
        *(Column(number, Integer) for number in numbers),
        Column("RowVersion", BigInteger, nullable=False, server_default="1"),
    )


archive = _table("Archive", "Identifier", "Name")

fond = _table(
    "Fond",
    *("Identifier", "OrganId", "FondName", "FondHistory", "ArchivesTime", "KeyGroups", "OtherTypes", "Language"),
    *("LookupTools", "Description"),
    numbers=("PaperTotal", "PaperDigital", "CopyNumber"),
)

file = _table(
    "File",
    *("FileCode", "Identifier", "OrganId", "FileCatalog", "FileNotation", "Title", "Maintenance", "Rights", "Language"),
    *("StartDate", "EndDate", "Description", "InforSign", "Keyword", "Format"),
    numbers=("TotalDoc", "SheetNumber", "PageNumber"),
)
Index("IX_File_Code", file.c.Identifier, file.c.OrganId, file.c.FileCode)

document = _table(
    "Document",
    *("DocCode", "FileCode", "Identifier", "OrganId", "FileCatalog", "FileNotation", "TypeName", "CodeNumber"),
    *("CodeNotation", "IssuedDate", "OrganName", "Subject", "Language", "Description", "InforSign", "Keyword", "Mode"),
    *("ConfidenceLevel", "Autograph", "Format"),
    numbers=("DocOrdinal", "PageAmount"),
)
Index("IX_Document_File", document.c.Identifier, document.c.OrganId, document.c.FileCode)


def _pictures(name: str) -> Table:
    return _table(
        name,
        *("Identifier", "OrganId", "ArchivesNumber", "InforSign", "EventName", "ImageTitle", "Description"),
        *("Photographer", "PhotoPlace", "PhotoTime", "Colour", "FilmSize", "DocAttached", "Mode", "Format"),
    )


def _recordings(name: str) -> Table:
    return _table(
        name,
        *("Identifier", "OrganId", "ArchivesNumber", "InforSign", "EventName", "MovieTitle", "Description", "Recorder"),
        *("RecordPlace", "RecordDate", "Language", "PlayTime", "DocAttached", "Mode", "Quality", "Format"),
    )


photo = _pictures("Photo")
film = _pictures("Film")
audio = _recordings("Audio")
video = _recordings("Video")
for _counted in (photo, film, audio, video):
    Index(f"IX_{_counted.name}_Fonds", _counted.c.Identifier, _counted.c.OrganId)

page = Table(
    "Page",
    metadata,
    Column("OwnerTable", String(10), primary_key=True),
    Column("OwnerID", _RowNumber, primary_key=True),
    Column("PageNumber", Integer, primary_key=True),
    Column("Content", Text),
    Column("WordBoxes", JSON(none_as_null=True)),
    Column("RowVersion", BigInteger, nullable=False, server_default="1"),
)

digital_file = Table(
    "DigitalFile",
    metadata,
    Column("ID", _RowNumber, primary_key=True),
    Column("OwnerTable", String(10), nullable=False),
    Column("OwnerID", _RowNumber, nullable=False),
    Column("Path", Text),
    Column("MediaType", Text),
    Column("Sha256", String(64)),
    Column("FirstPage", Integer),
    Column("PageAmount", Integer),
    Column("RowVersion", BigInteger, nullable=False, server_default="1"),
    Index("IX_DigitalFile_Owner", "OwnerTable", "OwnerID", "FirstPage", "ID"),
)

CODES: Mapping[str, tuple[str, ...]] = {
    "Fond": ("Identifier", "OrganId"),
    "File": ("Identifier", "OrganId", "FileCode"),
    "Document": ("Identifier", "OrganId", "FileCode", "DocCode"),
    "Photo": ("Identifier", "OrganId", "ArchivesNumber"),
    "Film": ("Identifier", "OrganId", "ArchivesNumber"),
    "Audio": ("Identifier", "OrganId", "ArchivesNumber"),
    "Video": ("Identifier", "OrganId", "ArchivesNumber"),
}
"""What identifies a row of each table besides its number; the row's own code last."""

for _name, _code in CODES.items():
    index_of_code(metadata.tables[_name], _code)
