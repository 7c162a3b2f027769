# stancetracker: `make help` lists what there is.

PYTHON ?= python3.11
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# The same for every network: no question about a newer pip.
PIP := $(BIN)/python -m pip --disable-pip-version-check
SITE := http://$(HOST):$(PORT)

# What tests run under, whatever the shell or a .env file says.
TEST_ENVIRONMENT := DEBUG=true DATABASE_URL= PUBLIC_PAGES=false STANCE_PIPELINE= TIME_ZONE=UTC
# What `check --deploy` runs under: a site as administrators.md sets one up.
DEPLOY_ENVIRONMENT := DEBUG=false ALLOWED_HOSTS=stances.example.org DATABASE_URL= \
	SECRET_KEY=only-for-the-check-7vJq2mZx9Lw4Rt6Yb1Nc8Kd3Hf5Gs0Pa-Ue
PYTEST := $(BIN)/python -m pytest
# Test files or options for one run: make test PYTEST_ARGUMENTS=tests/pages
PYTEST_ARGUMENTS ?=
# Options of the benchmark; by default it takes about a minute.
BENCH_ARGUMENTS ?= --articles 1000
# Options of the part about pages, which by default takes some ten minutes: --stances 100000 --database sqlite
BENCH_PAGES_ARGUMENTS ?=

# How texts are gathered; tests/test_translation.py holds the catalogue against the same.
MESSAGES := --add-location file --no-wrap --no-obsolete --ignore .venv --ignore tests --ignore var --ignore .git

.DEFAULT_GOAL := help
# Setting up, serving and testing are steps one after the other; each needs what the one before made.
.NOTPARALLEL:
.PHONY: help demo setup serve test lint format bench pictures messages lock clean free-port

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: free-port setup serve ## set up, then serve the demonstration on 127.0.0.1:8000 (PORT=8001 for another port)

setup: $(VENV)/runtime.stamp ## install, make the database, load facts and seed articles, create the analyst account
	@echo "==> Database"
	@$(MANAGE) migrate --verbosity 0
	@echo "==> Actor facts from fixtures/"
	@$(MANAGE) load_fixtures
	@echo "==> Articles from seeds/"
	@$(MANAGE) import_articles seeds
	@echo "==> Analyst account"
	@$(MANAGE) create_analyst

serve: $(VENV)/runtime.stamp ## serve what is set up
	@echo "==> Serving; Ctrl-C ends it"
	@echo "    pages   $(SITE)/"
	@echo "    Russia  $(SITE)/actors/russia/"
	@echo "    admin   $(SITE)/admin/"
	@$(MANAGE) create_analyst
	@$(MANAGE) runserver --noreload $(HOST):$(PORT)

free-port: $(VENV)/venv.stamp
	@$(BIN)/python -c 'import socket, sys; s = socket.socket(); s.settimeout(1); \
		sys.exit(s.connect_ex(("$(HOST)", $(PORT))) == 0)' \
		|| { echo "Port $(PORT) of $(HOST) is in use. Stop what uses it, or choose another: make demo PORT=8001" >&2; exit 1; }

test: lint ## all checks and tests, on SQLite and on PostgreSQL
	@echo "==> Tests on SQLite"
	@$(TEST_ENVIRONMENT) $(PYTEST) $(PYTEST_ARGUMENTS)
	@echo "==> Tests on PostgreSQL"
	@$(TEST_ENVIRONMENT) $(BIN)/python -m tests.postgresql -- $(PYTEST) $(PYTEST_ARGUMENTS)

lint: $(VENV)/test.stamp ## style, types, missing migrations, settings of production
	@echo "==> Style"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "==> Types"
	@$(TEST_ENVIRONMENT) $(BIN)/mypy
	@echo "==> Migrations"
	@$(TEST_ENVIRONMENT) $(MANAGE) makemigrations --check --dry-run
	@echo "==> Settings of production"
	@$(DEPLOY_ENVIRONMENT) $(MANAGE) check --deploy --fail-level WARNING

format: $(VENV)/test.stamp ## put style right
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/runtime.stamp ## time extraction, watch its memory, and time pages over a million stances
	@$(MANAGE) bench extraction $(BENCH_ARGUMENTS)
	@$(MANAGE) bench pages $(BENCH_PAGES_ARGUMENTS)

pictures: $(VENV)/test.stamp ## take the pictures of the documents anew, from what `make setup` made
	@$(BIN)/python -m tests.browser.pictures

messages: $(VENV)/runtime.stamp ## gather the texts of the program anew in locale/, for translators
	@# Two branches that add the same text merge into a catalogue that has it twice.
	@for each in locale/*/LC_MESSAGES/django.po; do msguniq --use-first --no-wrap --output-file "$$each" "$$each" || exit 1; done
	@$(MANAGE) makemessages --all $(MESSAGES)

lock: ## pin the newest versions that pyproject.toml allows, with hashes
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" \
		&& "$$tools/bin/python" -m pip install --quiet "pip-tools>=7.6,<8" \
		&& for options in "-o requirements.txt" "--extra test -c requirements.txt -o requirements-test.txt"; do \
			"$$tools/bin/python" -m piptools compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
				--no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
				$$options pyproject.toml || exit 1; \
		done

clean: ## remove what the targets made, the database of the demonstration included
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is not a Python 3.11. Install one (Debian: apt-get install python3.11 python3.11-venv)" >&2; \
		echo "or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "==> Virtual environment in $(VENV)/"
	@$(PYTHON) -m venv --clear $(VENV) || { \
		echo "$(PYTHON) can't make a virtual environment (Debian: apt-get install python3.11-venv)." >&2; exit 1; }
	@touch $@

$(VENV)/runtime.stamp: requirements.txt | $(VENV)/venv.stamp
	@echo "==> Python packages"
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/runtime.stamp
	@echo "==> Python packages of the tests"
	@$(PIP) install --quiet --require-hashes -r requirements-test.txt
	@touch $@
