package config

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// suggest is `; did you mean "x"?` for the nearest of the words, or empty when none is near.
func suggest(word string, words []string) string {
	best, at := max(2, len(word)/2)+1, ""
	if len(word) > 100 { // nobody's typing error
		return ""
	}
	for _, w := range words {
		a, b := strings.ToLower(word), strings.ToLower(w)
		d := levenshtein.ComputeDistance(a, b)
		if len(a) > 2 && (strings.HasPrefix(b, a) || strings.HasPrefix(a, b)) {
			d = 1 // cut short, or drawn out
		}
		if d < best && d < len(w) {
			best, at = d, w
		}
	}
	if at == "" {
		return ""
	}
	return `; did you mean "` + at + `"?`
}
