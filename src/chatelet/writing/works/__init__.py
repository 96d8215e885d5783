"""Works: what a person asks of the desk, done by a job that may be paused, killed and gone on with."""
