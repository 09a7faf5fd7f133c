.PHONY: run test bench install clean
export SNOWFLAKE_DISABLE_PLATFORM_DETECTION = true
FILES ?= test/fixtures/sample/orders-1.ndjson.gz test/fixtures/sample/orders-2.ndjson.gz test/fixtures/sample/orders-3.ndjson.gz

# The stamp is newer than the lock file once everything is installed.
STAMP := node_modules/.installed

run: $(STAMP) ## load orders through the whole flow; FILES="a.ndjson.gz b.ndjson" takes your own, PIPELINE=name those of another pipeline
	@./firn run $(if $(PIPELINE),--pipeline $(PIPELINE)) $(FILES)

test: $(STAMP) ## every check: types, lint, format, tests
	@npm test --silent

bench: $(STAMP) ## measure against hand-written baselines
	@npm run bench --silent

install: $(STAMP)

$(STAMP): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $(STAMP)

clean:
	rm -rf .firn node_modules coverage
