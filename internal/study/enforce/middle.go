package enforce

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/hold"
)

// start fills in what does not depend on any deal.
func (a *asker) start(name string, opt Options) *Answer {
	cfg := a.m.Config
	out := &Answer{Scenario: name, Unit: cfg.Worth, Seed: opt.Seed, Runs: opt.Runs, Discount: map[string]float64{}}
	a.h.Set(opt.Seed, scenario.Typical)
	_, out.Owner = a.h.Plants()
	r := &out.Rules
	r.Lasts, r.Breaks, r.Ends = "while_kept", "best", a.h.Ends()
	if h := cfg.Hold; h != nil {
		r.PunishYears = int(h.PunishYears)
		if h.Lasts != "" {
			r.Lasts = h.Lasts
		}
		if h.Breaks != "" {
			r.Breaks = h.Breaks
		}
	}
	r.Home = a.h.Asked()
	r.Takes = map[string][]string{}
	tariffs := false
	for s := range cfg.Parties {
		p := &cfg.Parties[s]
		out.Parties[s] = p.Key
		out.Discount[p.Key] = a.h.Discount(s)
		if !p.Discount.Given() && opt.Delta == nil {
			out.Assumed = true
		}
		r.Takes[p.Key] = []string{}
		for _, i := range a.h.Gives(s) {
			key := a.m.Space.Issues[i].Name
			r.Takes[p.Key] = append(r.Takes[p.Key], key)
			tariffs = tariffs || strings.Contains(key, "tariff")
		}
	}
	if e := a.h.Enforcement(); e >= 0 {
		r.Unanswered = map[string]float64{}
		for v, choice := range a.m.Space.Issues[e].Values {
			r.Unanswered[choice] = a.h.Unanswered(v)
		}
	}
	note := func(format string, x ...any) { out.Notes = append(out.Notes, fmt.Sprintf(format, x...)) }
	if cfg.Worth == "unit" {
		note("worth is 0 to 1, not money: a deal's worth is read as what each year of it is worth, and payments and slacks are in the same units")
	}
	if !tariffs {
		note("no tariff is on the table that a side could take back: what is judged is the rest")
	}
	for s := range cfg.Parties {
		if len(a.h.Gives(s)) == 0 {
			note("%s gives nothing that it could take back (no issue has given_by = %q): it keeps whatever is worth more than no deal", first(cfg.Parties[s].Name, cfg.Parties[s].Key), cfg.Parties[s].Key)
		}
	}
	switch i, _ := a.h.Plants(); {
	case i < 0:
		note("no investment is on the table, or nobody gives it: no plants are hostages, and payments, clauses and patience are all there is")
	case a.h.Return() == 0:
		note("hold.return is not given: plants built bind nobody")
	}
	if out.Assumed {
		note("party.X.discount is not given: 0.9 a year is assumed")
	}
	return out
}

