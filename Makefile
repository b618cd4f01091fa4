# The front doors: `make demo` and `make test`. Both make .venv themselves.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && command -v $$python && break; done)
BIN := .venv/bin
PACKAGES := pipelines dashboard tests

.PHONY: help demo test quality quality-peers bench-store bench-dashboard check format lock sample screenshots clean

help:
	@echo "make demo     read the sample data and open the dashboard on 127.0.0.1"
	@echo "make test     run the tests"
	@echo "make quality  measure extraction and dates on all real pages against the floors"
	@echo "make quality-peers  the same, with the other libraries beside ours (installs them apart)"
	@echo "make bench-store  the speed of the store beside rivals on drawn articles (ARTICLES=100000)"
	@echo "make bench-dashboard  the dashboard beside a textbook app and an empty page"
	@echo "make check    style, types and architecture, as .ci/run does"

demo: .venv/installed
	@$(BIN)/python -m pipelines demo

# Three processes also on two cores: tests that wait for a browser or a killed run leave one idle.
test: .venv/installed
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

quality: .venv/installed
	@$(BIN)/python -m tests.quality.gate

quality-peers: .venv-peers/installed
	@.venv-peers/bin/python -m tests.quality.gate --peers

# 1,000,000 articles take a quarter of an hour the first time; METADATA=--metadata draws no texts.
BENCH ?= /tmp/wirewatch-bench
ARTICLES ?= 100000
bench-store: .venv-bench/installed
	@mkdir -p $(BENCH)
	@.venv-bench/bin/python -m tests.bench.store_speed $(BENCH) $(ARTICLES) $(METADATA) $(KEEP)

bench-dashboard: .venv/installed
	@$(BIN)/python -m tests.bench.dashboard_speed --articles $(ARTICLES)

check: .venv/checkers
	@$(BIN)/ruff format --check $(PACKAGES)
	@$(BIN)/ruff check $(PACKAGES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/checkers
	@$(BIN)/ruff format $(PACKAGES)
	@$(BIN)/ruff check --fix $(PACKAGES)

# pip before 24 dies on the lock with an internal error (seen with 23.2.1, which comes with Python
# 3.11.7), so pip comes first.
.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on PATH"; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older (set PYTHON=...)"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "cannot make .venv: on Debian and Ubuntu run: apt-get install python3-venv"; exit 1; }
	@echo "Installing packages into .venv (about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/checkers: .venv/installed .ci/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .ci/requirements.txt
	@touch $@

# The lock as it is, but for the one package that a peer needs in another version (see peers.txt).
.venv-peers/installed: .venv/installed tests/quality/peers.txt
	@$(BIN)/python -m venv .venv-peers
	@grep -v '^python-dateutil==' requirements.txt > .venv-peers/lock.txt
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@echo "Installing the peers into .venv-peers (about two minutes) ..."
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check \
		-r .venv-peers/lock.txt -r tests/quality/peers.txt
	@touch $@

.venv-bench/installed: .venv/installed tests/bench/store_peers.txt
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@echo "Installing polars beside the lock into .venv-bench (about a minute) ..."
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check \
		-r requirements.txt -r tests/bench/store_peers.txt
	@touch $@

lock: .venv/checkers
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt

sample: .venv/installed
	@$(BIN)/python -m tests.sample.write

screenshots: .venv/checkers
	@$(BIN)/python -m tests.e2e.screenshots

clean:
	rm -rf .venv .venv-peers .venv-bench demo-store .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
