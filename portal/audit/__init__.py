"""The access log: an append-only, chained record of what was shown or refused, to which pseudonym, by which rule.

One decision (`entry`) -> chained and sealed line (`chain`) -> file of its month (`files`) -> exported head (`heads`).
"""
