# What one does with a clone: make run, make test, make test-all, make lint.
# Nothing is installed again until pyproject.toml or constraints.txt change.

SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP_INSTALL = -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= 2

RUN := .venv/.stamp-run
DEV := .venv/.stamp-dev
HEAVY := .venv-heavy/.stamp
SOURCES_OF_INSTALLATION := pyproject.toml constraints.txt

.PHONY: run test test-heavy test-all lint browser postgres pictures
.DEFAULT_GOAL := run

run: $(RUN)
	exec .venv/bin/motcua run

test: $(DEV) browser
	.venv/bin/pytest -n $(WORKERS) --dist loadfile -m "not heavy"

test-all: test test-heavy

# What needs minutes or large packages, and everything that touches the database once more, on PostgreSQL.
test-heavy: $(HEAVY) browser postgres
	.venv-heavy/bin/pytest -m heavy
	.venv-heavy/bin/python -m tests.postgres .venv-heavy/bin/pytest -n $(WORKERS) --dist loadfile \
	  -m "database and not heavy and not browser and not journey"

lint: $(DEV)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -q tests/motcua/test_layers.py tests/motcua/test_migrations.py tests/motcua/test_docs.py

# The pictures of README and docs, taken from the real pages.
pictures: $(DEV) browser
	.venv/bin/python -m tests.browser.pictures

$(RUN): $(SOURCES_OF_INSTALLATION)
	@$(PYTHON) deploy/check_machine.py
	$(PYTHON) -m venv .venv
	.venv/bin/python $(PIP_INSTALL) --editable .
	@touch $@

$(DEV): $(RUN)
	.venv/bin/python $(PIP_INSTALL) --editable '.[dev]'
	@touch $@

# Apart from .venv, so that torch is never part of what is measured or shipped.
$(HEAVY): $(SOURCES_OF_INSTALLATION)
	@$(PYTHON) deploy/check_machine.py
	$(PYTHON) -m venv .venv-heavy
	.venv-heavy/bin/python $(PIP_INSTALL) --editable '.[dev,transformers,postgres,nats]'
	@touch $@

browser:
	@deploy/debian_packages chromium:/usr/bin/chromium \
	  fonts-noto-core:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf

postgres:
	@deploy/debian_packages postgresql-15:/usr/lib/postgresql/15/bin/initdb
