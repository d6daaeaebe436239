# Two commands on a fresh machine: `make demo` and `make test`. Both need Python 3.11+ and a package registry.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= ../shared/data
ON_BOTH := tests/cli tests/publish/test_publish.py tests/publish/test_redact.py tests/publish/test_round_trips.py tests/publish/test_coded.py

.PHONY: demo test gate lint types setup clean golden docs screenshots wheel

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Variorum needs Python 3.11 or later; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: setup
	@rm -f demo.db demo.db-wal demo.db-shm
	@$(BIN)/variorum run examples/reports -o demo.db
	@echo
	@$(BIN)/variorum list demo.db
	@echo
	@echo "Activate it first:  . $(VENV)/bin/activate"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

# Twice: as it comes, and with every ledger that a test opens as a file in a schema of PostgreSQL (tests/on_postgres.py).
# Three at once on two cores: a quarter of the time is spent waiting for databases, a browser and programs that are killed.
test: setup lint types
	$(BIN)/pytest -n 3
	VARIORUM_TEST_DATABASE=postgresql $(BIN)/pytest -n 3 $(ON_BOTH)

gate: setup
	$(BIN)/python -m bench --all --data $(DATA)

golden: setup
	$(BIN)/pytest tests/test_examples.py --golden-update

docs: setup
	$(BIN)/python docs/reference/generate.py
	$(BIN)/python docs/notebook.py

# Builds the wheel, installs it where nothing else is, tries it there, and says how large and how quick it is.
wheel: setup
	$(BIN)/python -m bench wheel --data .

screenshots: setup
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm .pytest_cache .mypy_cache .ruff_cache
