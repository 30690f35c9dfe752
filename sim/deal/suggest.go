package deal

import (
	"sort"
	"strings"
)

// suggest is `, did you mean "x"?` for the nearest of the known names, or empty when none is near.
func suggest(name string, known []string) string {
	best, at := len(name)/2+1, ""
	for _, k := range known {
		if d := editDistance(strings.ToLower(name), strings.ToLower(k)); d < best {
			best, at = d, k
		}
	}
	if at == "" {
		return ""
	}
	return `; did you mean "` + at + `"?`
}

// editDistance counts insertions, deletions and substitutions (Levenshtein 1966), bytes for letters.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diag
			if a[i] != b[j] {
				d = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}

// listed is up to twelve names with commas.
func listed(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", ..."
	}
	return strings.Join(names, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
