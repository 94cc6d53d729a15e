//go:build js && wasm

package main

import (
	"unsafe"

	"github.com/hack-pad/safejs"
)

var engine bridge

// version is that of the JavaScript package; the build sets it.
var version = "devel"

// main tells the loader that the exported functions may be called, and stays.
func main() {
	if err := ready(); err != nil {
		panic(err)
	}
	select {}
}

// ready hands the version to the loader. The global object is not the page's: the loader makes one that holds
// this host and the little that Go's runtime needs.
func ready() error {
	host, err := safejs.Global().Get("modenhet")
	if err != nil {
		return err
	}
	text, err := safejs.ValueOf(version)
	if err != nil {
		return err
	}
	_, err = host.Call("ready", text)
	return err
}

//go:wasmexport room
func room(n int32) int32 {
	if in := engine.room(n); in != nil {
		return address(unsafe.Pointer(unsafe.SliceData(in)))
	}
	return 0
}

//go:wasmexport call
func call(v, handle, first, second int32) int32 { return engine.call(verb(v), handle, first, second) }

//go:wasmexport setOption
func setOption(handle, question, option int32) int32 {
	return engine.setOption(handle, question, option)
}

//go:wasmexport setNumber
func setNumber(handle, question int32, value float64) int32 {
	return engine.setNumber(handle, question, value)
}

//go:wasmexport release
func release(handle int32) { engine.release(handle) }

// answer says where the answer of the last call lies.
//
//go:wasmexport answer
func answer() int32 { return address(unsafe.Pointer(unsafe.SliceData(engine.out))) }

//go:wasmexport answerLength
func answerLength() int32 { return int32(len(engine.out)) }

// view says where an array of a session lies; Go's collector moves nothing.
//
//go:wasmexport view
func view(handle, array int32) int32 {
	o := &engine.objects[handle]
	switch array {
	case 0:
		return address(unsafe.Pointer(unsafe.SliceData(o.values)))
	case 1:
		return address(unsafe.Pointer(unsafe.SliceData(o.levels)))
	}
	return address(unsafe.Pointer(unsafe.SliceData(o.moved)))
}

//go:wasmexport nodes
func nodes(handle int32) int32 { return int32(len(engine.objects[handle].values)) }

func address(p unsafe.Pointer) int32 { return int32(uintptr(p)) }
