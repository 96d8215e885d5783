"""The rules of docs/architecture.md and CONTRIBUTING.md, each as a test of at most forty lines."""
