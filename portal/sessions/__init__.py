"""Sessions of readers and of staff: kept by the server, named by a cookie that says nothing."""
