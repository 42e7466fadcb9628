"""What the address of a result page asks, checked, and the addresses of its neighbours."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from indexer.index.port import Search
from indexer.index.query import MAX_QUERY_LENGTH, Query, parse
from indexer.index.schema import FACETS, Sort
from portal.errors import BadQuestion
from portal.i18n import _, page_url

PAGE_SIZE = 20
LAST_PAGE = 500
"""Ten thousand records; past that a reader has to narrow down, and so does a copying machine."""

MOST_CHOICES = 30
"""Facet values chosen at once, over all facets; more is nobody's question."""

Value = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Values = Annotated[frozenset[Value], Field(max_length=20)]
Year = Annotated[int, Field(ge=1000, le=2100)]


class Asked(BaseModel):
    """A result page somebody asks for. Field names are those of the form."""

    model_config = ConfigDict(frozen=True)

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_QUERY_LENGTH)] = ""
    selections: dict[str, Values] = Field(default_factory=dict)
    tu: Year | None = None
    den: Year | None = None
    sap_xep: Sort = Sort.RELEVANCE
    trang: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1

    @model_validator(mode="after")
    def _years_in_order(self) -> "Asked":
        if self.tu is not None and self.den is not None and self.tu > self.den:
            raise ValueError("years")
        if sum(map(len, self.selections.values())) > MOST_CHOICES:
            raise PydanticCustomError("choices", "too many choices")
        return self

    @property
    def query(self) -> Query:
        """The words, read."""
        return parse(self.q)

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year, an open end as far as years go; None when neither is given."""
        return None if self.tu is None and self.den is None else (self.tu or 1000, self.den or 2100)

    @property
    def order(self) -> Sort:
        """The order asked for; without words nothing is more relevant than anything, so by reference code."""
        return Sort.REFERENCE_CODE if self.sap_xep is Sort.RELEVANCE and not self.query.wanted else self.sap_xep

    @property
    def narrowed(self) -> bool:
        """True when anything but words narrows the result."""
        return self.years is not None or any(self.selections.values())

    def search(self) -> Search:
        """The question to the index."""
        return Search(self.query, self.selections, self.years, self.order, (self.trang - 1) * PAGE_SIZE, PAGE_SIZE)

    def url(self, **changes: Any) -> str:
        """The address of this result page with some things changed, back on the first page unless `trang` is given."""
        changed = self.model_copy(update={"trang": 1, **changes})
        return page_url("catalogue.search", **_parameters(changed))

    def kept(self) -> tuple[tuple[str, str], ...]:
        """Everything but the words as form fields, so that it survives when the words change."""
        fields = _parameters(self.model_copy(update={"q": "", "trang": 1}))
        values = ((name, value if isinstance(value, list) else [value]) for name, value in fields.items())
        return tuple((name, str(value)) for name, several in values for value in several)

    def without(self, facet: str, value: str) -> str:
        """The address with one facet value taken back."""
        left = self.selections[facet] - {value}
        return self.url(selections={**self.selections, facet: left})


def read_address(arguments: MultiDict[str, str]) -> Asked:
    """Read the parameters of an address. Raises BadQuestion with words for the reader."""
    given = {name: value for name in ("q", "tu", "den", "trang") if (value := arguments.get(name, "").strip())}
    selections = {name: values for name in FACETS if (values := frozenset(filter(None, arguments.getlist(name))))}
    sort = {"sap_xep": arguments["sap-xep"]} if arguments.get("sap-xep") else {}
    try:
        return Asked.model_validate({**given, **sort, "selections": selections})
    except ValidationError as error:
        raise BadQuestion(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else {"choices": "selections"}.get(first["type"], "years")
    if field == "trang" and first["type"] == "int_parsing":
        return _("Số trang kết quả phải là một con số.")
    explanations = {
        "q": _("Câu tìm quá dài: tối đa %(n)s ký tự.", n=MAX_QUERY_LENGTH),
        "tu": _("Năm phải là một số từ 1000 đến 2100."),
        "den": _("Năm phải là một số từ 1000 đến 2100."),
        "years": _("Năm bắt đầu phải trước năm kết thúc."),
        "trang": _("Chỉ xem được %(n)s trang kết quả đầu. Hãy thu hẹp kết quả bằng từ khóa hoặc bộ lọc.", n=LAST_PAGE),
    }
    return explanations.get(field, _("Bộ lọc hoặc cách sắp xếp không có trên cổng."))


def _parameters(asked: Asked) -> dict[str, Any]:
    values: dict[str, Any] = {"q": asked.q, "tu": asked.tu, "den": asked.den}
    values |= {name: sorted(chosen) for name, chosen in asked.selections.items()}
    values["sap-xep"] = asked.sap_xep.value if asked.sap_xep is not Sort.RELEVANCE else None
    values["trang"] = asked.trang if asked.trang > 1 else None
    return {name: value for name, value in values.items() if value}
