"""An invented provincial archive, as large as asked, the same for the same seed: for demonstrations and tests."""
