package external

import (
	"errors"
	"fmt"
	"strings"
)

// Split cuts a command line into words: at blanks, with single and double quotes and backslashes as in a shell. Nothing
// else of a shell is understood: no variables, pipes or patterns.
func Split(command string) ([]string, error) {
	var words []string
	var b strings.Builder
	open, in := rune(0), false
	rest := []rune(command)
	for i := 0; i < len(rest); i++ {
		r := rest[i]
		switch {
		case open != 0 && r == open:
			open = 0
		case open == '\'':
			b.WriteRune(r)
		case r == '\\' && i+1 < len(rest):
			i++
			b.WriteRune(rest[i])
			in = true
		case open != 0:
			b.WriteRune(r)
		case r == '\'' || r == '"':
			open, in = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if in {
				words = append(words, b.String())
				b.Reset()
				in = false
			}
		default:
			b.WriteRune(r)
			in = true
		}
	}
	if open != 0 {
		return nil, fmt.Errorf("%s: a quote (%c) is not closed", command, open)
	}
	if in {
		words = append(words, b.String())
	}
	if len(words) == 0 {
		return nil, errors.New("no command is given")
	}
	return words, nil
}
