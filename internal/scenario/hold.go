package scenario

import (
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/hold"
	"github.com/parley-sim/parley/sim/politics/invest"
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
//	keep    all interests; those that come with plants in proportion to what stands that year, in mean
//	break   the issues that the side gives at its best for a year (or back to today), the other's as
//	        agreed, plants as they stand; the country they stand in may take them, for no deal ever after
//	punish  no deal, and what is left of the plants: their owner loses Lost of what they return, for good
//	peace   no deal, and the plants
//
// What was given for good (the investment, and what else decides whose the plants are) cannot be taken
// back. Red lines' prices are paid every year; no side answers with what its own hard lines forbid. What
// the owner loses is its stake in what stands in its hands. A Holder belongs to one goroutine.
type Holder struct {
	m      *Model
	opt    HoldOptions
	Draw   *Draw
	Party  [2]*deal.Party
	vars   variables
	values []float64

	discount          [2]value
	ret, lost, taken  value
	left, ends        value
	unanswered        []value // by choice of enforcement
	enforcement       int     // issues; -1: not on the table
	duration          int
	investment, owner int // the issue, and the side that gives it; -1
	years             int
	punish            int
	today, byDuration bool
	sides             [2]holdSide
	pair              hold.Pair
	scratch           deal.Offer

	home   [2]*homeSeat
	filled bool // home is that of the draw

	path  *invest.Path
	draw  invest.Draw
	x     []float64 // an outcome as numbers
	stock []float64 // of plants at the start of each year, over the mean that interests count
	owned []float64 // of it in the investor's hands and worth of its stake, in the unit of the issue
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
	h.ends = fixed(0)
	if d := m.Config.Delivery; d != nil {
		h.ends = h.vars.number(&d.Withdrawal, 0, "")
	}
	h.today, h.byDuration, h.punish = cfg.Breaks == "today", cfg.Lasts == "duration", int(cfg.PunishYears)
	h.enforcement, h.unanswered = h.byChoice("enforcement", cfg.Unanswered)
	h.duration = -1
	if i, ok := m.Space.Issue("duration"); ok && m.Space.Issues[i].Numbers != nil {
		h.duration = i
	}
	h.find()
	for s := range h.sides {
		h.prepare(s, cfg.WithPlants)
	}
	h.values = make([]float64, len(h.vars.list))
	h.room()
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

// find looks for the plants and who gives them.
func (h *Holder) find() {
	h.investment, h.owner = -1, -1
	if d := h.m.delivery; d != nil && d.investment >= 0 {
		if h.owner = h.giver(d.investment); h.owner >= 0 {
			h.investment, h.years = d.investment, d.years
			came := d.newRealised()
			h.path, h.draw = came.path, came.draw
		}
	}
	h.x = make([]float64, len(h.scratch))
}

// ofPlants reports whether an interest is in what plants bring.
func ofPlants(in *config.Interest) bool {
	of := in.Of
	if of == "" && in.Key == "plants" {
		of = "investment"
	}
	return in.From == "delivery" && slices.Contains(streams, of)
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
	if issue == h.investment || issue == h.m.delivery.control {
		return true
	}
	p := &h.m.Config.Parties[h.owner]
	for k := range h.m.components[h.owner] {
		c := &h.m.components[h.owner][k]
		if ofPlants(&p.Interests[c.interest]) && slices.Contains(c.scope, issue) {
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
		case ofPlants(in):
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
	h.filled = false
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

// Years is how many years of building a scenario looks at; 0 where there are no plants.
func (h *Holder) Years() int { return h.years }

// AsPlanned is the schedule of JudgeBuilt that a scenario's delivery has.
const AsPlanned = -1

// Unanswered is the share of a year in which a break goes unanswered under a choice of enforcement, 1
// where none says it.
func (h *Holder) Unanswered(choice int) float64 {
	if h.enforcement < 0 {
		return 1
	}
	return h.unanswered[choice].at(h.values)
}

// Ends is the chance a year that a deal ends in peace.
func (h *Holder) Ends() float64 { return h.ends.at(h.values) }

// Hostage is the stock of plants, in the unit of the issue and standing in their owner's hands at the start of a
// year, from 1, that would make up for a slack below 0 in that year: what it loses of their return by a break is worth
// so much. stake is its share. +Inf where it would lose nothing.
func (h *Holder) Hostage(t *hold.Terms, slack float64, year int, stake float64) float64 {
	if slack >= 0 {
		return 0
	}
	lost := h.ret.at(h.values) * h.lost.at(h.values) * stake * t.Loss(h.Discount(h.owner), year)
	if lost <= 0 {
		return math.Inf(1)
	}
	return -slack / lost
}

// Stake is the owner's share of what plants return, as an outcome has it.
func (h *Holder) Stake(o deal.Offer) float64 {
	if h.investment < 0 {
		return 0
	}
	d := h.m.delivery
	h.m.numbers(o, h.x)
	return d.plan.Rules().Controls[choice(h.x, d.control)].Stake
}

// Return is what a unit of plants that stands earns a year, gross.
func (h *Holder) Return() float64 { return h.ret.at(h.values) }
