package trade

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Unknown is the error for a name that a model does not have. It suggests the nearest known name,
// or lists the names when they are few.
func Unknown(model, role, name string, names []string, sets map[string][]string) error {
	known := append([]string(nil), names...)
	known = append(known, slices.Sorted(maps.Keys(sets))...)
	if near := Nearest(name, known); near != "" {
		return fmt.Errorf("%s: unknown %s %q: did you mean %q?", model, role, name, near)
	}
	const few = 12
	if len(known) > few {
		known = append(known[:few:few], "...")
	}
	return fmt.Errorf("%s: unknown %s %q: it has %s", model, role, name, strings.Join(known, ", "))
}

// Nearest returns the known name within two edits (one for names of up to three letters) of name,
// or that name is the beginning of; the first of equals, "" if none is near. Case does not count.
func Nearest(name string, known []string) string {
	name = strings.ToLower(name)
	best, least := "", 3
	if len(name) <= 3 {
		least = 2
	}
	for _, k := range known {
		if d := edits(name, strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best == "" && len(name) > 2 {
		for _, k := range known {
			if strings.HasPrefix(strings.ToLower(k), name) {
				return k
			}
		}
	}
	return best
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
