"""What a submission asks of PostgreSQL, and what the queue reads however many cases are over."""

from datetime import timedelta

from deploy.bench.requests import statements
from portal.requests.queue import Asked, Pile, Queue
from tests.requests.bureau import AN, MONDAY, Bureau, line


def test_a_submission_takes_no_more_than_five_statements(postgres_bureau: Bureau) -> None:
    draft = postgres_bureau.draft(AN, [line("qn.1"), line("qn.2")])
    with statements() as sent:
        postgres_bureau.submit(draft)
    assert len(sent) <= 5, sent


def test_a_page_of_the_queue_takes_as_many_statements_as_it_has_tables(bureau: Bureau) -> None:
    readers = [f"{number:032x}" for number in range(12)]
    bureau.settle(*readers)
    for each in readers:
        bureau.submitted(each)
    queue = Queue(bureau.database, bureau.seal)
    with statements() as sent:
        found = queue.find(Asked(Pile.NEW), today=MONDAY.date() + timedelta(days=1), most=10)
    assert (len(found.cases), found.more, len(sent)) == (10, True, 2)
    assert all(case.lines for case in found.cases)
