# Servicewright: everything a contributor types. `make` alone lists the targets.
# Each target does its own set-up; Node ≥ 20, git, make and Python ≥ 3.11 are all that must be there before.

.DEFAULT_GOAL := help
.PHONY: help setup run test test-templates test-platforms check bench clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Contents are compared, not times: a checkout gives every file a new time.
installed := node_modules/.installed-lock.json

# Not `npm ci`: it refuses a lock file that does not name the optional binaries of every other platform,
# and a registry that mirrors only some of them gives no way to write such a file. --no-save keeps the lock file as it is.
npm-install := npm install --no-save --no-audit --no-fund --no-update-notifier --loglevel=error

setup: ## Installs the development packages when they are missing or the lock file changed
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null || { echo "Node 20 or newer is needed. Install it, then try again." >&2; exit 1; }
	@cmp -s package-lock.json $(installed) || { $(npm-install) && cp package-lock.json $(installed); }

run: setup ## Opens a real VS Code with the extension and a sample workspace (EDITOR_CLI=code: your own; TRUST=on: asks before it trusts)
	@node test/run.mjs run

test: setup ## Runs every test: unit, golden, contract, protocol, in-host, browser
	@node test/run.mjs all

test-templates: setup ## Makes, installs, checks and runs every combination that the templates offer (an hour; as root also their images)
	@node test/run.mjs templates $(ONLY)

test-platforms: setup ## Deploys to a real Kubernetes API with real controllers, built from Debian's sources the first time (some minutes)
	@node test/run.mjs platforms $(ONLY)

check: setup ## Checks generated files, types, lint, format, dead code
	@npm run --silent check

bench: setup ## Runs the benchmarks in bench/ (ONLY=name: one of them)
	@node test/run.mjs bench $(ONLY)

clean: ## Removes what was built; keeps packages, the editor and the sample workspace
	rm -rf out dist
