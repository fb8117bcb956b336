# The portal's commands; `make help` lists them. Variables: PORT=8001, VAR_DIR=/elsewhere, ARGS="pytest's", PYTHON=python3.12

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV_PYTHON := .venv/bin/python
PREPARE = $(or $(PYTHON),$(error The portal needs Python 3.11 or newer: install it, or name one with PYTHON=/path/to/python3)) -m prepare
EMBEDDED := $(VENV_PYTHON) -m gruendungswerkstatt.embedded
# One process per core of a small machine, a whole module each: fixtures of a module are made once. Slow modules first.
PYTEST := $(EMBEDDED) exec --test -- python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --create-db
CASES ?= 2000
REMINDERS_DUE ?= 200
SIZES ?= 1000,10000,100000
OLDEST_DIR := $(abspath $(or $(VAR_DIR),var))/oldest
BENCH_DIR := $(abspath $(or $(VAR_DIR),var))/bench

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-oldest lint assets messages seed-bulk bench lighthouse clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## start the whole portal with demo data on http://127.0.0.1:$PORT, until Ctrl-C
	@$(PREPARE) run
	@$(EMBEDDED) run --follow-parent

test: ## lint, then all tests but the long ones, on services of their own
	@$(PREPARE) test
	@$(MAKE) --no-print-directory _lint
	@$(PYTEST) -m "not long" $(ARGS)

test-long: ## the tests that take long: kills, races, every page; then the suite on PostgreSQL 15
	@$(PREPARE) test
	@if $(VENV_PYTHON) -m prepare.clamav; then \
		$(PYTEST) -m long $(ARGS); \
	elif [ "$$CI" = true ]; then exit 1; \
	else $(PYTEST) -m long --deselect tests/documents/test_clamd.py $(ARGS); fi
	@$(MAKE) --no-print-directory test-oldest

# Left out: what asks no database, and the access matrix, whose pages test_consistency.py opens too.
NOT_OLDEST := $(addprefix --ignore tests/,embedded prepare ops printing test_access_matrix.py test_architecture.py \
	test_catalogues.py test_glossary.py test_settings.py)

test-oldest: ## the tests without a browser on the oldest PostgreSQL that is supported
	@VAR_DIR=$(OLDEST_DIR) $(PREPARE) test
	@if folder=$$($(VENV_PYTHON) -m prepare.oldest); then \
		VAR_DIR=$(OLDEST_DIR) EMBEDDED_POSTGRES_BIN=$$folder $(PYTEST) -m "not long and not browser" \
			$(NOT_OLDEST) $(ARGS); \
	elif [ "$$CI" = true ]; then exit 1; fi

lint: ## ruff (rules, format) and the arrows between the rooms
	@$(PREPARE) packages
	@$(MAKE) --no-print-directory _lint

.PHONY: _lint
_lint:
	@$(VENV_PYTHON) -m ruff check
	@$(VENV_PYTHON) -m ruff format --check
	@$(VENV_PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

assets: ## build style sheets, scripts and fonts
	@$(PREPARE) assets

messages: ## bring the translation catalogues in line with the sources and list the gaps
	@$(PREPARE) packages
	@$(VENV_PYTHON) -m gruendungswerkstatt.common.catalogues extract

seed-bulk: ## add plausible bulk: CASES=2000 REMINDERS_DUE=200
	@$(PREPARE) assets
	@$(EMBEDDED) exec -- sh -c 'python manage.py migrate -v 0 && \
		python manage.py seed_bulk --cases $(CASES) --reminders-due $(REMINDERS_DUE)'

bench: ## measure pages and messages: SIZES=1000,10000,100000 (add 1000000 for the long one)
	@$(PREPARE) test
	@VAR_DIR=$(BENCH_DIR) $(EMBEDDED) erase
	@VAR_DIR=$(BENCH_DIR) $(PREPARE) assets
	@VAR_DIR=$(BENCH_DIR) $(EMBEDDED) exec -- env DEMO=1 $(abspath $(VENV_PYTHON)) -m bench --sizes $(SIZES) --keep $(BENCH_DIR)/figures.md $(ARGS)

lighthouse: ## measure start, a step and the status page as Lighthouse sees them on a phone
	@$(PREPARE) test
	@npm ci --prefix bench/lighthouse --no-audit --no-fund --silent
	@VAR_DIR=$(BENCH_DIR) $(PREPARE) assets
	@VAR_DIR=$(BENCH_DIR) $(EMBEDDED) exec -- env DEMO=1 $(abspath $(VENV_PYTHON)) -m bench.lighthouse

clean: ## remove all that make made: data, environment, packages
	@if [ -x $(VENV_PYTHON) ]; then $(EMBEDDED) down && $(EMBEDDED) erase && $(EMBEDDED) erase --test; fi
	@rm -rf var .venv node_modules .ruff_cache .import_linter_cache .hypothesis
