//go:build js && wasm && panics

package main

import (
	"os"
	"sync"
)

// fail is there for the tests of the package (package_test.go, js/test/bug.test.js): it goes wrong in one of the
// ways in which Go can, inside the guard of a call with this handle.
//
//go:wasmexport fail
func fail(how, handle int32) int32 {
	return engine.guard(handle, func() int32 {
		switch how {
		case 0:
			var m map[string]int
			m["nil"] = 1
		case 1:
			return []int32{}[how]
		case 2:
			os.Exit(3)
		case 3:
			new(sync.Mutex).Unlock() // ends the program, and cannot be recovered from
		case 4:
			return deep(how) + deep(handle)
		}
		return 0
	})
}

func deep(n int32) int32 { return deep(n+1) + deep(n+2) }
