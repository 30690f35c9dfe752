package scenario

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/hold"
)

// HoldOptions say how a deal is asked whether it enforces itself. The zero value asks the scenario.
type HoldOptions struct {
	// Delta is both sides' discount factor a year where it is given, in [0, 1); else the scenario's.
	Delta *float64
}

// defaultDiscount is a side's discount factor a year where the scenario says none.
const defaultDiscount = 0.9

// Holder asks of outcomes, in one draw at a time, whether each side would keep them (sim/politics/hold).
// A side's yearly worth of an outcome comes from its own interests:
//
//	keep    all interests; those that come with plants in proportion to what stands that year
//	break   the issues that the side gives at its best for a year (or back to today), the other's as
//	        agreed, plants as they stand; the country they stand in may take them
//	punish  no deal, and what is left of the plants: their owner loses Lost of what they return
//	peace   no deal, and the plants
//
// What was given for good (the investment, and what else decides whose the plants are) cannot be taken
// back. Red lines' prices are paid every year; no side answers with what its own hard lines forbid. A
// Holder belongs to one goroutine.
type Holder struct {
	m      *Model
	opt    HoldOptions
	Draw   *Draw
	Party  [2]*deal.Party
	vars   variables
	values []float64

	discount           [2]value
	ret, lost, taken   value
	left, ends         value
	unanswered, stake  []value // by choice of their issue
	enforcement        int     // issues; -1: not on the table
	control, duration  int
	investment, owner  int // the issue, and the side that gives it; -1
	years              int
	punish             int
	today, byDuration  bool
	sides              [2]holdSide
	schedule, standing []float64 // share of the plants at the start of each year: the scenario's, the one in use
	pair               hold.Pair
	scratch            deal.Offer
}

// holdSide is what the structure fixes of a side.
type holdSide struct {
	kind   []flowKind // of each component
	steps  [][]holdStep
	lines  [][]holdStep
	groups []holdGroup
	free   []bool  // of each component: whether an answer may move it
	soft   []bool  // of each line, likewise
	best   []combo // of all groups; group g's end before ends[g]
	ends   []int
}

// flowKind is how a component's worth runs over the years.
type flowKind uint8

const (
	steady   flowKind = iota // from the signature
	sunk                     // with the plants, whatever is agreed later
	attached                 // with the plants and their owner: gone if they are taken
	relieved                 // with the plants, while the deal is kept
)

type holdStep struct{ issue, stride int }

// holdGroup is a set of issues that a side gives, tied together by its interests and lines. Answers in
// one group do not bear on those in another.
type holdGroup struct {
	issues     []int
	components []int
	lines      []int
}

// combo is what one answer in a group is worth: a + p x (share of plants that stands).
type combo struct {
	a, p float64
	at   int // its place among the group's answers
}

// NewHolder prepares the question for a scenario. It returns an error on a discount factor that is not
// in [0, 1).
func (m *Model) NewHolder(opt HoldOptions) (*Holder, error) {
	if d := opt.Delta; d != nil && !(*d >= 0 && *d < 1) {
		t := hold.Plain()
		if err := t.CheckDiscount(*d); err != nil {
			return nil, err
		}
	}
	h := &Holder{m: m, opt: opt, Draw: m.NewDraw(), scratch: m.Space.NewOffer()}
	h.vars.entries = map[string]config.Entry{}
	cfg := m.Config.Hold
	if cfg == nil {
		cfg = &config.Hold{}
	}
	for s := range h.discount {
		h.discount[s] = h.vars.number(&m.Config.Parties[s].Discount, defaultDiscount, "")
		if opt.Delta != nil {
			h.discount[s] = fixed(*opt.Delta)
		}
		h.Party[s] = m.Deal.NewParty(s)
	}
	h.ret = h.vars.number(&cfg.Return, 0, "")
	h.lost = h.vars.number(&cfg.Lost, 1, "")
	h.taken = h.vars.number(&cfg.Taken, 0, "")
	h.left = h.vars.number(&cfg.Left, 1, "")
	h.years, h.ends = 0, fixed(0)
	if d := m.Config.Delivery; d != nil {
		h.years, h.ends = int(d.Years), h.vars.number(&d.Withdrawal, 0, "")
	}
	h.today, h.byDuration, h.punish = cfg.Breaks == "today", cfg.Lasts == "duration", int(cfg.PunishYears)
	h.enforcement, h.unanswered = h.byChoice("enforcement", cfg.Unanswered)
	h.control, h.stake = h.byChoice("control", cfg.Stake)
	h.duration, h.investment, h.owner = -1, -1, -1
	if i, ok := m.Space.Issue("duration"); ok && m.Space.Issues[i].Numbers != nil {
		h.duration = i
	}
	h.find()
	for s := range h.sides {
		h.prepare(s, cfg.WithPlants)
	}
	h.values = make([]float64, len(h.vars.list))
	h.schedule = h.Within(h.years)
	h.use(h.schedule)
	return h, errors.Join(h.vars.errs...)
}

