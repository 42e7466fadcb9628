"""Vietnamese text as archives keep it: repair, syllables, tokens, document numbers and dates."""
