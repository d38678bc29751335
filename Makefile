# What one does with a clone: make run, make test, make test-all, make lint; make rasa for the second classifier.
# Nothing is installed again until pyproject.toml or constraints.txt change.

SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP_INSTALL = -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= 2

RUN := .venv/.stamp-run
DEV := .venv/.stamp-dev
HEAVY := .venv-heavy/.stamp
RASA := .venv-rasa/.stamp
# Rasa 3.6 runs on no newer Python.
PYTHON_OF_RASA ?= python3.11
SOURCES_OF_INSTALLATION := pyproject.toml constraints.txt

.PHONY: run test test-heavy test-all lint browser postgres pictures rasa rasa-install rasa-train compiler
.DEFAULT_GOAL := run

run: $(RUN)
	exec .venv/bin/motcua run

# Validates, trains once for each state of data and pipeline, and serves; in another terminal: make run.
rasa: rasa-install
	exec .venv/bin/motcua rasa serve

rasa-train: rasa-install
	.venv/bin/motcua rasa train

rasa-install: $(RUN) $(RASA)

test: $(DEV) browser
	.venv/bin/pytest -n $(WORKERS) --dist worksteal -m "not heavy"

test-all: test test-heavy

# What needs minutes or large packages, the two classifiers side by side, and everything that touches the database once more, on PostgreSQL.
test-heavy: $(HEAVY) $(RASA) browser postgres
	.venv-heavy/bin/pytest -m heavy
	.venv-heavy/bin/python -m benchmarks.classifiers tests/quality
	.venv-heavy/bin/python -m tests.postgres .venv-heavy/bin/pytest -n $(WORKERS) --dist worksteal \
	  -m "database and not heavy and not browser and not journey"

lint: $(DEV)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -q tests/motcua/test_layers.py tests/motcua/test_migrations.py tests/motcua/test_docs.py

# The pictures of README, docs and the guide at the desk, taken from the real pages.
pictures: $(DEV) browser
	.venv/bin/python -m tests.browser.pictures
	.venv/bin/python -m tests.browser.guide_pictures

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

# Apart as well: Rasa declares older Pythons and libraries than ours. One of its pinned libraries is built from source.
$(RASA): nlu/rasa/constraints-py311.txt
	@command -v $(PYTHON_OF_RASA) >/dev/null || { echo "Rasa 3.6 needs Python 3.11. On Debian 12: sudo apt-get install \
	python3.11-venv; elsewhere: make rasa PYTHON_OF_RASA=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON_OF_RASA) deploy/check_machine.py
	@$(MAKE) --no-print-directory compiler
	$(PYTHON_OF_RASA) -m venv .venv-rasa
	.venv-rasa/bin/python -m pip install --quiet --disable-pip-version-check --ignore-requires-python --no-deps \
	  --requirement nlu/rasa/constraints-py311.txt
	@touch $@

compiler:
	@deploy/debian_packages gcc:/usr/bin/gcc libc6-dev:/usr/include/stdio.h \
	  python3.11-dev:$$($(PYTHON_OF_RASA) -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h

browser:
	@deploy/debian_packages chromium:/usr/bin/chromium \
	  fonts-noto-core:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf

postgres:
	@deploy/debian_packages postgresql-15:/usr/lib/postgresql/15/bin/initdb
