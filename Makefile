# The set-up commands; each needs only Python 3.11 or newer, and make.
#
#   make site    build/openapi.yaml, the Markdown reference and build/site, the whole website
#   make test    the tests; PYTEST_ARGS="-k loading" for some of them
#   make check   format, lint, types, import floors, generated files, the gate of the API, wheel
#   make serve   preview the site, with live reload
#   make bench   benchmarks: ratios to a floor measured in the same run
#   make clean   forget everything that was made
#
# PYTHON chooses the interpreter, VENV the folder of the virtual environment.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help site test check serve bench clean

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

site: $(VENV)/.site
	$(BIN)/routebook build registry-v2 --output build
	$(BIN)/mkdocs build --strict --config-file site/mkdocs.yml

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/routebook check registry-v2
	$(BIN)/routebook diff spec/released/registry-v2.yaml registry-v2
	$(BIN)/python -m pytest -q tests/project

serve: $(VENV)/.site
	$(BIN)/mkdocs serve --config-file site/mkdocs.yml

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf build dist $(VENV) .venvs

$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit("routebook needs Python 3.11 or newer, and $(PYTHON) is " \
	  + sys.version.split()[0] + ": name another, as in make PYTHON=python3.13") \
	  if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	touch $@

$(VENV)/.site: pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --editable '.[site]'
	$(BIN)/python -m compileall -q generator spec
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --editable '.[site]' --group dev --group bench
	$(BIN)/python -m compileall -q generator spec
	touch $@
