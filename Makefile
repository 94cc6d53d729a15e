# The two commands of the README need no make; these are for those who work on the library.
.PHONY: test check wasm measure bench update fuzz

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
	go test ./maturity/report ./maturity/models ./maturity/robustness ./examples/score ./docs -update
	go generate ./schema
	go test ./schema -run DocumentTypes -update-types

fuzz: ## each fuzz target for 20 seconds
	for f in $$(go test -list '^Fuzz' ./maturity | grep ^Fuzz); do go test -run '^$$' -fuzz "^$$f$$" -fuzztime 20s ./maturity || exit 1; done
