# Châtelet. `make run` starts it, `make test` proves it, `make help` lists the rest.
# Every step is repeated only when what it depends on has changed (scripts/stamps.py).

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Bytecode is kept whatever the shell says: compiling the house and its packages is half of each start.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that is recent enough; `make PYTHON=/path/to/python3.13 …` chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$name >/dev/null 2>&1 \
	&& $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

BIN := .venv/bin
NPM := $(PYTHON) scripts/npm.py
WORKERS ?= 3
TESTED_MODELS := qwen2.5-coder-1.5b qwen2.5-coder-0.5b
# One thread per numerical library: the tests' own workers fill the machine already.
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest
# A file's tests on one worker, in the order of tests/order.py.
SHARED := -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
SOURCES := src tests scripts $(wildcard bench evals)

.PHONY: help install run dev test fast check lint types web-check web-test architecture fix reference lock bench chaos soak clean \
	python development

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

python:
	@test -n "$(PYTHON)" || { echo "Châtelet needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3 …" >&2; exit 1; }

development: python
	@$(PYTHON) scripts/prepare.py --development

install: python ## everything `run` needs: Python and web packages, the page, the demonstration model
	@$(PYTHON) scripts/prepare.py --models

run: install ## install, start, print the address
	@exec $(BIN)/chatelet serve

dev: development ## the service and the page, both reloaded when their source changes
	@$(BIN)/python scripts/dev.py

test: python ## everything: lint, types, web, Python, browser; ends with pytest's closing line
	@$(PYTHON) scripts/prepare.py --development --browser --servers --models $(TESTED_MODELS)
	@$(MAKE) -k -j2 --output-sync=target lint types web-check web-test
	@$(PYTEST) $(SHARED) $(ARGS)

fast: development ## the tests without browser, real model, whole installations nor servers besides
	@$(MAKE) web-test
	@$(PYTEST) $(SHARED) -m "not browser and not real_model and not servers and not installation" $(ARGS)

check: development ## lint, types, architecture rules, generated pages
	@$(MAKE) -k -j2 --output-sync=target lint types web-check architecture

lint:
	@$(BIN)/ruff check --quiet $(SOURCES) && $(BIN)/ruff format --check --quiet $(SOURCES) && echo "lint: well" \
	|| { echo "lint: see above; \`make fix\` mends most of it" >&2; exit 1; }

types:
	@$(BIN)/basedpyright --level error >.venv/types.log 2>&1 && echo "types: well" || { cat .venv/types.log >&2; exit 1; }

web-check:
	@$(NPM) run --silent check && echo "web-check: well"
	@$(PYTHON) scripts/page_types.py

web-test:
	@$(NPM) run --silent test -- --testTimeout=30000 --hookTimeout=30000

architecture:
	@$(PYTEST) -q tests/architecture

fix: development ## format, and mend what can be mended
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true
	@$(BIN)/ruff format --quiet $(SOURCES)
	@$(NPM) run --silent fix

reference: development ## write docs/reference/ again from the code, and the page's types from it
	@$(BIN)/python -m chatelet.reference docs/reference
	@$(NPM) run --silent generate

lock: development ## choose versions again, within pyproject.toml and package.json; write the lock files
	@$(BIN)/python scripts/lock.py

bench: development ## load measurements; `make bench ARGS=--quick` for a few minutes (bench/README.md)
	@$(BIN)/python -m bench $(ARGS)

chaos: development ## kill -9 of each process at 200 random instants under load, then look for what is lost
	@$(BIN)/python -m bench.chaos $(ARGS)

soak: development ## an hour of mixed load, then what leaks; `make soak ARGS="--minutes 1440"` for a day
	@$(BIN)/python -m bench.soak $(ARGS)

clean: ## remove what was installed and built; never the data
	@rm -rf .venv web/node_modules web/dist src/chatelet/page .ruff_cache .hypothesis .pytest_cache .import_linter_cache
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
