.DEFAULT_GOAL := help
.PHONY: help run test check fix bench demo-reset

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
WRAPAROUND := $(BIN)/python -m wraparound
PREPARE := command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, with its venv module." >&2; exit 1; }; $(PYTHON) prepare.py

help: ## List these targets
	@sed -n 's/^\([a-z-]*\): ## /  make \1\t/p' Makefile | expand -t 20

run: ## Set up what is missing and start Wraparound with its own database (PORT=8001 for another port)
	@$(PREPARE) && exec $(WRAPAROUND) run --with-parent

test: ## Run every test (ARGS="-k name" for some)
	@$(PREPARE) --dev --browser && exec $(WRAPAROUND) test-database pytest -n 2 $(ARGS)

check: ## Lint, types, layers, generated documents
	@$(PREPARE) --dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(WRAPAROUND) docs --check

fix: ## Put right what can be put right by a tool
	@$(PREPARE) --dev
	-$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(WRAPAROUND) docs

bench: ## Measure (ARGS="name" for one)
	@$(PREPARE) --dev && exec $(WRAPAROUND) test-database python -m bench $(ARGS)

demo-reset: ## Throw the demo database away and load it afresh
	@$(PREPARE) && exec $(WRAPAROUND) demo reset
