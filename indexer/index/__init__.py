"""The search index: what goes in, what may be asked, and the engines that answer alike."""
