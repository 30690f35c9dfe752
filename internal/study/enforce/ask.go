package enforce

import (
	"context"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/hold"
)

// Options of Ask. The zero value is usable.
type Options struct {
	Seed    uint64
	Runs    int               // draws; 0: 500
	Delta   *float64          // both sides' discount factor, in [0, 1); nil: the scenario's
	Workers int               // 0: one a processor; it changes no result
	Deal    map[string]string // issues of one more deal to judge, by name; the others as in the Nash solution
	Sample  int               // deals looked at for the chart besides the efficient ones; 0: 40,000
}

// sampled is how many deals are looked at for the chart besides the efficient ones.
const sampled = 40_000

// mostJudged is how many efficient outcomes of a draw are judged: beyond, evenly spaced ones. At the
// middle all are.
const mostJudged = 256

// asker asks one draw at a time; it belongs to one goroutine.
type asker struct {
	m      *scenario.Model
	h      *scenario.Holder
	solver *deal.Solver
	offer  deal.Offer
	verd   hold.Verdict // scratch
	brief  bool         // no remedies but the solutions'
}

func newAsker(m *scenario.Model, opt Options) (*asker, error) {
	h, err := m.NewHolder(scenario.HoldOptions{Delta: opt.Delta})
	return &asker{m: m, h: h, solver: m.Deal.NewSolver(), offer: m.Space.NewOffer()}, err
}

// found is what one draw says.
type found struct {
	zopa                bool
	passes, holds, both float64 // shares of the efficient outcomes
	any                 bool
	nash                bool
	breaks              [2]bool
	years               [2][]bool // broken in that year
	remedy              [remedies]bool
	payment, least      float64 // NaN: none needed, or none enough
}

// The remedies in the order of RemedyShare.
const (
	byPayment = iota
	bySnapback
	byInvestment
	byShadow
	byLonger
	remedies
)

var remedyKeys = [remedies]string{"payment", "snapback", "investment", "shadow", "longer"}

// Shadow is the discount factor a year that "a longer shadow of the future" stands for over draws: each side
// counts the next year at least so. It is a yardstick, not a forecast.
const Shadow = 0.97

