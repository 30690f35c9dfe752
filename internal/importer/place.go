package importer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// place is where something stands.
type place struct {
	file string
	line int // from 1; 0 where the line is not known
}

func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return p.file + ":" + strconv.Itoa(p.line)
}

// errorf is an error at a place.
func (p place) errorf(format string, a ...any) error {
	return fmt.Errorf("%s: %s", p, fmt.Sprintf(format, a...))
}

// mostProblems bounds how many errors of a domain are told.
const mostProblems = 20

// problems collects errors, and how many more there were.
type problems struct {
	list []error
	more int
}

func (p *problems) add(err error) {
	switch {
	case err == nil:
	case len(p.list) == mostProblems:
		p.more++
	default:
		p.list = append(p.list, err)
	}
}

func (p *problems) err() error {
	if p.more > 0 {
		return errors.Join(append(p.list[:len(p.list):len(p.list)], fmt.Errorf("and %d more", p.more))...)
	}
	return errors.Join(p.list...)
}

// listed names what there is, not too much of it.
func listed(names []string) string {
	const most = 8
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(clip(names[:most]), ", "), len(names)-most)
	}
	return strings.Join(clip(names), ", ")
}

func clip(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = short(n)
	}
	return out
}

// short is a text cut to what a message can hold.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}

// meant is a hint at the nearest of names, empty if none is near.
func meant(word string, names []string) string {
	if len(word) > 200 || len(names) > 1000 {
		return ""
	}
	best, near := max(len(word)/3, 2)+1, ""
	for _, n := range names {
		if len(n) > 200 {
			continue
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(n)); d < best {
			best, near = d, n
		}
	}
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", near)
}
