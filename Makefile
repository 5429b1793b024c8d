# The first target lists the others.
MVN ?= mvn -B -ntp
VERSION = $(shell sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | sed 's/-SNAPSHOT//')

.PHONY: help check test it fmt run bench dist compose-test

help:
	@sed -n 's/^\([a-z-]*\):.*## */\1|/p' Makefile | awk -F'|' '{printf "make %-13s %s\n", $$1, $$2}'

check: ## all that judges a change: formatting, compiler, unit and integration tests
	$(MVN) verify

test: ## unit tests only
	$(MVN) test

it: ## unit and integration tests, without the judges
	$(MVN) verify -Pquick -DskipTests=false

fmt: ## format the sources
	$(MVN) -q spotless:apply

run: ## start a node in the foreground
	./weir up

bench: ## build the benchmarks and say how to run them
	$(MVN) -q -Pquick package -pl bench -am
	@ls bench/*.md 2>/dev/null || true

dist: ## pack dist/weir-VERSION.tar.gz, which runs without this source tree
	$(MVN) -q -Pquick package -pl standalone,producer-cli -am
	mkdir -p dist
	rm -f standalone/target/weir-$(VERSION) && ln -s dist standalone/target/weir-$(VERSION)
	tar -C standalone/target -chzf dist/weir-$(VERSION).tar.gz weir-$(VERSION)
	rm standalone/target/weir-$(VERSION)
	@ls -l dist/weir-$(VERSION).tar.gz

compose-test: ## bring docker-compose.yml up, look at it, take it down; needs Docker
	docker build -f docker/server.Dockerfile -t weir-server:0.1.0 .
	@export WEIR_ADMIN_KEY=$$(docker run --rm weir-server:0.1.0 new-key); \
	trap 'docker compose --profile demo down --volumes' EXIT; \
	docker compose --profile demo up --build --wait && \
	for port in 7070 7071; do \
	    curl -fsS http://127.0.0.1:$$port/readyz && \
	    curl -fsS -H "Authorization: Bearer $$WEIR_ADMIN_KEY" "http://127.0.0.1:$$port/v1/runs?job=demo" || exit 1; \
	done
