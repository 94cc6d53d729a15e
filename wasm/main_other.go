//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "This program is a WebAssembly module for JavaScript: go run ./wasm/build makes the package.")
	os.Exit(2)
}
