# Sextant 目标罗盘. Everything starts here; the work is done by the scripts in tools/.
SHELL := /bin/bash
PORT ?= 8080

# What the page is made of. Folders count too: a file that was removed touches its folder.
sources := $(shell find src style locales -not -name '.*' 2>/dev/null) build.rs index.html Trunk.toml Cargo.toml Cargo.lock

# Parts of the page are downloaded when they are asked for: tools/pack.mjs takes them out of what is linked so.
parts := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg split -Clink-args=--emit-relocs"

# A build that failed half way leaves a page that must not be taken for a finished one.
.DELETE_ON_ERROR:

.PHONY: help run dev dist check test bench oracle workbook links laws fuzz clean
help: ## What can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 14

run: ## Build, serve the page on this machine and print its address (PORT=8080)
	@tools/install.sh build
	@$(MAKE) --no-print-directory dist
	@. tools/env.sh && exec sirv dist --dev --brotli --gzip --no-clear --port $(PORT)

dev: ## The same in a debug build that follows every saved file
	@tools/install.sh build
	@. tools/env.sh && exec trunk serve --offline --port $(PORT)

dist: dist/index.html ## Build the static files in dist/, for any folder of any host; print the size of the first download
	@node tools/size.mjs dist

dist/index.html: $(sources)
	@tools/install.sh build
	@. tools/env.sh && $(parts) trunk build --release --offline --dist dist && node tools/pack.mjs dist
	@cp dist/index.html dist/404.html # where a mail gateway turned a link's "#" into "%23", hosts that serve this still open it

check: ## Formatting, licences and lints
	@tools/install.sh check
	@tools/test.sh check

test: ## Formatting, licences, lints, native tests, browser tests, the release build and the journeys on it
	@tools/install.sh test
	@tools/test.sh

bench: ## Time the engine, alone and beside other programs, and the sheet; writes docs/performance.md (QUICK=1 for a first look)
	@tools/install.sh check
	@tools/bench.sh

oracle: ## Compare the engine with 10,000 plans, 200 tables and 2,000 trees that were worked out elsewhere
	@tools/install.sh check
	@tools/oracle.sh

workbook: ## Have LibreOffice work the exported workbooks out anew, and pandas and openpyxl read them
	@tools/install.sh check
	@tools/workbook.sh

links: ## Length of a link by format on five plans; writes the table of docs/links.md
	@tools/install.sh check
	@tools/bench.sh links

laws: ## The laws on ten times as many random plans as tests try, others each time (PROPTEST_CASES=2560 PROPTEST_RNG_SEED=1)
	@tools/install.sh check
	@. tools/env.sh && export PROPTEST_CASES=$${PROPTEST_CASES:-2560} PROPTEST_RNG_SEED=$${PROPTEST_RNG_SEED:-$$RANDOM} && \
		echo "PROPTEST_CASES=$$PROPTEST_CASES PROPTEST_RNG_SEED=$$PROPTEST_RNG_SEED" && cargo test --locked --test it

fuzz: ## Damaged plan files and links for ten minutes each (FUZZ_SECONDS=600 FUZZ_SEED=1)
	@tools/install.sh check
	@. tools/env.sh && cargo test --locked --test it -- --ignored --nocapture fuzz

clean: ## Remove what was built; installed tools stay
	@rm -rf dist tests/e2e/results tests/e2e/report && cargo clean