// Ask asks a scenario. The chart is of the middle of every drawn number; it is nil where no deal is
// possible there.
func Ask(ctx context.Context, m *scenario.Model, name string, opt Options) (*Answer, *chart.Sets, error) {
	if opt.Runs == 0 {
		opt.Runs = 500
	}
	if opt.Sample == 0 {
		opt.Sample = sampled
	}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	a, err := newAsker(m, opt)
	if err != nil {
		return nil, nil, err
	}
	out := a.start(name, opt)
	sets, err := a.middle(out, opt)
	if err != nil {
		return nil, nil, err
	}
	draws := make([]found, opt.Runs)
	g, ctx := errgroup.WithContext(ctx)
	for w := range min(opt.Workers, opt.Runs) {
		g.Go(func() error {
			a, err := newAsker(m, opt)
			if err != nil {
				return err
			}
			for k := w; k < opt.Runs; k += opt.Workers {
				if err := ctx.Err(); err != nil {
					return err
				}
				if draws[k], err = a.draw(opt.Seed, uint64(k)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	out.Draws = sumUp(draws, out.Parties)
	return out, sets, nil
}

// Sets is the chart alone, without the draws and without looking for remedies beyond the Nash
// solution's; nil where no deal is possible at the middle, or no side gives anything it could take back.
func Sets(m *scenario.Model, name string, opt Options) (*chart.Sets, error) {
	if opt.Sample == 0 {
		opt.Sample = sampled
	}
	a, err := newAsker(m, opt)
	if err != nil {
		return nil, err
	}
	if len(a.h.Gives(0))+len(a.h.Gives(1)) == 0 {
		return nil, nil
	}
	a.brief = true
	return a.middle(a.start(name, opt), opt)
}

// efficient is a draw's frontier and which of its points both sides prefer to no deal.
func (a *asker) efficient() (*deal.Frontier, []deal.Point, error) {
	f, err := a.solver.Frontier(a.h.Party[0], a.h.Party[1])
	if err != nil {
		return nil, nil, err
	}
	var in []deal.Point
	for _, p := range f.Points {
		if a.acceptable(p.U) {
			in = append(in, p)
		}
	}
	return f, in, nil
}

func (a *asker) acceptable(u [2]float64) bool {
	return u[0] >= a.h.Party[0].NoDeal() && u[1] >= a.h.Party[1].NoDeal()
}

// solve picks the solutions from a frontier.
func (a *asker) solve(f *deal.Frontier) deal.Solutions {
	none := [2]float64{a.h.Party[0].NoDeal(), a.h.Party[1].NoDeal()}
	return f.Solve(deal.Rules{
		Floor: none, Disagreement: none,
		Risk: [2]deal.Risk{a.h.Party[0].Terms().Risk, a.h.Party[1].Terms().Risk},
	})
}

// draw asks one draw.
func (a *asker) draw(seed, run uint64) (r found, err error) {
	r.payment, r.least = math.NaN(), math.NaN()
	a.h.Set(seed, run)
	f, in, err := a.efficient()
	if err != nil || len(in) == 0 {
		return r, err
	}
	r.zopa = true
	n := min(len(in), mostJudged)
	for k := range n {
		p := &in[k]
		if n < len(in) {
			p = &in[k*(len(in)-1)/(n-1)]
		}
		pair, err := a.h.Judge(p.Outcome)
		if err != nil {
			return r, err
		}
		passes := a.h.Passes(p.Outcome) >= 0.5
		r.passes += one(passes) / float64(n)
		r.holds += one(pair.Holds) / float64(n)
		r.both += one(passes && pair.Holds) / float64(n)
		r.any = r.any || passes && pair.Holds
	}
	return r, a.nash(&r, a.solve(f).Nash.Outcome)
}

// nash asks of a draw's Nash solution who breaks it, when, and what would keep it.
func (a *asker) nash(r *found, o deal.Offer) error {
	o = slices.Clone(o)
	pair, err := a.h.Judge(o)
	if err != nil {
		return err
	}
	r.nash = pair.Holds
	for s := range pair.By {
		v := &pair.By[s]
		r.breaks[s] = !v.Holds
		for y := range v.Keeping {
			r.years[s] = append(r.years[s], broken(v, y))
		}
	}
	if pay, ok := pair.Pay(); ok {
		r.payment = pay.Amount
	}
	var inv *Investment
	if r.remedy, inv, err = a.remedies(o, pair); inv != nil {
		r.least = inv.Amount
	}
	return err
}

// remedies says which of them make a deal hold, judged so; all do if it holds without.
func (a *asker) remedies(o deal.Offer, pair *hold.Pair) (works [remedies]bool, inv *Investment, err error) {
	if pair.Holds {
		return [remedies]bool{true, true, true, true, true}, nil, nil
	}
	_, works[byPayment] = pair.Pay()
	works[byShadow] = a.atDiscount(pair, Shadow)
	works[byLonger] = a.longer(pair) >= 0
	if _, works[bySnapback], err = a.snapback(o); err != nil {
		return works, nil, err
	}
	inv, err = a.investment(o)
	works[byInvestment] = inv != nil
	return works, inv, err
}

// broken reports whether a side breaks in year y, from 0.
func broken(v *hold.Verdict, y int) bool {
	return v.Keeping[y]-v.Breaking[y] < -1e-9*(1+math.Abs(v.Keeping[y]))
}

// atDiscount reports whether a deal holds if each side's factor is at least d.
func (a *asker) atDiscount(p *hold.Pair, d float64) bool {
	for s := range p.Side {
		side := p.Side[s]
		side.Discount = max(side.Discount, d)
		if err := p.Terms.Judge(&side, &a.verd); err != nil || !a.verd.Holds {
			return false
		}
	}
	return true
}

// mostYears bounds the years of punishment that are tried one by one, before for ever.
const mostYears = 10

// longer is the smallest number of years without a deal after a break, more than it is now, with which a deal
// holds; 0 for ever, -1 none.
func (a *asker) longer(p *hold.Pair) int {
	if p.Terms.Punish == 0 {
		return -1
	}
	t := p.Terms
	for years := t.Punish + 1; years <= mostYears+1; years++ {
		if t.Punish = years; years > mostYears {
			t.Punish = 0
		}
		holds := true
		for s := range p.Side {
			if err := t.Judge(&p.Side[s], &a.verd); err != nil || !a.verd.Holds {
				holds = false
				break
			}
		}
		if holds {
			return t.Punish
		}
	}
	return -1
}

// snapback looks for the choice of enforcement that answers a break soonest, and asks whether the deal
// holds with it.
func (a *asker) snapback(o deal.Offer) (choice int, holds bool, err error) {
	e := a.h.Enforcement()
	if e < 0 {
		return 0, false, nil
	}
	for v := range a.m.Space.Issues[e].Values {
		if a.h.Unanswered(v) < a.h.Unanswered(choice) {
			choice = v
		}
	}
	if choice == int(o[e]) {
		return choice, false, nil
	}
	copy(a.offer, o)
	a.offer[e] = uint16(choice)
	if !a.allowed(a.offer) {
		return choice, false, nil
	}
	pair, err := a.h.Judge(a.offer)
	return choice, err == nil && pair.Holds, err
}

// allowed reports whether no hard line forbids an outcome and both prefer it to no deal.
func (a *asker) allowed(o deal.Offer) bool {
	return a.h.Party[0].Breaks(o) < 0 && a.h.Party[1].Breaks(o) < 0 && a.acceptable([2]float64{a.h.Party[0].Utility(o), a.h.Party[1].Utility(o)})
}

// investment looks for the smallest investment with which a deal holds, all else as agreed: as planned, or else
// with what is built standing the sooner. Nil: with none.
func (a *asker) investment(o deal.Offer) (*Investment, error) {
	i, _ := a.h.Plants()
	if i < 0 {
		return nil, nil
	}
	is := &a.m.Space.Issues[i]
	holds := func(v, within int) (bool, error) {
		copy(a.offer, o)
		a.offer[i] = uint16(v)
		if !a.allowed(a.offer) {
			return false, nil
		}
		pair, err := a.h.JudgeBuilt(a.offer, within)
		return err == nil && pair.Holds, err
	}
	order := make([]int, len(is.Values))
	for v := range order {
		order[v] = v
	}
	slices.SortStableFunc(order, func(x, y int) int { return int(math.Copysign(1, is.Numbers[x]-is.Numbers[y])) })
	var found *Investment
	for _, v := range order {
		ok, err := holds(v, scenario.AsPlanned)
		if err != nil {
			return nil, err
		}
		if ok && !(v == int(o[i])) {
			found = &Investment{Amount: is.Numbers[v], Agreed: is.Numbers[o[i]], Built: a.h.Built(a.offer)}
			break
		}
	}
	for _, v := range order {
		ok, err := holds(v, 0)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		soonest := is.Numbers[v]
		if found != nil {
			found.Soonest = &soonest
			return found, nil
		}
		within := 0 // the slowest that holds
		for w := a.h.Years(); w > 0; w-- {
			if ok, err = holds(v, w); err != nil {
				return nil, err
			} else if ok {
				within = w
				break
			}
		}
		return &Investment{Amount: soonest, Agreed: is.Numbers[o[i]], Within: &within, Built: a.h.Built(a.offer), Soonest: &soonest}, nil
	}
	return found, nil
}

// sumUp makes shares and spreads of the draws.
func sumUp(draws []found, parties [2]string) Draws {
	d := Draws{Breaks: map[string]Share{}, ByYear: map[string][]Share{}}
	var passes, holds, both, payment, least []float64
	zopa, any, nash := 0, 0, 0
	var breaks [2]int
	var years [2][]int
	var remedy [remedies]int
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	longest := 0
	for k := range draws {
		for s := range draws[k].years {
			longest = max(longest, len(draws[k].years[s]))
		}
	}
	for s := range years {
		years[s] = make([]int, longest)
	}
	for k := range draws {
		r := &draws[k]
		if !r.zopa {
			continue
		}
		zopa++
		passes, holds, both = append(passes, r.passes), append(holds, r.holds), append(both, r.both)
		count(&any, r.any)
		count(&nash, r.nash)
		for s := range breaks {
			count(&breaks[s], r.breaks[s])
			for y := range years[s] {
				if n := len(r.years[s]); n > 0 {
					count(&years[s][y], r.years[s][min(y, n-1)])
				}
			}
		}
		for i := range remedy {
			count(&remedy[i], r.remedy[i])
		}
		if !math.IsNaN(r.payment) {
			payment = append(payment, r.payment)
		}
		if !math.IsNaN(r.least) {
			least = append(least, r.least)
		}
	}
	d.ZOPA, d.AnyHolds, d.Nash = share(zopa, len(draws)), share(any, zopa), share(nash, zopa)
	d.Passes, d.Holds, d.Both = spread(passes), spread(holds), spread(both)
	for s, key := range parties {
		d.Breaks[key] = share(breaks[s], zopa)
		for _, n := range years[s] {
			d.ByYear[key] = append(d.ByYear[key], share(n, zopa))
		}
	}
	for i, n := range remedy {
		d.Remedies = append(d.Remedies, RemedyShare{remedyKeys[i], share(n, zopa)})
	}
	d.Payment, d.Least = maybe(payment), maybe(least)
	return d
}
