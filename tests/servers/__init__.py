"""Real servers for tests: each in a folder of its own, on loopback or a private socket, gone when the test run is."""
