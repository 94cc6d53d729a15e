package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// Components returns the schemas of all documents as those of OpenAPI components: Assessment, Result, Issues and Model,
// and those that they refer to. The names of what only a model has begin with Model: ModelNode, ModelText. The profile
// is OpenAPI (3.1) or OpenAPI30.
//
// OpenAPI 3.0 has no if, const, contains and propertyNames. What they say is left out there: the schemas then accept
// more than the engine does, never less.
func Components(profile Profile) ([]byte, error) {
	schemas, err := components(profile)
	if err != nil {
		return nil, err
	}
	return appendJSON(nil, object{{"schemas", schemas}}), nil
}

// OpenAPIDocument completes an OpenAPI document: of what Components returns, it adds what the document refers to, such as
// "#/components/schemas/Result", and says in openapi which version the document is of. So a service writes down its
// paths alone. For OpenAPI30 the document's own schemas are lowered too, and info loses its summary; the rest must be
// good in both versions.
//
// The error says that the document is not JSON, or has a schema with the name of one of Components.
func OpenAPIDocument(document []byte, profile Profile) ([]byte, error) {
	schemas, err := components(profile)
	if err != nil {
		return nil, err
	}
	value, err := parseJSON(document)
	if err != nil {
		return nil, fmt.Errorf("the OpenAPI document: %w", err)
	}
	whole, ok := value.(object)
	if !ok {
		return nil, errors.New("the OpenAPI document: it is not an object")
	}
	parts, _ := whole.get("components").(object)
	own, _ := parts.get("schemas").(object)
	var all object
	for _, m := range own {
		if schemas.get(m.key) != nil {
			return nil, fmt.Errorf("the OpenAPI document: the schema %q has the name of one of Modenhet's: use another", m.key)
		}
		if profile == OpenAPI30 {
			m.value, _ = downLevel(m.value)
		}
		all = append(all, m)
	}
	used := map[string]bool{}
	refer(whole, schemas, used)
	for _, m := range schemas {
		if used[m.key] {
			all = append(all, m)
		}
	}
	parts.set("schemas", all)
	whole.set("components", parts)
	whole.set("openapi", map[Profile]string{OpenAPI: "3.1.0", OpenAPI30: "3.0.3"}[profile])
	if info, ok := whole.get("info").(object); ok && profile == OpenAPI30 {
		info.remove("summary")
		whole.set("info", info)
	}
	var b bytes.Buffer
	err = json.Indent(&b, appendJSON(nil, whole), "", "  ")
	return b.Bytes(), err
}

const componentRef = "#/components/schemas/"

// components lifts the documents, and the definitions in them, into one list.
func components(profile Profile) (object, error) {
	if profile != OpenAPI && profile != OpenAPI30 {
		return nil, invalid(maturity.BadValue, "/profile", "The profile of an OpenAPI document is openapi or openapi30.")
	}
	var all object
	texts := map[string]string{} // what a name stands for
	for _, document := range []struct {
		name, prefix string
		data         []byte
	}{{"Assessment", "", assessment}, {"Result", "", result}, {"Issues", "", issues}, {"Model", "Model", model}} {
		value, err := parseJSON(document.data)
		if err != nil {
			return nil, err
		}
		root, _ := value.(object)
		definitions, _ := root.get("$defs").(object)
		root.remove("$schema", "$id", "$defs")
		names := map[string]string{"#": componentRef + document.name}
		lifted := object{{document.name, root}}
		for _, d := range definitions {
			name, text := document.prefix+d.key, string(appendJSON(nil, d.value))
			if known := texts[name]; known != "" && (known != text || strings.Contains(text, `"$ref"`)) {
				name = document.name + d.key // another document means something else by it
			}
			if texts[name] == "" {
				lifted.add(name, d.value)
			}
			texts[name] = text
			names["#/$defs/"+d.key] = componentRef + name
		}
		for _, m := range lifted {
			all.add(m.key, rename(m.value, names))
		}
	}
	if profile == OpenAPI30 {
		for i := range all {
			all[i].value, _ = downLevel(all[i].value)
		}
	}
	return all, nil
}

// refer marks the components that a value refers to, and those that they refer to.
func refer(value any, components object, used map[string]bool) {
	switch value := value.(type) {
	case object:
		for _, m := range value {
			refer(m.value, components, used)
			ref, _ := m.value.(string)
			if name, ok := strings.CutPrefix(ref, componentRef); ok && m.key == "$ref" && !used[name] {
				used[name] = true
				refer(components.get(name), components, used)
			}
		}
	case list:
		for _, item := range value {
			refer(item, components, used)
		}
	}
}

// rename changes what every $ref names.
func rename(value any, names map[string]string) any {
	switch value := value.(type) {
	case object:
		for i, m := range value {
			if ref, ok := m.value.(string); ok && m.key == "$ref" {
				value[i].value = names[ref]
			} else {
				value[i].value = rename(m.value, names)
			}
		}
	case list:
		for i := range value {
			value[i] = rename(value[i], names)
		}
	}
	return value
}

// set gives a member a value, in its place or at the end.
func (o *object) set(key string, value any) {
	for i := range *o {
		if (*o)[i].key == key {
			(*o)[i].value = value
			return
		}
	}
	o.add(key, value)
}

func (o *object) remove(keys ...string) {
	*o = slices.DeleteFunc(*o, func(m member) bool { return slices.Contains(keys, m.key) })
}

// parseJSON reads JSON into objects and lists, members and numbers as they stand.
func parseJSON(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	value, err := parseValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the document")
	}
	return value, nil
}

func parseValue(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Number:
		return raw(token), nil
	case json.Delim:
		var o object
		l := list{}
		for d.More() {
			var key string
			if token == '{' {
				name, err := d.Token()
				if err != nil {
					return nil, err
				}
				key, _ = name.(string)
			}
			value, err := parseValue(d)
			if err != nil {
				return nil, err
			}
			if token == '{' {
				o.add(key, value)
			} else {
				l = append(l, value)
			}
		}
		if _, err := d.Token(); err != nil {
			return nil, err
		}
		if token == '{' {
			return o, nil
		}
		return l, nil
	}
	return token, nil
}
