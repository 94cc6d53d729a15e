package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
)

// A component of a software bill of materials. See https://cyclonedx.org/docs/1.6/json/.
type component struct {
	Type     string    `json:"type"`
	Ref      string    `json:"bom-ref"`
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	Hashes   []hash    `json:"hashes,omitempty"`
	Licenses []license `json:"licenses"`
	PURL     string    `json:"purl"`
}

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

type license struct {
	Expression string `json:"expression"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// vendored is what the npm package has of others, besides Go modules: written into wasm/js/check/designsystemet.js
// by make-design.mjs, from the version that wasm/js/test/package-lock.json names.
var vendored = []string{"@digdir/designsystemet-css"}

// sbom lists what is compiled into a main package for a platform: the modules that its packages are of, and Go's
// standard library. It has no time and no serial number, so that it is the same each time.
func sbom(name, version, platform string, env, npm []string, pkg string) ([]byte, error) {
	list, err := run(env, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", pkg)
	if err != nil {
		return nil, err
	}
	golang, err := run(nil, "go", "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile("go.sum")
	if err != nil {
		return nil, err
	}
	version = version[1:]
	root := component{Type: "application", Name: name, Version: version, Licenses: []license{{"Apache-2.0 AND CC-BY-4.0"}},
		PURL: "pkg:golang/github.com/modenhet/modenhet@v" + version}
	if npm != nil {
		root.PURL = "pkg:npm/modenhet@" + version
	}
	root.Ref = root.PURL
	std := "pkg:golang/std@" + strings.TrimPrefix(golang, "go")
	components := []component{{Type: "library", Ref: std, Name: "std", Version: golang, Licenses: []license{{"BSD-3-Clause"}}, PURL: std}}
	seen := map[string]bool{"": true}
	for line := range strings.SplitSeq(list, "\n") {
		if seen[line] {
			continue
		}
		seen[line] = true
		fields := strings.SplitN(line, " ", 3)
		licence, err := licenceOf(fields[2])
		if err != nil {
			return nil, err
		}
		purl := "pkg:golang/" + fields[0] + "@" + fields[1]
		c := component{Type: "library", Ref: purl, Name: fields[0], Version: fields[1], Licenses: []license{{licence}}, PURL: purl}
		if _, sum, ok := strings.Cut(string(sums), fields[0]+" "+fields[1]+" h1:"); ok {
			sum, _, _ = strings.Cut(sum, "\n")
			if sum, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum)}} // as Go has it: of the list of the files' hashes
			}
		}
		components = append(components, c)
	}
	for _, name := range npm {
		p, err := locked("wasm/js/test", name)
		if err != nil {
			return nil, err
		}
		purl := "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + p.Version
		components = append(components, component{Type: "library", Ref: purl, Name: name, Version: p.Version, Licenses: []license{{p.License}}, PURL: purl})
	}
	depends := dependency{Ref: root.Ref}
	for _, c := range components {
		depends.DependsOn = append(depends.DependsOn, c.Ref)
	}
	data, err := json.MarshalIndent(map[string]any{
		"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":   map[string]any{"component": root, "properties": []any{map[string]string{"name": "modenhet:platform", "value": platform}}},
		"components": components, "dependencies": []dependency{depends},
	}, "", " ")
	return append(data, '\n'), err
}