func first(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

// middle judges the middle of every drawn number, and draws the chart.
func (a *asker) middle(out *Answer, opt Options) (*chart.Sets, error) {
	a.h.Set(opt.Seed, scenario.Typical)
	f, in, err := a.efficient()
	if err != nil || len(in) == 0 {
		return nil, err
	}
	e := &out.Middle
	*e = Efficient{Points: len(in), Epsilon: f.Epsilon, Breaks: map[string]float64{}}
	sets := a.chart(out)
	n := float64(len(in))
	best, most := -1, math.Inf(-1)
	fails, served := 0.0, [remedies]float64{}
	var payments, investments []float64
	for k := range in {
		pair, err := a.h.Judge(in[k].Outcome)
		if err != nil {
			return nil, err
		}
		passes := a.h.Passes(in[k].Outcome) >= 0.5
		both := passes && pair.Holds
		e.Passes += one(passes) / n
		e.Holds += one(pair.Holds) / n
		e.Both += one(both) / n
		for s, key := range out.Parties {
			e.Breaks[key] += one(!pair.By[s].Holds) / n
		}
		sets.Frontier = append(sets.Frontier, chart.Level{At: a.at(in[k].U), Passes: passes, Holds: both})
		if g := a.product(in[k].U); both && g > most {
			best, most = k, g
		}
		if !pair.Holds && !a.brief {
			if pay, ok := pair.Pay(); ok {
				payments = append(payments, pay.Amount)
			}
			works, inv, err := a.remedies(in[k].Outcome, pair)
			if err != nil {
				return nil, err
			}
			if inv != nil {
				investments = append(investments, inv.Amount)
			}
			fails++
			for i := range works {
				served[i] += one(works[i])
			}
		}
	}
	for i := range served {
		if fails > 0 {
			e.Remedies = append(e.Remedies, RemedyPart{remedyKeys[i], tidy(served[i] / fails)})
		}
	}
	e.Payment, e.Investment = maybe(payments), maybe(investments)
	slices.Reverse(sets.Frontier) // by the first side's worth, rising
	e.Passes, e.Holds, e.Both = tidy(e.Passes), tidy(e.Holds), tidy(e.Both)
	for key, x := range e.Breaks {
		e.Breaks[key] = tidy(x)
	}
	sets.Epsilon = f.Epsilon
	sol := a.solve(f)
	if err := a.deals(out, sol, in, best); err != nil {
		return nil, err
	}
	sets.Marks = append(sets.Marks, mark(&out.Deals[0], a.at(sol.Nash.U), sets))
	if opt.Deal != nil {
		if err := a.asked(out, sol.Nash.Outcome, opt.Deal); err != nil {
			return nil, err
		}
	}
	return sets, a.sample(out, sets, in, opt)
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// product is Nash's product of gains.
func (a *asker) product(u [2]float64) float64 {
	return (u[0] - a.h.Party[0].NoDeal()) * (u[1] - a.h.Party[1].NoDeal())
}

// at is a pair of utilities on the scenario's scale.
func (a *asker) at(u [2]float64) chart.Point {
	if a.m.Config.Worth != "unit" {
		u[0], u[1] = u[0]-a.h.Party[0].NoDeal(), u[1]-a.h.Party[1].NoDeal()
	}
	return chart.Point{First: u[0], Second: u[1]}
}

// deals judges the solutions and the best deal that holds.
func (a *asker) deals(out *Answer, sol deal.Solutions, in []deal.Point, best int) error {
	type named struct {
		key string
		o   deal.Offer
		u   [2]float64
	}
	list := []named{
		{"nash", sol.Nash.Outcome, sol.Nash.U},
		{"kalai_smorodinsky", sol.KalaiSmorodinsky.Outcome, sol.KalaiSmorodinsky.U},
		{"egalitarian", sol.Egalitarian.Outcome, sol.Egalitarian.U},
		{"utilitarian", sol.Utilitarian.Outcome, sol.Utilitarian.U},
	}
	if o, u, ok := a.large(in); ok {
		list = append(list, named{"largest_investment", o, u})
	}
	if best >= 0 {
		list = append(list, named{"best_that_holds", in[best].Outcome, in[best].U})
	}
	for _, l := range list {
		same := slices.IndexFunc(out.Deals, func(d Deal) bool { return slices.Equal(d.offer, []uint16(l.o)) })
		if same >= 0 {
			if l.key == "best_that_holds" {
				out.Best = out.Deals[same].Key
			} else {
				out.Deals[same].Also = append(out.Deals[same].Also, l.key)
			}
			continue
		}
		d, err := a.deal(out, l.o, l.u)
		if err != nil {
			return err
		}
		d.Key = l.key
		if l.key == "best_that_holds" {
			out.Best = l.key
		}
		out.Deals = append(out.Deals, d)
	}
	return nil
}

// starts is how many efficient outcomes the search for a deal with the largest investment starts from.
const starts = 16

// large looks for the fairest deal with the largest investment on the table: the highest product of gains that changing one
// issue after another comes to, from efficient outcomes with the investment raised. False: none that both prefer to no deal, or
// no plants.
func (a *asker) large(in []deal.Point) (best deal.Offer, u [2]float64, ok bool) {
	i, _ := a.h.Plants()
	if i < 0 {
		return nil, u, false
	}
	most := 0
	for v, x := range a.m.Space.Issues[i].Numbers {
		if x > a.m.Space.Issues[i].Numbers[most] {
			most = v
		}
	}
	score := func(o deal.Offer) (float64, [2]float64) {
		if a.h.Party[0].Breaks(o) >= 0 || a.h.Party[1].Breaks(o) >= 0 {
			return math.Inf(-1), [2]float64{}
		}
		u := [2]float64{a.h.Party[0].Utility(o), a.h.Party[1].Utility(o)}
		if !a.acceptable(u) {
			x, y := u[0]-a.h.Party[0].NoDeal(), u[1]-a.h.Party[1].NoDeal()
			return min(x, 0) + min(y, 0), u
		}
		return a.product(u), u
	}
	top := 0.0
	o := a.m.Space.NewOffer()
	for k := range min(starts, len(in)) {
		copy(o, in[k*(len(in)-1)/max(1, min(starts, len(in))-1)].Outcome)
		o[i] = uint16(most)
		now, at := score(o)
		for moved := true; moved; {
			moved = false
			for j := range o {
				if j == i {
					continue
				}
				was := o[j]
				pick := was
				for v := range a.m.Space.Issues[j].Values {
					o[j] = uint16(v)
					if x, u := score(o); x > now {
						now, at, pick, moved = x, u, uint16(v), true
					}
				}
				o[j] = pick
			}
		}
		if now > top {
			top, best, u, ok = now, slices.Clone(o), at, true
		}
	}
	return best, u, ok
}

// asked judges a deal of the user's: some issues as named, the others as in the Nash solution. It comes first.
func (a *asker) asked(out *Answer, nash deal.Offer, named map[string]string) error {
	o := slices.Clone(nash)
	for _, name := range slices.Sorted(maps.Keys(named)) {
		i, ok := a.m.Space.Issue(name)
		if !ok {
			var known []string
			for k := range a.m.Space.Issues {
				known = append(known, a.m.Space.Issues[k].Name)
			}
			return fmt.Errorf("no issue is called %q; there are %s", name, strings.Join(known, ", "))
		}
		is := &a.m.Space.Issues[i]
		v, ok := is.Value(named[name])
		if x, err := strconv.ParseFloat(named[name], 64); !ok && err == nil && is.Numbers != nil {
			v = slices.Index(is.Numbers, x)
			ok = v >= 0
		}
		if !ok {
			return fmt.Errorf("%s: %q is not one of %s", name, named[name], strings.Join(is.Values, ", "))
		}
		o[i] = uint16(v)
	}
	for s, p := range a.h.Party {
		if l := p.Breaks(o); l >= 0 {
			return fmt.Errorf("at the middle of every drawn number this deal breaks the red line %s.%s", out.Parties[s], a.m.Deal.Profile[s].Lines[l].Name)
		}
	}
	d, err := a.deal(out, o, [2]float64{a.h.Party[0].Utility(o), a.h.Party[1].Utility(o)})
	if err != nil {
		return err
	}
	d.Key = "asked"
	out.Deals = slices.Insert(out.Deals, 0, d)
	return nil
}

// value is an issue's value as JSON has it.
func (a *asker) value(i int, o deal.Offer) any {
	is := &a.m.Space.Issues[i]
	if is.Numbers != nil {
		return is.Numbers[o[i]]
	}
	return is.Values[o[i]]
}

// deal judges one outcome.
func (a *asker) deal(out *Answer, o deal.Offer, u [2]float64) (Deal, error) {
	o = slices.Clone(o)
	d := Deal{Worth: map[string]float64{}, Outcome: map[string]any{}, Sides: map[string]Side{}, offer: o, Passes: tidy(a.h.Passes(o))}
	at := a.at(u)
	d.Worth[out.Parties[0]], d.Worth[out.Parties[1]] = tidy(at.First), tidy(at.Second)
	for i := range o {
		d.Outcome[a.m.Space.Issues[i].Name] = a.value(i, o)
	}
	pair, err := a.h.Judge(o)
	if err != nil {
		return d, err
	}
	d.Holds = pair.Holds
	p := *pair // the remedies judge others
	var shadow map[string]float64
	answer := a.m.Space.NewOffer()
	for s, key := range out.Parties {
		v := &p.By[s]
		side := Side{Keeps: v.Holds, Worst: v.Worst, Slack: tidy(v.Slack), Answer: map[string]any{}}
		y := min(v.Worst, len(p.Side[s].Keep)) - 1
		side.Gain = p.Side[s].Break[y] - p.Side[s].Keep[y]
		if side.Takes = v.Takes && s != out.Owner && out.Owner >= 0; side.Takes {
			side.Gain += p.Side[s].Take[y]
		}
		side.Gain = tidy(side.Gain)
		for y := range v.Keeping {
			side.Slacks = append(side.Slacks, tidy(v.Keeping[y]-v.Breaking[y]))
		}
		crit, err := p.Terms.Critical(&p.Side[s], &a.verd)
		if err != nil {
			return d, err
		}
		if !math.IsInf(crit, 1) {
			crit = math.Ceil(1e4*crit) / 1e4
			side.Critical = &crit
			if !v.Holds {
				if shadow == nil {
					shadow = map[string]float64{}
				}
				shadow[key] = crit
			}
		}
		d.Sides[key] = side
	}
	payment, years := a.payment(out, &p), a.longer(&p) // before others are judged: paths are scratch
	for s, key := range out.Parties {
		a.h.Answer(o, s, d.Sides[key].Worst, answer)
		for i := range o {
			if answer[i] != o[i] {
				d.Sides[key].Answer[a.m.Space.Issues[i].Name] = a.value(i, answer)
			}
		}
	}
	if d.Holds {
		return d, nil
	}
	r := &Remedies{Payment: payment}
	if years >= 0 {
		r.Longer = &years
	}
	failing := 0
	for _, key := range out.Parties {
		if !d.Sides[key].Keeps {
			failing++
		}
	}
	if len(shadow) == failing {
		r.Shadow = shadow
	}
	choice, ok, err := a.snapback(o)
	switch {
	case err != nil:
		return d, err
	case ok:
		r.Snapback = &Clause{a.m.Space.Issues[a.h.Enforcement()].Values[choice]}
	case a.h.Enforcement() >= 0 && payment == nil && choice != int(o[a.h.Enforcement()]):
		with := slices.Clone(o)
		with[a.h.Enforcement()] = uint16(choice)
		if a.allowed(with) {
			q, err := a.h.Judge(with)
			if err != nil {
				return d, err
			}
			r.Together = a.payment(out, q)
		}
	}
	r.Bonds = map[string]float64{}
	for s, key := range out.Parties {
		if x := p.By[s].Bond; x > 0 {
			r.Bonds[key] = tidy(x)
		}
	}
	r.Hostage = a.hostage(out, o, &p, d.Sides)
	r.Investment, err = a.investment(o)
	d.Remedies = r
	return d, err
}

// hostage is the plants that would bind their owner.
func (a *asker) hostage(out *Answer, o deal.Offer, p *hold.Pair, sides map[string]Side) *Hostage {
	if out.Owner < 0 || p.By[out.Owner].Holds {
		return nil
	}
	h := &Hostage{Owner: out.Parties[out.Owner]}
	stake := a.h.Stake(o)
	for y, slack := range sides[h.Owner].Slacks {
		x := a.h.Hostage(&p.Terms, slack, y+1, stake)
		if math.IsInf(x, 1) {
			return nil
		}
		h.Years, h.Most = append(h.Years, tidy(x)), max(h.Most, tidy(x))
	}
	return h
}

// payment is what one side could pay the other, nil for none.
func (a *asker) payment(out *Answer, p *hold.Pair) *Payment {
	pay, ok := p.Pay()
	if !ok {
		return nil
	}
	return &Payment{From: out.Parties[pay.From], Amount: tidy(pay.Amount), Most: tidy(pay.Most), Start: pay.Start}
}

var sampleID = chance.ID("enforce.sample")

// cellsAcross is about how many cells the sets are wide and high.
const cellsAcross = 24
