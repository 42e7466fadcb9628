"""Identity providers of readers and staff: the only place that knows their protocols, tokens and peculiarities."""
