# Every target builds what it needs; `make run` and `make test` are all that a newcomer has to know.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CATALOGUES := $(wildcard locale/zh_Hans/LC_MESSAGES/*.po locale/*/zh_Hans/LC_MESSAGES/*.po)

.PHONY: setup run lint test bench bench-full lock messages clean

setup: $(STAMP) $(CATALOGUES:.po=.mo)

# Debian without python3-venv has no ensurepip: build the environment bare and let the system's pip fill it.
$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@if test -x $(BIN)/pip; then $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@touch $@

%.mo: %.po $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@ --locale=zh_Hans

run: setup
	@DEBUG=1 exec $(BIN)/python manage.py demo

lint: setup
	@./.ci/lint

test: setup
	@REQUIRE_ALL=$(REQUIRE_ALL) ./.ci/test

bench: setup
	@DEBUG=1 $(BIN)/python manage.py bench --format json

# Full size, by hand: see docs/performance.md.
bench-full: setup
	@DEBUG=1 $(BIN)/python manage.py bench --full --format json

# Pins everything that the groups of pyproject.toml ask for, with hashes and without any index address.
lock: $(STAMP)
	@$(PYTHON) -m pip install --quiet --target $(VENV)/lock pip-tools
	@PYTHONPATH=$(VENV)/lock $(BIN)/python -m piptools compile --quiet --all-extras --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --annotation-style line -o requirements.lock pyproject.toml

# Needs gettext. Then fill in what is empty or marked fuzzy; locale/skin is kept by hand (docs/decisions/060-language.md).
messages: setup
	@DEBUG=1 $(BIN)/python manage.py makemessages --locale zh_Hans --no-wrap --no-location --no-obsolete \
		--ignore .venv --ignore var --ignore staticfiles --ignore tests

clean:
	rm -rf $(VENV) var staticfiles
