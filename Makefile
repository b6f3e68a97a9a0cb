# Needs Python >= 3.11 and make, nothing else: the first target that needs packages makes .venv, puts a pinned uv
# in it, and installs exactly what the lock files in requirements/ name, checked by hash.
#
#   make demo      make test      make test ARGS="-k register -x"      make venv PYTHON=python3.13
#
# Written for GNU make 3.81 and later, so that the make of macOS is enough.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help venv demo test exhaustive check bench docs format lock upgrade clean

VENV := .venv

ifeq ($(OS),Windows_NT)
PYTHON ?= py -3
BIN := $(VENV)/Scripts
PY := $(BIN)/python.exe
else
# The first interpreter that is new enough and can make environments (Debian keeps ensurepip in python3-venv).
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(FITS)' >/dev/null 2>&1 && echo $$p && break; done)
BIN := $(VENV)/bin
PY := $(BIN)/python
endif

UV := $(PY) -m uv

# uv works on the environment made here, whatever else is activated, and never fetches an interpreter.
export UV_PYTHON := $(PY)
export UV_PYTHON_DOWNLOADS := never
# uv does not read pip's settings: pass on a mirror that the user has set for pip.
ifdef PIP_INDEX_URL
UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
export UV_DEFAULT_INDEX
endif

help:
	@echo "make demo     a synthetic year, from the workbook to the ranking"
	@echo "make test     the tests; ARGS=... goes to pytest"
	@echo "make exhaustive  the slow tests: many random registers, every byte flipped"
	@echo "make check    ruff, mypy, import contracts, installed packages against pyproject.toml"
	@echo "make bench    measurements, each beside its reference; ARGS=... goes to the benchmarks"
	@echo "make docs     writes the generated reference pages anew"
	@echo "make format   formats the code and applies the safe fixes"
	@echo "make venv     the environment with everything for development"
	@echo "make lock     the lock files after a change of pyproject.toml"
	@echo "make upgrade  the lock files with the newest versions allowed"
	@echo "make clean    removes the environment and everything generated"

venv: $(VENV)/.dev

# An environment made for development serves the demo too; it is not cut down to the runtime.
demo: $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.runtime)
	$(BIN)/kaohe demo $(ARGS)

test: $(VENV)/.dev
	$(PY) -m pytest -n auto -m "not slow" $(ARGS)

exhaustive: $(VENV)/.dev
	$(PY) -m pytest -n auto -m slow $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(UV) pip check

bench: $(VENV)/.dev
	$(PY) -m benchmarks $(ARGS)

docs: $(VENV)/.dev
	$(PY) -m tests.reference_pages

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# ---- the environment ------------------------------------------------------------------------------------------
# A stamp is written as the last step, so an interrupted installation is done again. `.unfinished` is there as long
# as an installation runs; if it was left behind, packages may be there in part, and all are replaced.

TOUCH := $(PY) -c "import pathlib, sys; [pathlib.Path(p).touch() for p in sys.argv[1:]]"
REMOVE := $(PY) -c "import pathlib, sys; [pathlib.Path(p).unlink() for p in sys.argv[1:]]"
SYNC = $(UV) pip sync --compile-bytecode --require-hashes $(if $(wildcard $(VENV)/.unfinished),--reinstall) requirements/uv.txt
SELF := $(UV) pip install --no-deps --no-build-isolation --editable .

$(VENV)/.uv: requirements/uv.txt
	$(if $(strip $(PYTHON)),,$(error No Python >= 3.11 with venv found. Install one (on Debian and Ubuntu \
	also python3-venv), or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3))
	$(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(TOUCH) $@

$(VENV)/.runtime: $(VENV)/.uv requirements/runtime.txt pyproject.toml
	@$(TOUCH) $(VENV)/.unfinished
	$(SYNC) requirements/runtime.txt
	$(SELF)
	@$(REMOVE) $(VENV)/.unfinished
	@$(TOUCH) $@

$(VENV)/.dev: $(VENV)/.uv requirements/dev.txt pyproject.toml
	@$(TOUCH) $(VENV)/.unfinished
	$(SYNC) requirements/dev.txt
	$(SELF)
	@$(REMOVE) $(VENV)/.unfinished
	@$(TOUCH) $(VENV)/.runtime $@

# ---- the lock -------------------------------------------------------------------------------------------------
# One universal lock for every system and every Python from 3.11. It names no index: the hashes are what is trusted.

COMPILE = $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

lock: $(VENV)/.uv
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) pyproject.toml --group build -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

upgrade:
	$(MAKE) lock UPGRADE=--upgrade

GENERATED := build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
BYTECODE = $(wildcard */__pycache__ */*/__pycache__ */*/*/__pycache__)

clean:
	$(PYTHON) -c "import shutil, sys; [shutil.rmtree(p, ignore_errors=True) for p in sys.argv[1:]]" \
		$(VENV) $(GENERATED) $(BYTECODE)
