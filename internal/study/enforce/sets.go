package enforce

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// chart starts the figure.
func (a *asker) chart(out *Answer) *chart.Sets {
	f := &chart.Sets{
		Made:     chart.Made{Source: fmt.Sprintf("Parley, %s, seed %d", out.Scenario, out.Seed)},
		Outcomes: grouped(a.m.Space.Size().String()), Fixed: "at the middle of every drawn number",
	}
	if !out.Rules.Home {
		f.Fixed += ", nobody at home asked"
	}
	for s := range f.Parties {
		p := &a.m.Config.Parties[s]
		f.Parties[s] = chart.Party{Name: first(p.Name, p.Key), Short: first(p.Short, p.Name, p.Key)}
	}
	if out.Unit != "unit" {
		f.Unit = "$bn a year over no deal"
	} else {
		f.NoDeal = chart.Point{First: a.h.Party[0].NoDeal(), Second: a.h.Party[1].NoDeal()}
	}
	return f
}

// grouped sets commas between thousands.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// mark is the Nash solution on the chart, with what would make it hold.
func mark(d *Deal, at chart.Point, f *chart.Sets) chart.Note {
	n := chart.Note{Label: "Nash solution: would hold", At: at}
	unit := "$bn"
	if f.Unit == "" {
		unit = ""
	}
	switch {
	case d.Holds && d.Passes >= 0.5:
	case d.Holds:
		n.Label = "Nash solution: would hold, not pass"
	case d.Passes >= 0.5:
		n.Label = "Nash solution: would pass, not hold"
	default:
		n.Label = "Nash solution: would neither pass nor hold"
	}
	switch r := d.Remedies; {
	case r == nil:
	case r.Snapback != nil:
		n.Words = "With " + strings.ReplaceAll(r.Snapback.Choice, "_", " ") + " it would hold."
	case r.Payment != nil:
		n.Words = "A payment of " + chart.Amount(r.Payment.Amount, unit) + " a year would make it hold."
	case r.Investment != nil:
		n.Words = chart.Amount(r.Investment.Amount, unit) + " of investment"
		switch w := r.Investment.Within; {
		case w == nil:
		case *w == 0:
			n.Words += ", standing at once,"
		default:
			n.Words += fmt.Sprintf(", standing within %d years,", *w)
		}
		n.Words += " would make it hold."
	}
	return n
}

// sample looks at deals besides the efficient ones: efficient outcomes with one issue or more set anew. A cell
// of the chart is in a set if one of them in it is.
func (a *asker) sample(out *Answer, f *chart.Sets, in []deal.Point, opt Options) error {
	lo, hi := f.NoDeal, f.NoDeal
	for _, l := range f.Frontier {
		hi.First, hi.Second = max(hi.First, l.At.First), max(hi.Second, l.At.Second)
	}
	f.Step = chart.Point{First: step(hi.First - lo.First), Second: step(hi.Second - lo.Second)}
	var pcg rand.PCG
	chance.Seed(&pcg, opt.Seed, 0, sampleID, 0)
	rng := rand.New(&pcg)
	o := a.m.Space.NewOffer()
	passes, holds := map[[2]int]bool{}, map[[2]int]bool{}
	mark := func(at chart.Point, p, h bool) {
		c := [2]int{int(math.Floor(at.First / f.Step.First)), int(math.Floor(at.Second / f.Step.Second))}
		if p {
			passes[c] = true
		}
		if p && h {
			holds[c] = true
		}
	}
	for _, l := range f.Frontier {
		mark(l.At, l.Passes, l.Holds)
	}
	margin := chart.Point{First: 0.2 * (hi.First - lo.First), Second: 0.2 * (hi.Second - lo.Second)}
	for range opt.Sample {
		copy(o, in[rng.IntN(len(in))].Outcome)
		for range 1 + rng.IntN(len(o)) {
			i := rng.IntN(len(o))
			o[i] = uint16(rng.IntN(len(a.m.Space.Issues[i].Values)))
		}
		if a.h.Party[0].Breaks(o) >= 0 || a.h.Party[1].Breaks(o) >= 0 {
			continue
		}
		u := [2]float64{a.h.Party[0].Utility(o), a.h.Party[1].Utility(o)}
		at := a.at(u)
		if at.First < lo.First-margin.First || at.Second < lo.Second-margin.Second {
			continue
		}
		if len(f.Sample) < 2000 {
			f.Sample = append(f.Sample, at)
		}
		out.Sample++
		if !a.acceptable(u) {
			continue
		}
		p := a.h.Passes(o) >= 0.5
		if !p {
			continue
		}
		pair, err := a.h.Judge(o)
		if err != nil {
			return err
		}
		mark(at, p, pair.Holds)
	}
	f.Passes, f.Holds = cells(passes, f.Step), cells(holds, f.Step)
	return nil
}

// step is a round number near a range over cellsAcross.
func step(span float64) float64 {
	if !(span > 0) {
		return 1
	}
	raw := span / cellsAcross
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if m*p >= raw {
			return m * p
		}
	}
	return 10 * p
}

// cells are the lower left corners of cells, in order.
func cells(in map[[2]int]bool, s chart.Point) []chart.Point {
	keys := make([][2]int, 0, len(in))
	for k := range in {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return a[1] - b[1]
	})
	out := make([]chart.Point, len(keys))
	for i, k := range keys {
		out[i] = chart.Point{First: float64(k[0]) * s.First, Second: float64(k[1]) * s.Second}
	}
	return out
}
