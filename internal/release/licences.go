package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// licenceOf tells under which terms a module is, from the files in its folder: SPDX identifiers, joined by AND.
func licenceOf(dir string) (string, error) {
	var found []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		name := strings.ToUpper(entry.Name())
		if entry.IsDir() || !strings.HasPrefix(name, "LICENSE") && !strings.HasPrefix(name, "LICENCE") && !strings.HasPrefix(name, "COPYING") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return "", err
		}
		found = append(found, licences(string(data))...)
	}
	if len(found) == 0 {
		return "", fmt.Errorf("no known licence in %s", dir)
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " AND "), nil
}

// licences finds licences by sentences that only they have.
func licences(text string) (found []string) {
	text = strings.Join(strings.Fields(text), " ")
	has := func(sentence string) bool { return strings.Contains(text, sentence) }
	if has("Apache License") && (has("Version 2.0, January 2004") || has("apache.org/licenses/LICENSE-2.0")) {
		found = append(found, "Apache-2.0")
	}
	if has("Mozilla Public License Version 2.0") || has("Mozilla Public License, version 2.0") {
		found = append(found, "MPL-2.0")
	}
	if has("Permission is hereby granted, free of charge, to any person obtaining a copy") {
		found = append(found, "MIT")
	}
	switch {
	case has("Redistribution and use in source and binary forms") && has("may be used to endorse or promote products"):
		found = append(found, "BSD-3-Clause")
	case has("Redistribution and use in source and binary forms"):
		found = append(found, "BSD-2-Clause")
	}
	if has("Permission to use, copy, modify, and distribute this software for any purpose") || has("Permission to use, copy, modify, and/or distribute this software for any purpose") {
		found = append(found, "ISC")
	}
	if has("GNU GENERAL PUBLIC LICENSE") || has("GNU LESSER GENERAL PUBLIC LICENSE") || has("GNU AFFERO GENERAL PUBLIC LICENSE") {
		found = append(found, "GPL")
	}
	return found
}

// A lock is package-lock.json, as far as we read it.
type lock struct {
	Packages map[string]struct{ Version, License string }
}

func readLock(dir string) (l lock, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(data, &l)
}

// locked is a package of npm in the version that a lock names.
func locked(dir, name string) (p struct{ Version, License string }, err error) {
	l, err := readLock(dir)
	if err != nil {
		return p, err
	}
	p, ok := l.Packages["node_modules/"+name]
	if !ok {
		return p, fmt.Errorf("%s/package-lock.json has no %s", dir, name)
	}
	return p, nil
}
