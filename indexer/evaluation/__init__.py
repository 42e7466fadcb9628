"""How well search finds: judged queries put to a throw-away index, and numbers out of what came back."""
