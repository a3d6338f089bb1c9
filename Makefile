# Conflict Events. `make` lists the targets. Needs make and Python 3.11 or newer, nothing else.
#
# Paths in targets are relative (make can't hold blanks in a target's name); absolute ones live in variables, quoted.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

# What the user may set: make run INPUT=articles.jsonl DATE=2021-01-17
INPUT ?= include/sample_articles
DATE ?=
PORT ?= 8080
ERRORS ?=
ARGS ?=

HERE := $(CURDIR)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check

# Airflow keeps its metadata database and logs inside the checkout. All paths absolute: Airflow asks for it.
export AIRFLOW_HOME := $(HERE)/.airflow
export AIRFLOW__CORE__DAGS_FOLDER := $(HERE)/dags
export AIRFLOW__CORE__PLUGINS_FOLDER := $(HERE)/plugins
export AIRFLOW__CORE__LOAD_EXAMPLES := False
export CONFLICT_EVENTS_HOST_POOLS := $(HERE)/.airflow/host_pools.json
# The samples have a data root of their own: days only ascend, and invented events must not stand among real ones.
SAMPLES := include/sample_articles% ./include/sample_articles% $(HERE)/include/sample_articles%
ROOT := $(if $(filter-out $(SAMPLES),$(INPUT)),data,data-sample)
ifneq ($(and $(filter ui,$(MAKECMDGOALS)),$(wildcard data/latest)),)
ROOT := data
endif
export CONFLICT_EVENTS_DATA_ROOT ?= $(HERE)/$(ROOT)
# The camel-tools data of the user if there is some, else our empty catalogue: without one, importing camel-tools wants the network.
export CAMELTOOLS_DATA ?= $(shell test -e "$$HOME/.camel_tools/catalogue.json" && echo "$$HOME/.camel_tools" || echo "$$PWD/include/camel_tools")
# The user's site-packages and PYTHONPATH are none of our business.
export PYTHONNOUSERSITE := 1
unexport PYTHONPATH

.PHONY: help
help:  ## This list.
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# --- the environment ---------------------------------------------------------------------------------------------------

# A moved or renamed checkout, or a removed Python, leaves a dead environment behind: make it anew.
VENV_STATE := $(shell test -e .venv/.where && { test "`cat .venv/.where`" = "$$PWD" && .venv/bin/python -c '' || { echo stale; rm -rf .venv; }; } 2>/dev/null)

.venv/.where:
	@sh scripts/make_venv.sh .venv

.venv/.runtime: requirements.txt pyproject.toml | .venv/.where
	@echo "Installing what is needed to run (about 170 packages, 1.1 GB, a minute or two) ..."
	@$(PIP) install -qq --require-hashes --no-deps --only-binary :all: -r requirements.txt
	@$(PIP) install -qq --no-build-isolation --no-deps --no-index --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing what is needed to test ..."
	@$(PIP) install -qq --require-hashes --no-deps --only-binary :all: -r requirements-dev.txt
	@touch $@

.airflow/.migrated: .venv/.runtime
	@echo "Making Airflow's metadata database (SQLite) ..."
	@mkdir -p .airflow
	@AIRFLOW__LOGGING__LOGGING_LEVEL=ERROR $(PY) -W ignore -m airflow db migrate > .airflow/migrate.log 2>&1 || { cat .airflow/migrate.log >&2; exit 1; }
	@touch $@

.PHONY: install install-dev
install: .venv/.runtime  ## Make the environment (.venv) from requirements.txt.
install-dev: .venv/.dev

# --- work --------------------------------------------------------------------------------------------------------------

.PHONY: run
run: .airflow/.migrated  ## Run the daily DAG through Airflow: make run [INPUT=file-or-folder] [DATE=YYYY-MM-DD]
	@$(PY) -W ignore scripts/run_dag.py --input "$(INPUT)" --date "$(DATE)"

.PHONY: ui
# Standalone looks for the command `airflow` on PATH: scripts/standalone says why it finds ours.
ui: .airflow/.migrated  ## Airflow with its pages on http://localhost:8080, this machine only: make ui [PORT=8080]
	@echo "Airflow starts on http://localhost:$(PORT); it prints user and password below. Ctrl-C ends it."
	@sh scripts/make_pools.sh "$(HERE)/$(PY)" "$(HERE)/.airflow/host_pools.json"
	@PATH="$(HERE)/scripts/standalone:$$PATH" CONFLICT_EVENTS_PYTHON="$(HERE)/$(PY)" \
		AIRFLOW__API__HOST=127.0.0.1 AIRFLOW__API__PORT=$(PORT) AIRFLOW__CORE__PARALLELISM=4 \
		AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:$(PORT)/execution/ \
		$(PY) -W ignore -m airflow standalone

.PHONY: test
test: .venv/.dev  ## All tests.
	@$(PY) -m pytest $(ARGS)

.PHONY: trial
trial: .venv/.dev  ## Through a running scheduler: pools of hosts, schedule, backfill, a killed run (some minutes).
	@$(PY) tests/trial_pools.py
	@$(PY) tests/trial_scheduler.py $(ARGS)

# What the queue and PostgreSQL need, over the packages of .venv.
.venv-cluster/.done: requirements-celery.txt requirements-postgres.txt .venv/.dev
	@sh scripts/make_venv.sh .venv-cluster
	@$(PY) -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' > .venv-cluster/base.pth
	@mv .venv-cluster/base.pth "`.venv-cluster/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'`"
	@.venv-cluster/bin/python -m pip --disable-pip-version-check install -qq --require-hashes --no-deps --only-binary :all: \
		-r requirements-celery.txt -r requirements-postgres.txt
	@touch $@

.PHONY: test-cluster
test-cluster: .venv-cluster/.done  ## CeleryExecutor, two workers, one killed (needs PostgreSQL and Redis; some minutes).
	@.venv-cluster/bin/python tests/trial_cluster.py $(ARGS)

.PHONY: lint
lint: .venv/.dev  ## Ruff and mypy.
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

.PHONY: eval
eval: .venv/.runtime  ## Score extraction: make eval [ERRORS=N] shows the N worst pages.
	@$(PY) benchmarks/evaluate.py $(if $(ERRORS),--errors $(ERRORS)) $(ARGS)

.PHONY: bench
bench: .venv/.dev  ## Throughput, memory, growth.
	@$(PY) benchmarks/run.py $(ARGS)

.PHONY: env
env:  ## Write .env with fresh secrets for docker-compose.
	@mkdir -p incoming
	@sh scripts/make_env.sh .env

# --- upkeep ------------------------------------------------------------------------------------------------------------

COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --only-binary :all: --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock:  ## Pin all dependencies with hashes: make lock [UPGRADE=1]
	@test -x .venv-lock/bin/uv || { sh scripts/make_venv.sh .venv-lock && .venv-lock/bin/python -m pip install --quiet uv; }
	$(COMPILE) --group pyproject.toml:build pyproject.toml -o requirements.txt
	$(COMPILE) --group pyproject.toml:dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --group pyproject.toml:postgres -c requirements.txt -o requirements-postgres.txt
	$(COMPILE) --group pyproject.toml:celery -c requirements.txt -o requirements-celery.txt \
		$$(sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements.txt | sort -u)

.PHONY: clean
clean:  ## Remove the environment, Airflow's database and logs, caches; never data/ or data-sample/.
	rm -rf .venv .venv-lock .venv-cluster .airflow .pytest_cache .hypothesis .mypy_cache .ruff_cache build
	find dags plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +
