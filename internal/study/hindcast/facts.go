package hindcast

import (
	"encoding/csv"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
)

// Late lists the numbers of a scenario that rest on what was not known on its as_of: a row of facts whose
// date begins later, a date within the words of a source that is later, a row that was remembered and
// not read, a row that is not there. A date may be a day, a month or a year, which begin with their first
// day; a row without one is let pass. What [observed] rests on is not looked at.
func Late(cfg *config.Scenario) config.Problems {
	if cfg.AsOf.IsZero() {
		return config.Problems{{Origin: cfg.Origin("as_of"), Path: "as_of", Msg: "a hindcast needs the day it stands on: as_of = 2025-10-05"}}
	}
	l := &late{cfg: cfg, files: map[string]map[string]fact{}}
	for _, e := range cfg.ListNumbers() {
		l.source(e.Path, e.Source, e.Origin)
	}
	return l.problems
}

type fact struct{ date, what, status string }

type late struct {
	cfg      *config.Scenario
	files    map[string]map[string]fact
	problems config.Problems
}

func (l *late) bad(path string, at config.Origin, format string, a ...any) {
	l.problems = append(l.problems, config.Problem{Origin: at, Path: path, Msg: fmt.Sprintf(format, a...)})
}

var (
	factFile = regexp.MustCompile(`facts/[A-Za-z0-9_]+\.csv`)
	factRow  = regexp.MustCompile(`^[\s,]*(?:and\s+)?([A-Za-z0-9_]+)`)
	isoDay   = regexp.MustCompile(`\b(?:19|20)\d\d-\d\d-\d\d\b`)
)

// source holds one source to the day.
func (l *late) source(path, text string, at config.Origin) {
	for _, day := range isoDay.FindAllString(text, -1) {
		if d, ok := begins(day); ok && d.After(l.cfg.AsOf.Time) {
			l.bad(path, at, "its source is of %s, later than as_of %s", day, l.cfg.AsOf)
		}
	}
	for _, span := range factFile.FindAllStringIndex(text, -1) {
		name := text[span[0]:span[1]]
		rows, ok := l.rows(name)
		if !ok {
			l.bad(path, at, "its source names %s, which is not among the facts (%s)%s", name, strings.Join(configs.Facts(), ", "), meant(name, configs.Facts()))
			continue
		}
		rest, named := text[span[1]:], false
		for {
			m := factRow.FindStringSubmatchIndex(rest)
			if m == nil {
				break
			}
			id := rest[m[2]:m[3]]
			f, ok := rows[id]
			if !ok {
				if !named {
					l.bad(path, at, "its source names row %q of %s, which has none of that id%s", id, name, meant(id, slices.Sorted(maps.Keys(rows))))
				}
				break
			}
			named = true
			l.fact(path, at, name, id, f)
			if rest = rest[m[3]:]; !strings.HasPrefix(strings.TrimLeft(rest, " "), ",") && !strings.HasPrefix(rest, " and ") {
				break
			}
		}
		if !named && strings.TrimSpace(rest) == "" {
			l.bad(path, at, "its source names %s, but no row of it, so its date is not known", name)
		}
	}
}

func (l *late) fact(path string, at config.Origin, file, id string, f fact) {
	if d, ok := begins(f.date); ok && d.After(l.cfg.AsOf.Time) {
		l.bad(path, at, "%s %s is of %s (%s), later than as_of %s", file, id, f.date, f.what, l.cfg.AsOf)
	}
	if strings.HasPrefix(f.status, "recalled") || strings.HasPrefix(f.status, "remembered") {
		l.bad(path, at, "%s %s is %s, not read in a source; a hindcast does not use it", file, id, f.status)
	}
}

// rows are the facts of a file by id.
func (l *late) rows(name string) (map[string]fact, bool) {
	if rows, ok := l.files[name]; ok {
		return rows, true
	}
	data, err := configs.Fact(name)
	if err != nil {
		return nil, false
	}
	table, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(table) == 0 {
		return nil, false
	}
	rows := map[string]fact{}
	for _, r := range table[1:] {
		rows[r[0]] = fact{date: r[1], what: r[2], status: r[5]}
	}
	l.files[name] = rows
	return rows, true
}

// begins is the first day of a date as facts have it: 2025-10-05, 2025-10, 2025, or a span of two of
// these, of which the later counts: 2017/2020.
func begins(date string) (time.Time, bool) {
	parts := strings.Split(date, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
			if d, err := time.Parse(form, strings.TrimSpace(parts[i])); err == nil {
				return d, true
			}
		}
	}
	return time.Time{}, false
}
