"""The classes of events, by subject. They are reached through `audit.events`, which closes the set. No table."""
