"""Changes of an archive database that may not have triggers, found by comparing it with what was seen before."""
