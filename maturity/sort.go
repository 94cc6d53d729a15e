package maturity

// sorted returns the numbers from 0 to n−1 in the order of before, which tells whether i must come before
// j; of equals the first stays first. One merge sort over numbers serves all lists of this package, because
// each instance of a generic one costs a WebAssembly program 3 KB.
func sorted(n int, before func(i, j int) bool) []int {
	list, next := make([]int, n), make([]int, n)
	for i := range list {
		list[i] = i
	}
	for width := 1; width < n; width *= 2 {
		for from := 0; from < n; from += 2 * width {
			middle, end := min(from+width, n), min(from+2*width, n)
			a, b := from, middle
			for at := from; at < end; at++ {
				if b == end || a < middle && !before(list[b], list[a]) {
					next[at] = list[a]
					a++
				} else {
					next[at] = list[b]
					b++
				}
			}
		}
		list, next = next, list
	}
	return list
}

// sortedKeys lists the keys of a map in the order of their bytes.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return sortedStrings(keys)
}

func sortedStrings(keys []string) []string {
	list := make([]string, len(keys))
	for at, i := range sorted(len(keys), func(i, j int) bool { return keys[i] < keys[j] }) {
		list[at] = keys[i]
	}
	return list
}