// byChoice is a table by choice of an issue.
func (h *Holder) byChoice(issue string, t *config.Numbers) (int, []value) {
	i, ok := h.m.Space.Issue(issue)
	if !ok || t == nil {
		return -1, nil
	}
	var out []value
	for _, choice := range h.m.Space.Issues[i].Values {
		v := fixed(1)
		if n, ok := t.Get(choice); ok {
			v = h.vars.number(n, 1, "")
		}
		out = append(out, v)
	}
	return i, out
}

// of is a table's number for an outcome.
func (h *Holder) of(issue int, t []value, o deal.Offer) float64 {
	if issue < 0 {
		return 1
	}
	return t[o[issue]].at(h.values)
}

// find looks for the plants: the issue that an interest from delivery is of, purchases apart.
func (h *Holder) find() {
	for s := range h.m.Config.Parties {
		p := &h.m.Config.Parties[s]
		for k := range p.Interests {
			if of := plantsOf(&p.Interests[k]); of != "" {
				if i, ok := h.m.Space.Issue(of); ok {
					h.investment = i
				}
			}
		}
	}
	if h.investment >= 0 {
		h.owner = h.giver(h.investment)
	}
	if h.owner < 0 {
		h.investment = -1
	}
}

// plantsOf is the issue behind an interest in plants, empty for others.
func plantsOf(in *config.Interest) string {
	of := in.Of
	if of == "" && in.Key == "plants" {
		of = "investment"
	}
	if in.From != "delivery" || of == "purchases" || in.Key == "purchases" {
		return ""
	}
	return of
}

// giver is the side that gives an issue, -1 if none is named.
func (h *Holder) giver(issue int) int {
	by := h.m.Space.Issues[issue].GivenBy
	for s := range h.m.sides {
		if by != "" && by == h.m.sides[s].key {
			return s
		}
	}
	return -1
}

// Gives lists the issues that a side could take back, by index.
func (h *Holder) Gives(side int) []int {
	var out []int
	for i := range h.m.Space.Issues {
		if h.giver(i) == side && !h.forGood(i) {
			out = append(out, i)
		}
	}
	return out
}

// forGood reports whether an issue cannot be taken back: the investment, and what its giver gives that
// decides what its plants are worth to it.
func (h *Holder) forGood(issue int) bool {
	if h.investment < 0 || h.giver(issue) != h.owner {
		return false
	}
	if issue == h.investment || issue == h.control {
		return true
	}
	p := &h.m.Config.Parties[h.owner]
	for k := range h.m.components[h.owner] {
		c := &h.m.components[h.owner][k]
		if plantsOf(&p.Interests[c.interest]) != "" && slices.Contains(c.scope, issue) {
			return true
		}
	}
	return false
}

