package schema

import (
	"slices"
	"strings"
)

// downLevel writes a schema in the dialect of OpenAPI 3.0. What that cannot say is left out, so that the schema accepts
// more; exact is false then, because under not and oneOf more accepted is less.
func downLevel(schema any) (lowered any, exact bool) {
	s, ok := schema.(object)
	if !ok {
		if schema == false {
			return object{{"not", object{}}}, true
		}
		return object{}, true
	}
	exact = true
	lower := func(schema any) any {
		lowered, same := downLevel(schema)
		exact = exact && same
		return lowered
	}
	var o object
	for _, m := range s {
		switch m.key {
		case "$ref":
			exact = false   // what it names may accept more by now
			if len(s) > 1 { // 3.0 reads nothing beside it
				o.join("allOf", list{object{m}})
				continue
			}
			o = append(o, m)
		case "const":
			o.add("enum", list{m.value})
		case "examples":
			if examples, _ := m.value.(list); len(examples) > 0 {
				o.add("example", examples[0])
			}
		case "exclusiveMinimum", "exclusiveMaximum":
			if s.get(strings.ToLower(m.key[len("exclusive"):])) != nil { // 3.0 has one bound
				exact = false
				continue
			}
			o.add(map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}[m.key], m.value)
			o.add(m.key, true)
		case "properties":
			var properties object
			members, _ := m.value.(object)
			for _, p := range members {
				properties.add(p.key, lower(p.value))
			}
			o.add(m.key, properties)
		case "items":
			o.add(m.key, lower(m.value))
		case "additionalProperties":
			if open, ok := m.value.(bool); ok {
				o.add(m.key, open)
			} else {
				o.add(m.key, lower(m.value))
			}
		case "not":
			if inner, same := downLevel(m.value); same {
				o.add(m.key, inner)
			} else {
				exact = false
			}
		case "allOf", "anyOf", "oneOf":
			var branches list
			key := m.key
			given, _ := m.value.(list)
			for _, branch := range given {
				if isNull(branch) {
					branches = append(branches, object{{"type", "string"}, {"nullable", true}, {"enum", list{nil}}})
					continue
				}
				lowered, same := downLevel(branch)
				if all, _ := lowered.(object); len(all) == 0 && key == "allOf" {
					exact = exact && same
					continue // it asks for nothing any more
				}
				if branches = append(branches, lowered); !same {
					exact = false
					if key == "oneOf" {
						key = "anyOf" // branches that accept more may now overlap
					}
				}
			}
			if branches != nil {
				o.join(key, branches)
			}
		case "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames":
			exact = false
		case "type":
			types, several := m.value.(list)
			rest := slices.DeleteFunc(slices.Clone(types), func(name any) bool { return name == "null" })
			name := ""
			if len(rest) == 1 {
				name, _ = rest[0].(string)
			}
			switch {
			case !several:
				o = append(o, m)
			case name != "":
				if o.add("type", name); len(types) > 1 {
					o.add("nullable", true)
				}
			default:
				exact = false // 3.0 has one type
			}
		default:
			o = append(o, m)
		}
	}
	if o.get("type") == "array" && o.get("items") == nil {
		o.add("items", object{})
	}
	return o, exact
}

// isNull tells whether a schema is of null alone.
func isNull(schema any) bool {
	s, _ := schema.(object)
	return len(s) == 1 && s.get("type") == "null"
}
