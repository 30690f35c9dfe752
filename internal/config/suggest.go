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
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(w)); d < best && d < len(w) {
			best, at = d, w
		}
	}
	if at == "" {
		return ""
	}
	return `; did you mean "` + at + `"?`
}
