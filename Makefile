# The two commands of the README need no make; these are for those who work on the library.
.PHONY: test check wasm measure bench update fuzz soak mutants release freeze vulnerabilities

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
	go test ./maturity/cohort -run TestPage -update
	go test ./examples/service -run Hostile -update
	go test ./internal/platforms -update
	go generate ./schema
	go test ./schema -run DocumentTypes -update-types

fuzz: ## each fuzz target for 20 seconds
	.ci/fuzz 20s

SHARE = 30m
soak: ## each fuzz target for 30 minutes, or SHARE=5m, by one worker that gives way to all else; docs/fuzzing.md keeps the sums
	PARALLEL=1 LOG=docs/fuzzing.tsv nice -n 19 .ci/fuzz $(SHARE)

mutants: ## the figures of docs/mutants.md; takes hours, and goes on where it stopped
	go run ./internal/mutants

release: ## the files of a release, in dist/release: make release VERSION=v0.1.0
	go run ./internal/release $(VERSION)

freeze: ## documents, results, link and API of a release, to be held to: make freeze VERSION=v0.1.0
	go test ./internal/releases -freeze $(VERSION)
	node wasm/js/test/freeze.mjs $(VERSION)
	go build -modfile=tools.mod -o dist/tools/ golang.org/x/exp/cmd/apidiff
	.ci/api dist/tools/apidiff --write $(VERSION)

vulnerabilities: ## known ones, in what is called; asks vuln.go.dev and the npm registry
	go build -modfile=tools.mod -o dist/tools/ golang.org/x/vuln/cmd/govulncheck
	dist/tools/govulncheck -test ./...
	GOOS=js GOARCH=wasm dist/tools/govulncheck -tags analysis ./wasm
	for d in wasm/js/test schema/test examples/service/test examples/forms; do npm audit --prefix $$d --audit-level high || exit 1; done
