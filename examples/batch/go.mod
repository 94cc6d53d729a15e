module github.com/modenhet/modenhet/examples/batch

go 1.26.0

require (
	github.com/apache/beam/sdks/v2 v2.77.0
	github.com/modenhet/modenhet v0.0.0
)

replace github.com/modenhet/modenhet => ../..
