package hindcast

import (
	"fmt"
	"math"
	"time"

	"github.com/parley-sim/parley/internal/chart"
)

// Figure is the strips: every scored term with its band and what happened, by episode. Issues with
// choices have no place on a strip of numbers and are left out; so are episodes without a term.
func Figure(cases []Case, t *Totals, runs int, seed uint64) *chart.Hindcast {
	f := &chart.Hindcast{
		Made:  chart.Made{Source: fmt.Sprintf("Parley, %d episodes, seed %d", len(cases), seed)},
		Known: "played with what was known before; priors fixed, not fitted",
		Note:  fmt.Sprintf("bands from %d talks each, marks as reported; issues of words are not drawn", runs),
		Error: "CRPS, share of the range",
	}
	if t.Terms > 0 {
		f.Scores = []chart.Score{
			{Name: "Parley", Error: t.CRPS},
			{Name: "classes with a uniform draw", Error: t.Rivals.UniformClass},
			{Name: "climatology", Error: t.Rivals.Climatology},
			{Name: "uniform", Error: t.Rivals.Uniform},
			{Name: "status quo", Error: t.Rivals.StatusQuo},
			{Name: "mid-point", Error: t.Rivals.Midpoint},
			{Name: "threat", Error: t.Rivals.Threat},
		}
	}
	for c := range cases {
		e := &cases[c]
		out := chart.Episode{Name: e.Title, When: when(e), Chance: math.NaN()}
		if e.Deal != nil {
			out.Deal, out.Chance = *e.Deal, 100*e.Chance
		}
		for i := range e.Terms {
			r := &e.Terms[i]
			if !r.Scored() || r.z == nil || r.Choices != nil {
				continue
			}
			x := r.Observed.(float64)
			if r.Clamped {
				x = r.value(r.y)
			}
			o := chart.Outcome{Label: r.Label, Unit: unit(r.Unit), Lo: r.Lo, Hi: r.Hi, Low: r.Lo80, Mid: r.Median, High: r.Hi80, Observed: x}
			if r.Scale == "log10(1+x)" {
				o.Log = true
			}
			out.Terms = append(out.Terms, o)
		}
		if len(out.Terms) > 0 {
			f.Episodes = append(f.Episodes, out)
		}
	}
	return f
}

func when(e *Case) string {
	s := e.When
	if d, err := time.Parse(time.DateOnly, e.When); err == nil {
		s = d.Format("Jan 2006")
	}
	if e.Deal == nil {
		return s
	}
	if s != "" {
		s += ", "
	}
	return s + map[bool]string{true: "deal", false: "no deal"}[*e.Deal]
}
