package analysis

import (
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/store"
)

// maxYears is the most years after a signature that are told apart.
const maxYears = 64

// afterColumns are the places of what comes after the signature; -1 if there is no such column.
type afterColumns struct {
	votes    []int  // an audience's answer each: 1 yes, 0 no
	years    int    // whole years in force
	ended    int    // by what, a level; the first is still in force
	realised [2]int // worth as it was lived
}

func (l *layout) layAfter(find func(string) int) {
	l.after.years, l.after.ended = find("years"), find("ended")
	for i, p := range l.brief.Parties {
		l.after.realised[i] = find("realised." + p.Key)
	}
	for i, c := range l.schema.Columns {
		if c.Role == "home" && strings.HasPrefix(c.Name, "vote.") {
			l.after.votes = append(l.after.votes, i)
		}
	}
}

// after gathers what comes after the signature.
type after struct {
	votes    []int64 // by audience: yes, then asked
	years    []int64 // [whole years in force][ended]: deals agreed to at home
	promised [2]sketch
	realised [2]sketch
}

func newAfter(l *layout) after {
	return after{votes: make([]int64, 2*len(l.after.votes)), years: make([]int64, (maxYears+1)*l.lives())}
}

// lives is how many ways a deal's life can go, being in force included.
func (l *layout) lives() int {
	if l.after.ended < 0 {
		return 1
	}
	return len(l.schema.Columns[l.after.ended].Levels)
}

func (a *after) add(l *layout, r store.Row) {
	for i, c := range l.after.votes {
		if r[c] != store.Missing {
			a.votes[2*i] += int64(r[c])
			a.votes[2*i+1]++
		}
	}
	if l.after.years < 0 || l.after.ended < 0 || r[l.after.years] == store.Missing {
		return
	}
	n := l.lives()
	a.years[int(min(r[l.after.years], maxYears))*n+int(min(r[l.after.ended], uint64(n-1)))]++
	for i := range a.realised {
		if l.worth[i] < 0 || l.after.realised[i] < 0 {
			continue
		}
		if p, q := r.F(l.worth[i]), r.F(l.after.realised[i]); !math.IsNaN(p) && !math.IsNaN(q) {
			a.promised[i].add(p)
			a.realised[i].add(q)
		}
	}
}

func (a *after) sketches() []*sketch {
	return []*sketch{&a.promised[0], &a.promised[1], &a.realised[0], &a.realised[1]}
}

// Home is how signed deals fared at home, audience by audience.
type Home struct {
	Deals     int64      `json:"deals"`     // put to them
	Audiences []Audience `json:"audiences"` // in the scenario's order, the first party's first
}

// Audience is one audience's answers.
type Audience struct {
	Key     string `json:"key"` // us.hawks
	Party   string `json:"party"`
	Label   string `json:"label,omitempty"`
	Veto    bool   `json:"veto,omitempty"`
	Yes     Share  `json:"yes"`     // of the deals put to it
	Refused Share  `json:"refused"` // deals that it stopped, of all that were put to those at home
}

// Years is what became of the deals that both sides agreed to at home.
type Years struct {
	Deals   int64   `json:"deals"`
	Lasting int     `json:"lasting"`  // years after which a deal in force counts as lasting
	InForce []Share `json:"in_force"` // still in force after 1, 2, ... years
	Ended   []Ended `json:"ended"`    // what ended the others, in the column's order; those that occur
	Worth   []Lived `json:"worth"`    // party by party, in seat order
}

// Ended is one way to end.
type Ended struct {
	Key    string  `json:"key"` // us.withdrawal
	Party  string  `json:"party,omitempty"`
	Words  string  `json:"words"`
	ByYear []int64 `json:"by_year"` // deals that ended so within year 1, 2, ...
}

// Lived is what deals were worth to a party a year: as signed, and as they were lived over the years
// looked ahead, the end included.
type Lived struct {
	Party    string `json:"party"`
	Promised Spread `json:"promised"`
	Realised Spread `json:"realised"`
}

func (f *Fold) home() *Home {
	h := &Home{}
	for i, c := range f.l.after.votes {
		yes, asked := f.later.votes[2*i], f.later.votes[2*i+1]
		col := &f.l.schema.Columns[c]
		key := strings.TrimPrefix(col.Name, "vote.")
		h.Deals = max(h.Deals, asked)
		stopped := int64(0)
		for k, cause := range schemaLevels(f.l, f.l.cause) {
			if cause == "refused:"+key {
				stopped = f.causes[k]
			}
		}
		h.Audiences = append(h.Audiences, Audience{Key: key, Party: col.Party, Label: col.Label, Veto: col.Unit == "veto", Yes: ShareOf(yes, asked), Refused: ShareOf(stopped, asked)})
	}
	if h.Deals == 0 {
		return nil
	}
	return h
}

func (f *Fold) years() *Years {
	n, total := f.l.lives(), sum(f.later.years)
	horizon := f.l.brief.Horizon
	if total == 0 || horizon < 1 || horizon > maxYears {
		return nil
	}
	y := &Years{Deals: total, Lasting: f.l.brief.Lasting}
	left := total
	for k := range horizon {
		left -= sum(f.later.years[k*n : (k+1)*n])
		y.InForce = append(y.InForce, ShareOf(left, total))
	}
	for e, key := range schemaLevels(f.l, f.l.after.ended) {
		if e == 0 {
			continue
		}
		ended := Ended{Key: key, ByYear: make([]int64, horizon)}
		for k := range horizon {
			ended.ByYear[k] = f.later.years[k*n+e]
		}
		if sum(ended.ByYear) == 0 {
			continue
		}
		c := explain("broke:"+key, f.l.brief)
		ended.Party, ended.Words = c.Party, c.Words
		y.Ended = append(y.Ended, ended)
	}
	for i, p := range f.l.brief.Parties {
		if f.later.realised[i].n() > 0 {
			y.Worth = append(y.Worth, Lived{p.Key, f.later.promised[i].spread(), f.later.realised[i].spread()})
		}
	}
	return y
}
