"""Signing in as a citizen does it: a browser, the portal as it runs in production, and a certified OpenID provider."""
