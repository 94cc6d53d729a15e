# The two commands of the README need no make; these are for those who work on the library.
.PHONY: test check wasm measure bench update fuzz soak mutants

test: ## what the README says
	go test ./...

check: ## everything that CI does
	.ci/run

wasm: ## the JavaScript package, in dist/npm
	go run ./wasm/build

measure: ## the figures of wasm/README.md; needs Node and Chromium
	npm ci --prefix wasm/js/test
	node wasm/js/measure/measure.mjs --parts

bench: ## the figures of maturity/README.md and bench/README.md
	go test -run '^$$' -bench . ./maturity
	cd bench && go test -run '^$$' -bench .

update: ## golden files anew; look at the diff
	go test ./maturity -run Conformance -update
	go test ./maturity/report ./maturity/models ./maturity/robustness ./examples/score -update
	go test ./maturity/cohort -run TestPage -update
	go test ./examples/service -run Hostile -update
	go generate ./schema
	go test ./schema -run DocumentTypes -update-types

fuzz: ## each fuzz target for 20 seconds
	.ci/fuzz 20s

SHARE = 30m
soak: ## each fuzz target for 30 minutes, or SHARE=5m, by one worker that gives way to all else; docs/fuzzing.md keeps the sums
	PARALLEL=1 LOG=docs/fuzzing.tsv nice -n 19 .ci/fuzz $(SHARE)

mutants: ## the figures of docs/mutants.md; takes hours, and goes on where it stopped
	go run ./internal/mutants
