package main

import (
	"bufio"
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

// tell prints who at home must agree, what they make of the deal, whom nothing satisfies, the win-sets
// and both frontiers.
func (v *homeView) tell(s streams) error {
	p := &teller{w: bufio.NewWriter(s.Out), m: v.m, t: &scenario.Trace{}, width: min(max(columns(s.Out), 72), 120)}
	for i, party := range v.m.Config.Parties {
		p.names[i] = first(party.Short, party.Name, party.Key)
	}
	all := make([]string, len(v.deal))
	for i := range v.deal {
		all[i] = p.value(i, v.deal)
	}
	head := "Nash's deal, " + v.setting() + ": "
	if !v.fair {
		head = "Everything as today, " + v.setting() + ": "
	}
	p.wrapped("", head+strings.Join(all, "; ")+".")
	if v.why != "" {
		p.wrapped("", v.why)
	}
	for side := range p.names {
		v.tellSide(p, side)
	}
	v.tellWinSets(p)
	v.tellFrontiers(p)
	return p.w.Flush()
}

func (v *homeView) tellSide(p *teller, side int) {
	groups := v.at.Groups(side, v.deal)
	p.line("")
	if len(groups) == 0 {
		p.line("%s: nobody at home is asked", p.names[side])
		return
	}
	p.wrapped("", fmt.Sprintf("%s: agrees if %s; the chance is %s", p.names[side], v.rule(side), percent(v.at.Chance(side, v.deal))))
	p.line("  %-14s %6s %6s %9s %9s %9s %7s", "", "share", "power", "score", "agrees at", "most", "chance")
	for _, g := range groups {
		veto := ""
		if g.Veto {
			veto = "   veto"
		}
		p.line("  %-14s %6s %6s %9s %9s %9s %7s%s", strings.ReplaceAll(g.Name, "_", " "), percent(g.Share), percent(g.Power), number(g.Score), number(g.Agree), number(g.Most), percent(g.Chance), veto)
	}
	for _, g := range groups {
		if g.Veto && g.Most < g.Agree {
			p.wrapped("  ", fmt.Sprintf("Nothing satisfies %s %s: it agrees from %s, and no deal gives it more than %s. It stops every deal.", p.names[side], strings.ReplaceAll(g.Name, "_", " "), number(g.Agree), number(g.Most)))
		}
	}
}

// rule is a side's rule in words.
func (v *homeView) rule(side int) string {
	key := v.m.Config.Parties[side].Key
	words := "share > 0.5"
	if r := v.m.Config.Ratify; r != nil {
		for i := range r.Rule {
			if r.Rule[i].Party == key {
				words = r.Rule[i].Words()
			}
		}
	}
	for _, a := range v.m.Config.Parties[side].Audiences {
		if a.Veto {
			words += " and " + strings.ReplaceAll(a.Key, "_", " ") + " does"
		}
	}
	return words
}

func (v *homeView) tellWinSets(p *teller) {
	if v.pair[1] < 0 {
		return
	}
	var both, one [3]int
	n := 0
	for y := range v.win[0] {
		for x := range v.win[0][y] {
			n++
			switch a, b := v.win[0][y][x], v.win[1][y][x]; {
			case a && b:
				both[0]++
			case a:
				one[0]++
			case b:
				one[1]++
			}
		}
	}
	p.line("")
	x, y := p.issue(v.m.Space.Issues[v.pair[0]].Name), p.issue(v.m.Space.Issues[v.pair[1]].Name)
	p.wrapped("", fmt.Sprintf("Win-sets over %s and %s, all else as above: of %d pairs %d would pass on both sides, %d with %s only, %d with %s only.",
		x, y, n, both[0], one[0], p.names[0], one[1], p.names[1]))
}

func (v *homeView) tellFrontiers(p *teller) {
	most := func(points []deal.Point) (best float64) {
		best = math.Inf(-1)
		for _, q := range points {
			best = max(best, q.U[0]+q.U[1])
		}
		return best
	}
	f := v.front
	if len(f.Passing) == 0 {
		p.wrapped("", fmt.Sprintf("Of the deals that can be signed the best is worth %s together; none was found that would pass on both sides.", number(most(f.Signed))))
		return
	}
	known := "exactly"
	if f.Bound > 0 {
		known = "within " + number(f.Bound)
	}
	p.wrapped("", fmt.Sprintf("The best deal that can be signed is worth %s to both together, the best found that would pass on both sides (a chance of %s or more on each) %s, known %s.",
		number(most(f.Signed)), percent(home.Likely), number(most(f.Passing)), known))
}

// homeAnswer is the JSON of parley home. Worths and scores are on the scenario's scale, over no deal.
type homeAnswer struct {
	Deal    map[string]any `json:"deal"`
	Nash    bool           `json:"nash"` // else everything as today
	Sides   []homeSide     `json:"sides"`
	WinSets *homeWinSets   `json:"win_sets,omitempty"`
	Signed  []answerPoint  `json:"signed_frontier"`
	Passing []answerPoint  `json:"ratifiable_frontier"`
	Bound   float64        `json:"bound"`
}

type homeSide struct {
	Party     string      `json:"party"`
	Rule      string      `json:"rule"`
	Chance    float64     `json:"chance"`
	Audiences []homeGroup `json:"audiences"`
	Blockers  []string    `json:"blockers,omitempty"` // vetoes that nothing satisfies
}

type homeGroup struct {
	Name   string  `json:"name"`
	Veto   bool    `json:"veto,omitempty"`
	Share  float64 `json:"share"`
	Power  float64 `json:"power"`
	Score  float64 `json:"score"`
	Agree  float64 `json:"agree"`
	Noise  float64 `json:"noise"`
	Most   float64 `json:"most"`
	Chance float64 `json:"chance"`
}

type homeWinSets struct {
	X      string      `json:"x"`
	Y      string      `json:"y"`
	XTicks []string    `json:"x_values"`
	YTicks []string    `json:"y_values"`
	Passes [2][][]bool `json:"passes"` // a side each, [y][x]
}

func (v *homeView) answer() *homeAnswer {
	a := &homeAnswer{Deal: outcomeOf(v.m.Space, nil, v.deal), Nash: v.fair, Signed: []answerPoint{}, Passing: []answerPoint{}, Bound: v.front.Bound}
	for side, party := range v.m.Config.Parties {
		h := homeSide{Party: party.Key, Rule: v.rule(side), Chance: v.at.Chance(side, v.deal), Audiences: []homeGroup{}}
		for _, g := range v.at.Groups(side, v.deal) {
			h.Audiences = append(h.Audiences, homeGroup{g.Name, g.Veto, g.Share, g.Power, g.Score, g.Agree, g.Noise, g.Most, g.Chance})
			if g.Veto && g.Most < g.Agree {
				h.Blockers = append(h.Blockers, g.Name)
			}
		}
		a.Sides = append(a.Sides, h)
	}
	if v.pair[1] >= 0 {
		x, y := &v.m.Space.Issues[v.pair[0]], &v.m.Space.Issues[v.pair[1]]
		a.WinSets = &homeWinSets{x.Name, y.Name, x.Values, y.Values, v.win}
	}
	for _, q := range v.front.Signed {
		a.Signed = append(a.Signed, answerPoint{U: q.U, Outcome: outcomeOf(v.m.Space, nil, q.Outcome)})
	}
	for _, q := range v.front.Passing {
		a.Passing = append(a.Passing, answerPoint{U: q.U, Outcome: outcomeOf(v.m.Space, nil, q.Outcome)})
	}
	return a
}
