package surplus

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/mechanism"
)

// Account is where the joint gain goes, in means over runs on the scenario's scale a year.
type Account struct {
	Runs    int
	Start   Mean // possible without red lines
	Steps   []Step
	End     Mean // what both sides got
	Private Share
}

// Step is one loss, or gain.
type Step struct {
	Key  string // red_lines.PARTY | private | not_found | left | refused | talks | delivery
	Side int    // whose doing; -1: neither's
	By   Mean   // negative for a loss
}

// Mean is an average with its 95% interval.
type Mean struct{ Mean, Lo, Hi float64 }

// The steps in their order; the first two are by side.
const (
	linesFirst = iota
	linesSecond
	private
	notFound
	left
	refused
	talks
	delivery
	steps
)

// run is one run's numbers.
type run struct {
	start, end float64
	by         [steps]float64
}

// Make accounts for runs of a scenario. It returns an error without runs.
func Make(ctx context.Context, m *scenario.Model, seed uint64, rows []Row) (*Account, error) {
	if len(rows) == 0 {
		return nil, errors.New("no runs to account for")
	}
	a := &Account{Runs: len(rows)}
	var err error
	a.Private, err = Private(ctx, m, seed)
	unknown := errors.Is(err, mechanism.ErrPrecision)
	if unknown {
		a.Private = Share{Share: 1, Unknown: true}
	} else if err != nil {
		return nil, err
	}
	b := &book{m: m, solver: m.Deal.NewSolver(), draw: m.NewDraw(), share: a.Private.Share}
	for s := range b.party {
		b.party[s] = m.Deal.NewParty(s)
		b.free[s] = m.Deal.NewParty(s)
		b.none[s] = make([]float64, len(b.draw.Terms[s].Cost))
	}
	runs := make([]run, len(rows))
	played := [steps]bool{private: !unknown, notFound: true, left: true}
	for s := range m.Config.Parties {
		played[linesFirst+s] = len(m.Config.Parties[s].RedLines) > 0
	}
	for k := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if runs[k], err = b.account(seed, &rows[k]); err != nil {
			return nil, fmt.Errorf("run %d: %w", rows[k].Replication, err)
		}
		for i, x := range runs[k].by {
			played[i] = played[i] || x != 0
		}
	}
	a.Start = mean(runs, func(r *run) float64 { return r.start })
	a.End = mean(runs, func(r *run) float64 { return r.end })
	for i := range steps {
		if !played[i] {
			continue
		}
		st := Step{Key: keys[i], Side: -1, By: mean(runs, func(r *run) float64 { return r.by[i] })}
		if i <= linesSecond {
			st.Side = i
			st.Key += m.Config.Parties[i].Key
		}
		if i == private { // its share is an estimate too
			half := 1.959963984540054 * a.Private.Error * mean(runs, func(r *run) float64 { return r.start + r.by[linesFirst] + r.by[linesSecond] }).Mean
			if half = math.Hypot(half, st.By.Hi-st.By.Mean); half < zero {
				half = 0
			}
			st.By.Lo, st.By.Hi = st.By.Mean-half, st.By.Mean+half
		}
		a.Steps = append(a.Steps, st)
	}
	return a, nil
}

var keys = [steps]string{"red_lines.", "red_lines.", "private", "not_found", "left", "refused", "talks", "delivery"}

// book is what accounting needs, one run after another.
type book struct {
	m      *scenario.Model
	solver *deal.Solver
	draw   *scenario.Draw
	party  [2]*deal.Party // as drawn
	free   [2]*deal.Party // without red lines
	none   [2][]float64
	share  float64
}

// best is the largest joint gain that both prefer to no deal, 0 where there is none.
func (b *book) best(first, second *deal.Party) (float64, error) {
	sol, err := b.solver.Solve(first, second)
	if err != nil || !sol.ZOPA {
		return 0, err
	}
	u := sol.Utilitarian.U
	return u[0] - sol.NoDeal[0] + u[1] - sol.NoDeal[1], nil
}