// prepare lays a side's tables out and ties its issues into groups.
func (h *Holder) prepare(s int, withPlants []string) {
	m, p := h.m, &h.m.Config.Parties[s]
	hs := &h.sides[s]
	for k := range m.components[s] {
		c := &m.components[s][k]
		in := &p.Interests[c.interest]
		kind := steady
		switch {
		case h.investment < 0:
		case plantsOf(in) != "":
			kind = sunk
		case strings.HasSuffix(c.name, ":relief"):
			kind = relieved
		case slices.Contains(withPlants, in.Key):
			kind = attached
		}
		hs.kind = append(hs.kind, kind)
		hs.steps = append(hs.steps, h.steps(m.profile[s].Interests[k].Scope))
	}
	for l := range m.profile[s].Lines {
		hs.lines = append(hs.lines, h.steps(m.profile[s].Lines[l].Scope))
	}
	hs.free, hs.soft = make([]bool, len(hs.kind)), make([]bool, len(hs.lines))
	group := map[int]int{} // of an issue
	gives := h.Gives(s)
	for g, i := range gives {
		group[i] = g
	}
	join := func(scope []int) {
		at := -1
		for _, i := range scope {
			g, ok := group[i]
			switch {
			case !ok:
			case at < 0:
				at = g
			case g != at:
				for _, j := range gives {
					if group[j] == g {
						group[j] = at
					}
				}
			}
		}
	}
	for k, c := range m.components[s] {
		if hs.kind[k] != sunk {
			join(c.scope)
		}
	}
	for l := range m.profile[s].Lines {
		join(m.profile[s].Lines[l].Scope)
	}
	for g := range gives {
		var hg holdGroup
		for _, i := range gives {
			if group[i] == g {
				hg.issues = append(hg.issues, i)
			}
		}
		if len(hg.issues) == 0 {
			continue
		}
		touches := func(scope []int) bool {
			return slices.ContainsFunc(scope, func(i int) bool { return slices.Contains(hg.issues, i) })
		}
		for k, c := range m.components[s] {
			if hs.kind[k] != sunk && touches(c.scope) {
				hg.components, hs.free[k] = append(hg.components, k), true
			}
		}
		for l := range m.profile[s].Lines {
			if touches(m.profile[s].Lines[l].Scope) {
				hg.lines, hs.soft[l] = append(hg.lines, l), true
			}
		}
		hs.groups = append(hs.groups, hg)
	}
}

// steps turns a scope into places of a row-major table.
func (h *Holder) steps(scope []int) []holdStep {
	out := make([]holdStep, len(scope))
	for k, at := len(scope)-1, 1; k >= 0; k-- {
		out[k] = holdStep{scope[k], at}
		at *= len(h.m.Space.Issues[scope[k]].Values)
	}
	return out
}

func cell(steps []holdStep, o deal.Offer) int {
	at := 0
	for _, s := range steps {
		at += int(o[s.issue]) * s.stride
	}
	return at
}

// Set draws a run: the same draw that parley run plays, and what the question adds to it.
func (h *Holder) Set(seed, replication uint64) {
	h.m.Draw(seed, replication, h.Draw)
	h.vars.fill(seed, replication, h.values)
	for s := range h.Party {
		h.Party[s].Set(h.Draw.Terms[s])
	}
}

// Discount is a side's discount factor in this draw.
func (h *Holder) Discount(side int) float64 { return h.discount[side].at(h.values) }

// Plants is the issue of the investment and the side that gives it; -1 where there is none.
func (h *Holder) Plants() (issue, owner int) { return h.investment, h.owner }

// Enforcement is the issue whose choice says how fast a break is answered; -1 if none does.
func (h *Holder) Enforcement() int { return h.enforcement }

// Years is how many years it takes to build what is built.
func (h *Holder) Years() int { return h.years }

// Within is the share of the plants that stands at the start of each year if they are built evenly over
// so many years; at once for 0.
func (h *Holder) Within(years int) []float64 {
	out := make([]float64, years+1)
	for t := range out {
		out[t] = 1
		if years > 0 {
			out[t] = float64(t) / float64(years)
		}
	}
	return out
}

