"""The whole demonstration archive, its index and its portal: nothing leaks and nothing is late."""

import json
from pathlib import Path

from click.testing import CliRunner

from indexer.cli import main
from tests.demonstration import Demonstration


def test_the_demonstration_is_clean(demonstration: Demonstration, tmp_path: Path) -> None:
    environment = demonstration.environment | {
        "ARCHIVE_SETTINGS": str(tmp_path / "none.toml"),
        "ARCHIVE_DATABASE_URL": demonstration.database_url,
        "ARCHIVE_REPORTS_DIR": str(tmp_path / "reports"),
        "ARCHIVE_STATE_DIR": str(tmp_path / "state"),
        "ARCHIVE_AUDIT_KEY": str(tmp_path / "audit.pem"),
    }
    done = CliRunner().invoke(main, ["audit", "--canaries", "25"], env=environment)
    assert done.exit_code == 0, done.output
    (path,) = (tmp_path / "reports").glob("audit-*.json")
    report = json.loads(path.read_text())["report"]
    tally = demonstration.rebuilt.tally
    assert report["compared"]["records"] == tally.records_indexed + tally.records_acknowledged
    assert report["compared"]["pages"] == tally.pages_indexed
    assert report["index"]["records"] == {"live": report["compared"]["records"], "deleted": 0}
    assert report["sample"]["canaries"] == report["sample"]["hidden"] == 25
    assert report["sample"]["acknowledged"] > 0
    assert not any(report["findings"].values())
    said = path.read_text() + done.output
    assert not [word for word in demonstration.summary.canaries if word in said]
