//go:build js && !analysis

package main

// The engine's module has no analyses: analysis.wasm does (analysis.go).
type running struct{}

func (b *bridge) analyse(verb, *object, []byte, []byte) int32 { panic("no such verb") }