// use makes a schedule the one that outcomes are judged by.
func (h *Holder) use(standing []float64) {
	h.standing = standing
	n := len(standing)
	if h.investment < 0 {
		n = 1
	}
	for s := range h.pair.Side {
		p := &h.pair.Side[s]
		for _, path := range []*[]float64{&p.Keep, &p.Break, &p.Punish, &p.Peace} {
			if cap(*path) < n {
				*path = make([]float64, n)
			}
			*path = (*path)[:n]
		}
	}
}

// Built is what stands of an outcome's investment in the end, as the host's interest in plants counts
// it: in the unit of the issue.
func (h *Holder) Built(o deal.Offer) float64 {
	if h.investment < 0 {
		return 0
	}
	for _, s := range [2]int{1 - h.owner, h.owner} {
		sum, found := 0.0, false
		for k := range h.m.components[s] {
			if h.sides[s].kind[k] != sunk {
				continue
			}
			found = true
			share := 1.0
			for _, f := range h.m.components[s][k].weight[1:] {
				share *= f.at(h.Draw.Values)
			}
			sum += float64(share * h.m.profile[s].Interests[k].Table[cell(h.sides[s].steps[k], o)])
		}
		if found {
			return sum
		}
	}
	return 0
}

// Judge asks of an outcome, built as the scenario says. The answer is reused by the next call.
func (h *Holder) Judge(o deal.Offer) (*hold.Pair, error) { return h.JudgeBuilt(o, h.schedule) }

// JudgeBuilt asks of an outcome whose plants are built by a schedule (see Within).
func (h *Holder) JudgeBuilt(o deal.Offer, standing []float64) (*hold.Pair, error) {
	h.use(standing)
	t := &h.pair.Terms
	*t = hold.Terms{Punish: h.punish, Ends: h.ends.at(h.values), Unanswered: h.of(h.enforcement, h.unanswered, o)}
	if h.byDuration && h.duration >= 0 {
		t.Years = max(1, int(math.Ceil(h.m.Space.Issues[h.duration].Numbers[o[h.duration]])))
	}
	stake := h.ret.at(h.values) * h.lost.at(h.values) * h.of(h.control, h.stake, o) * h.Built(o)
	for s := range h.sides {
		h.fill(s, o, stake)
	}
	if err := h.pair.Judge(); err != nil {
		return nil, fmt.Errorf("%s: %w", h.m.Space.Words(o, true), err)
	}
	return &h.pair, nil
}

// fill writes a side's paths for an outcome; stake is what its owner loses a year of all plants.
func (h *Holder) fill(s int, o deal.Offer, stake float64) {
	hs, out := &h.sides[s], &h.pair.Side[s]
	out.Discount = h.Discount(s)
	var sum [4]float64         // by kind, as agreed
	var fixedA, fixedP float64 // of it what no answer moves, plants apart
	fixedA = -h.Draw.Terms[s].NoDeal
	sum[steady] = fixedA
	for k, kind := range hs.kind {
		x := h.worthOf(s, k, o)
		sum[kind] += x
		if hs.free[k] || kind == sunk {
			continue
		}
		if kind == steady {
			fixedA += x
		} else {
			fixedP += x
		}
	}
	for l := range hs.lines {
		if c := h.price(s, l, o); c != 0 {
			sum[steady] -= c
			if !hs.soft[l] {
				fixedA -= c
			}
		}
	}
	h.answers(s, o)
	gain, loss, goesOn := 0.0, 0.0, 1.0
	switch {
	case h.investment < 0:
	case s == h.owner:
		loss = stake
	default:
		gain, goesOn = stake*h.taken.at(h.values), h.left.at(h.values)
	}
	for y := range out.Keep {
		b := 0.0
		if h.investment >= 0 {
			b = h.standing[y]
		}
		out.Keep[y] = sum[steady] + float64(b*(sum[sunk]+sum[attached]+sum[relieved]))
		out.Peace[y] = b * (sum[sunk] + sum[attached])
		out.Punish[y] = b * (float64(goesOn*sum[sunk]) + gain - loss)
		d := fixedA + float64(b*(fixedP+sum[sunk]+gain))
		for g := range hs.groups {
			d += h.top(s, g, b).a
		}
		out.Break[y] = max(d, out.Keep[y])
	}
}

