# The one task runner: each target makes the .venv it needs. CI runs these names and nothing else.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --constraint constraints.txt
CODE := kg tests notebooks benchmarks
APART := browser or notebook or server or slow

.PHONY: help demo test lint format types unit browser notebooks servers wheel bench pins clean

help:  ## say what each target does
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name does; do printf '  make %-10s %s\n' "$$name" "$$does"; done

demo: .venv/.demo  ## build the shipped collection, ask it, export it, draw it
	@scripts/demo

test: lint types unit browser notebooks wheel  ## everything CI checks

lint: .venv/.dev  ## ruff: rules and layout
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

format: .venv/.dev  ## let ruff lay the code out and mend what it safely can
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

types: .venv/.dev  ## mypy, strict
	$(BIN)/mypy

unit: .venv/.dev  ## unit, property and command-line tests, with coverage
	$(BIN)/pytest -n logical -m "not ($(APART))" --cov --cov-report=term

browser: .venv/.dev  ## the map in a real browser; sets one up where there is none
	@scripts/browser
	$(BIN)/pytest -m browser

notebooks: .venv/.dev  ## every notebook, top to bottom
	$(BIN)/pytest -m notebook

servers: .venv/.dev  ## the same answers from Virtuoso, started on loopback; installs it on Debian, as root
	@scripts/servers
	$(BIN)/pytest -m server

wheel: .venv/.dev  ## the wheel in an empty environment, and other slow tests
	$(BIN)/pytest -m slow

bench: .venv/.dev .venv/peers  ## measure beside what people would use instead, at 10,000 meetings
	$(BIN)/python benchmarks/run.py

pins: .venv/.dev  ## move constraints.txt to the newest releases
	@scripts/pins

clean:  ## remove what these targets made
	rm -rf .venv out dist data/build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

.venv/peers: benchmarks/requirements.txt | .venv/bin/python
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip --disable-pip-version-check install -qq --requirement $<
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("kg needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + "; name another: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

.venv/.demo: pyproject.toml constraints.txt | .venv/bin/python
	@echo "installing kg and its pinned dependencies into .venv ..." >&2
	@$(PIP) hatchling
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "installing kg, its pinned dependencies and the tools that test it into .venv ..." >&2
	@$(PIP) hatchling
	@$(PIP) --no-build-isolation --editable '.[dev]'
	@touch .venv/.demo $@
