"""Development sets of our own, and what scores them. Never the sets that a release is judged on."""
