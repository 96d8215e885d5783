"""The figures of `chatelet eval`: the same search as the service's, without any service or database."""