func (b *book) account(seed uint64, row *Row) (r run, err error) {
	b.m.Draw(seed, row.Replication, b.draw)
	none := 0.0
	for s := range b.party {
		t := b.draw.Terms[s]
		b.party[s].Set(t)
		t.Cost = b.none[s]
		b.free[s].Set(t)
		none += t.NoDeal
	}
	var best [2][2]float64 // by whether each side's lines hold
	for i, p := range []*deal.Party{b.free[0], b.party[0]} {
		for j, q := range []*deal.Party{b.free[1], b.party[1]} {
			if best[i][j], err = b.best(p, q); err != nil {
				return r, err
			}
		}
	}
	r.start = best[0][0]
	r.by[linesFirst] = -(best[0][0] - best[1][0] + best[0][1] - best[1][1]) / 2
	r.by[linesSecond] = -(best[0][0] - best[0][1] + best[1][0] - best[1][1]) / 2
	can := b.share * best[1][1]
	r.by[private] = can - best[1][1]
	got := row.Worth[0] + row.Worth[1]
	if b.m.Config.Worth == "unit" { // worth is not over no deal there
		got -= none
	}
	if row.Offer == nil {
		r.by[notFound] = -can
		r.by[talks], r.end = got, got
		return r, nil
	}
	signed := b.party[0].Utility(row.Offer) + b.party[1].Utility(row.Offer) - none
	r.by[left] = signed - can
	agreed := signed
	if !row.Agreed {
		r.by[refused], agreed = -signed, 0
	}
	r.by[talks], r.end = got-agreed, got
	if came := row.Realised[0] + row.Realised[1]; row.Agreed && !math.IsNaN(came) {
		if b.m.Config.Worth == "unit" {
			came -= none
		}
		r.by[delivery], r.end = came-got, came
	}
	return r, nil
}

// zero is what rounding may leave of a step that takes nothing.
const zero = 1e-9

// mean is the average over runs with its normal 95% interval.
func mean(runs []run, of func(*run) float64) Mean {
	n, sum, squares := float64(len(runs)), 0.0, 0.0
	for k := range runs {
		sum += of(&runs[k])
	}
	m := sum / n
	for k := range runs {
		d := of(&runs[k]) - m
		squares += float64(d * d)
	}
	half := 0.0
	if n > 1 {
		half = 1.959963984540054 * math.Sqrt(squares/(n-1)/n)
	}
	if math.Abs(m) < zero {
		return Mean{}
	}
	return Mean{m, m - half, m + half}
}

// Figure is the account as a waterfall.
func (a *Account) Figure(m *scenario.Model, made chart.Made) *chart.Waterfall {
	f := &chart.Waterfall{
		Made: made, What: "Joint gain over no deal", Fixed: fmt.Sprintf("means over %d runs; in brackets 95%% intervals", a.Runs),
		From: "possible without red lines", To: "what both sides got", Start: a.Start.Mean,
	}
	if a.Private.Unknown {
		f.Fixed += "; what each side hides could not be bounded"
	}
	if m.Config.Worth != "unit" {
		f.Unit = "$bn a year"
	}
	if len(a.Steps) > 0 && a.Steps[0].Side < 0 {
		f.From = "possible"
	}
	for s := range f.Parties {
		p := &m.Config.Parties[s]
		f.Parties[s] = chart.Party{Name: first(p.Name, p.Key), Short: first(p.Short, p.Name, p.Key)}
	}
	for _, st := range a.Steps {
		c := chart.Change{Label: words[st.Key], By: st.By.Mean, Low: st.By.Lo, High: st.By.Hi}
		if st.Side >= 0 {
			c.Side = chart.Side(st.Side + 1)
			c.Label = chart.Upper(strings.TrimPrefix(f.Parties.Whose(c.Side), "the ") + " red lines")
		}
		f.Steps = append(f.Steps, c)
	}
	return f
}

var words = map[string]string{
	"private": "what each side hides, at the least", "not_found": "possible, no deal found", "left": "left on the table", "refused": "refused at home",
	"talks": "cost of the talks", "delivery": "broken or not delivered",
}

func first(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}
