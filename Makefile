# Two commands do everything: `make demo` and `make test`.
DATELINE := .venv/bin/dateline
export DATELINE_HOME ?= var/demo
# What keeps things is tested on both databases.
STORED := tests/archive tests/newsroom tests/soak tests/cli tests/api tests/site
# What lies below the Django line is tested with Django made un-importable.
PURE := tests/text tests/wire tests/clean tests/reading tests/fetch tests/test_plain.py

# As many tests at once as there are cores. Those of a file share an archive: they stay together, in their order.
PYTEST := .venv/bin/pytest --numprocesses auto --maxprocesses 8
TOGETHER := --dist loadfile --no-loadscope-reorder

.PHONY: demo test check lock reference locale clean

demo: ## Build .venv, take in samples/, read and publish them, serve the site
	@tools/setup runtime
	@$(DATELINE) init
	@$(DATELINE) take-in samples --publish
	@$(DATELINE) serve

test: ## Everything: linters, types, contracts, all tests
	@tools/setup dev
	@tools/system-packages
	@tools/check
	DATELINE_PURE=1 $(PYTEST) --dist worksteal $(PURE)
	$(PYTEST) $(TOGETHER) $(PURE:%=--ignore=%)
	@DATELINE_SOAK=60 tools/with-postgresql $(PYTEST) $(TOGETHER) -m "not unstored and not sqlite" $(STORED) || \
	    { [ $$? = 77 ] && [ -z "$$DATELINE_REQUIRE_ALL" ] && echo "skipped: the same tests on PostgreSQL"; }

check: ## Linters, types and contracts only
	@tools/setup dev
	@tools/check

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --constraint requirements.lock --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

reference: ## Write docs/reference and the Python client anew from the code
	.venv/bin/python tools/reference.py
	.venv/bin/python tools/client.py

locale: ## Compile the translations
	.venv/bin/python tools/compile_locale.py

clean: ## Remove the demo's archive (not .venv)
	rm -rf var/demo