// worthOf is what a component adds to an outcome's worth, all plants standing.
func (h *Holder) worthOf(s, k int, o deal.Offer) float64 {
	return h.Draw.Terms[s].Weight[k] * h.m.profile[s].Interests[k].Table[cell(h.sides[s].steps[k], o)]
}

// price is what a line costs an outcome a year: 0 where it is not broken, +Inf where it forbids.
func (h *Holder) price(s, l int, o deal.Offer) float64 {
	c := h.Draw.Terms[s].Cost[l]
	if c == 0 || !h.m.profile[s].Lines[l].Broken[cell(h.sides[s].lines[l], o)] {
		return 0
	}
	return c
}

// answers lists, group by group, what a side's answers to an outcome are worth to it.
func (h *Holder) answers(s int, o deal.Offer) {
	hs := &h.sides[s]
	hs.best, hs.ends = hs.best[:0], hs.ends[:0]
	for g := range hs.groups {
		hg := &hs.groups[g]
		for at := 0; ; at++ {
			if !h.answer(hg, at, o) {
				break
			}
			if c, ok := h.value(s, hg, h.scratch); ok {
				c.at = at
				hs.best = append(hs.best, c)
			}
		}
		hs.ends = append(hs.ends, len(hs.best))
	}
}

// answer writes a group's answer number at into the scratch outcome; false past the last. Answer 0 is
// what was agreed.
func (h *Holder) answer(hg *holdGroup, at int, o deal.Offer) bool {
	copy(h.scratch, o)
	if at == 0 {
		return true
	}
	if h.today {
		for _, i := range hg.issues {
			if now := h.m.Space.Issues[i].Now; now >= 0 {
				h.scratch[i] = uint16(now)
			}
		}
		return at == 1
	}
	at--
	for _, i := range hg.issues {
		n := len(h.m.Space.Issues[i].Values)
		h.scratch[i] = uint16(at % n)
		at /= n
	}
	return at == 0
}

// value is what a group's answer is worth; false if it breaks a hard line of the side's own.
func (h *Holder) value(s int, hg *holdGroup, o deal.Offer) (c combo, ok bool) {
	for _, k := range hg.components {
		if x := h.worthOf(s, k, o); h.sides[s].kind[k] == steady {
			c.a += x
		} else {
			c.p += x
		}
	}
	for _, l := range hg.lines {
		p := h.price(s, l, o)
		if math.IsInf(p, 1) {
			return c, false
		}
		c.a -= p
	}
	return c, true
}

// top is the best answer in a group with a share b of the plants standing; its worth stands in a.
func (h *Holder) top(s, g int, b float64) combo {
	hs := &h.sides[s]
	from := 0
	if g > 0 {
		from = hs.ends[g-1]
	}
	best := combo{a: math.Inf(-1)}
	for _, c := range hs.best[from:hs.ends[g]] {
		if x := c.a + float64(b*c.p); x > best.a {
			best = combo{a: x, at: c.at}
		}
	}
	return best
}

// Answer writes what a side would do in a year, from 1, if it broke an outcome: the other's issues as
// agreed.
func (h *Holder) Answer(o deal.Offer, side, year int, out deal.Offer) {
	b := 0.0
	if h.investment >= 0 {
		b = h.schedule[min(year, len(h.schedule))-1]
	}
	h.answers(side, o)
	copy(out, o)
	for g := range h.sides[side].groups {
		hg := &h.sides[side].groups[g]
		if h.answer(hg, h.top(side, g, b).at, o) {
			for _, i := range hg.issues {
				out[i] = h.scratch[i]
			}
		}
	}
}
