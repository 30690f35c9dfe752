package hindcast

import (
	"strconv"
	"strings"
)

// shared are the groups of the episodes that were shared with this project, as its RULE.md names them.
// Scores that leave a group out, and intervals by group, can so be set beside those written there.
var shared = map[string][]string{
	"US-China 2018-20": {"us_china_phase_one", "us_china_may_2019"},
	"US-China 2025":    {"us_china_geneva_2025", "us_china_london_2025", "us_china_stockholm_2025", "us_china_madrid_2025", "us_china_busan_2025"},
	"US 2025 letters":  {"us_uk_epd_2025", "us_japan_2025", "us_eu_2025", "us_vietnam_2025", "us_indonesia_2025", "us_philippines_2025"},
	"NAFTA and Mexico": {"nafta_usmca_2017_18", "us_mexico_2019_migration"},
	"WTO 1999":         {"us_china_wto_1999_april", "us_china_wto_1999_nov"},
	"others":           {"us_japan_2019", "eu_china_cai", "ttip", "us_japan_autos_1995"},
}

// Group gives every episode without a group one: that of the shared list; else the two parties, where
// the records name them and another episode of theirs ended within two years; else the demanding party
// and the year, where it dealt with several that year; else its own.
func Group(list []Episode, records []Record) {
	of := map[string]string{}
	for name, ids := range shared {
		for _, id := range ids {
			of[id] = name
		}
	}
	by := map[string]*Record{}
	for i := range records {
		by[records[i].ID] = &records[i]
	}
	for i := range list {
		e := &list[i]
		if e.Group == "" {
			e.Group = of[e.ID]
		}
		if e.Group == "" {
			e.Group = kin(e.ID, list, by)
		}
	}
}

// kin finds the group of an episode by its parties and its year.
func kin(id string, list []Episode, by map[string]*Record) string {
	r := by[id]
	if r == nil {
		return id
	}
	year := yearOf(r)
	if year == 0 || r.Parties.A == "" {
		return id
	}
	letters, pair := false, false
	for i := range list {
		o := by[list[i].ID]
		if o == nil || o.ID == id || !strings.EqualFold(o.Parties.A, r.Parties.A) {
			continue
		}
		y := yearOf(o)
		if strings.EqualFold(o.Parties.B, r.Parties.B) && max(y-year, year-y) <= 2 {
			pair = true
		}
		letters = letters || y == year
	}
	switch {
	case pair:
		return r.Parties.A + "-" + r.Parties.B + " " + strconv.Itoa(chain(year, r, by))
	case letters:
		return r.Parties.A + " " + strconv.Itoa(year)
	}
	return id
}

// chain follows episodes of the same two parties back in steps of at most two years.
func chain(year int, r *Record, by map[string]*Record) int {
	for again := true; again; {
		again = false
		for _, o := range by {
			if !strings.EqualFold(o.Parties.A, r.Parties.A) || !strings.EqualFold(o.Parties.B, r.Parties.B) {
				continue
			}
			if y := yearOf(o); y != 0 && y < year && year-y <= 2 {
				year, again = y, true
			}
		}
	}
	return year
}

func yearOf(r *Record) int {
	for _, d := range []string{r.Dates.End, r.Dates.Agreed} {
		if len(d) >= 4 {
			if y, err := strconv.Atoi(d[:4]); err == nil {
				return y
			}
		}
	}
	return 0
}
