"""Single messages to readers: by e-mail, by SMS, and in a demonstration into a folder."""
