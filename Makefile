# The one door. `make run` and `make test` first set up whatever is missing.

PYTHON := .venv/bin/python
# Two that start at once on a new machine would spoil each other's .venv.
ONE_AT_A_TIME := $(shell command -v flock >/dev/null && echo flock Makefile)
LOCK := .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.PHONY: help run test check pictures conformance bench setup lock
.DEFAULT_GOAL := help

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: setup ## Start the portal with invented data, on port 8000 or PORT
	$(PYTHON) run.py serve --demo

# Neighbours stay together, as they look at the same papers; whoever is done takes over half of what the other has
# left. What is compiled is kept even where the machine says not to: each process of a test would compile it again.
test: setup ## Run every test, or those that ARGS names: make test ARGS=tests/plans
	PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n 2 --dist worksteal $(ARGS)

check: setup ## Check format, faults, types, and that generated pages are up to date; changes nothing
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	@if [ -f docs/generated.py ]; then $(PYTHON) -m docs.generated --check; fi

pictures: setup ## Take the pictures of the README again, from the journey in a browser
	PUFFIN_PICTURES=docs/pictures $(PYTHON) -m pytest tests/journeys/test_from_the_record_to_the_review.py

bench: setup ## Measure how fast the store is on both engines, and write docs/performance.md (takes about an hour)
	$(PYTHON) -m bench --page
	$(PYTHON) -m bench.sweep --page

setup: ## Install what is missing: Debian packages, .venv, stylesheets, scripts and fonts
	@$(ONE_AT_A_TIME) sh -ec 'setup/system_packages.sh; setup/python_packages.sh; $(PYTHON) -m setup.assets'

conformance: setup ## Validate all that the tests and the demo make as FHIR, with HAPI and Medplum
	$(PYTHON) -m conformance

lock: setup ## Write the lock files again, after a change in pyproject.toml or package.json
	$(LOCK) --extra test --output-file setup/test.lock pyproject.toml
	$(LOCK) --constraint setup/test.lock --output-file setup/run.lock pyproject.toml
	$(LOCK) --output-file setup/nodejs.lock setup/nodejs.in
	PATH=".venv/bin:$$PATH" npm install --package-lock-only --ignore-scripts
	cd conformance && PATH="../.venv/bin:$$PATH" npm install --package-lock-only --ignore-scripts \
		--omit-lockfile-registry-resolved
