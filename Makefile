# Two commands for a newcomer: `make serve` and `make test`. Each installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export NO_MKDOCS_2_WARNING = 1
export DISABLE_MKDOCS_2_WARNING = true

.PHONY: help install serve build test fast lint check redocly bundle clients huge golden bench profile clean chromium

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs,dev]'
	@touch $@

install: $(STAMP)  ## Install everything into .venv

serve: $(STAMP)  ## Show the portal on http://localhost:8000
	$(BIN)/python -m mkdocs serve

build: $(STAMP)  ## Build the portal into site/
	$(BIN)/python -m mkdocs build --strict

chromium:
	@command -v chromium >/dev/null || { SUDO=$$(command -v sudo || true); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium; }

test: $(STAMP) chromium lint  ## Everything that must hold: style, types, tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

fast: $(STAMP)  ## The tests that need neither a browser nor whole builds
	$(BIN)/python -m pytest -m 'not browser and not slow'

lint: $(STAMP)  ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(STAMP)  ## What is wrong with the descriptions, and whether openapi/hanzo.yaml is in step
	$(BIN)/portal-gen check --strict openapi
	$(BIN)/portal-gen bundle openapi --out openapi/hanzo.yaml --check

redocly:  ## Redocly's opinion of all descriptions (needs npm; what is ignored stands in openapi/NOTES.md)
	npx --yes @redocly/cli@2.77.0 lint openapi/*/openapi.yaml openapi/hanzo.yaml

bundle: $(STAMP)  ## Renew the one description made of all
	$(BIN)/portal-gen bundle openapi --out openapi/hanzo.yaml

clients: $(STAMP)  ## Make clients of the one description in four languages, and try them (needs Java and npm; minutes)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[clients]'
	$(BIN)/python -m tests.clients
	PORTAL_CLIENTS=1 $(BIN)/python -m pytest tests/clients

huge: $(STAMP)  ## Build 100,000 operations in one description, twice (needs 3 GB of disk and 1.5 GB of memory; minutes)
	PORTAL_HUGE=1 $(BIN)/python -m pytest -s tests/huge

golden: $(STAMP)  ## Renew the expected pages and programs after a change that was meant
	$(BIN)/python -m tests.snippets.golden
	PORTAL_GOLDEN=renew $(BIN)/python -m pytest -q tests/render/test_goldens.py

bench: $(STAMP)  ## Time and weight beside a peer, in one run
	$(BIN)/python -m bench

profile: $(STAMP)  ## Where the time of a build goes, stage by stage
	$(BIN)/python -m bench.profile

clean:  ## Remove what the other targets made
	rm -rf $(VENV) site clients .mypy_cache .ruff_cache .pytest_cache .cache bench/.work
