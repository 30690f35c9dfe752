package analysis

import (
	"fmt"
	"strings"

	"github.com/parley-sim/parley/internal/store"
)

// Summary makes the summary of what was gathered so far. It changes nothing in the fold.
func (f *Fold) Summary() *Summary {
	f.notes = nil
	l, n := f.l, f.counted()
	s := &Summary{
		Format: Format, Scenario: l.brief.Name, Question: l.brief.Question, Unit: l.brief.Worth,
		Asked: stageNames[l.goal],
		Runs:  Runs{Total: n + sum(f.errors), Errors: sum(f.errors), Counted: n},
	}
	s.Success = ShareOf(f.from(l.goal), n)
	for i, name := range schemaLevels(l, l.status) {
		s.Statuses = append(s.Statuses, Count{name, f.status[i]})
	}
	s.Stages = f.stageList()
	for _, st := range s.Stages {
		if st.Goal {
			s.Criterion = st.Key
		}
	}
	s.Losses = f.losses()
	s.Strategies = f.strategyList()
	s.Terms = f.termList()
	s.Worth = f.worthList()
	if f.left.n() > 0 {
		s.Left = &Left{f.left.spread(), Tidy(f.epsilon)}
	}
	s.Endings = f.endings()
	s.Gains = f.gains()
	s.Delivery, s.Interests = f.quantities(f.l.delivery, f.after, true), f.quantities(f.l.parts, f.parts, false)
	s.Threats = f.threatList()
	s.Home, s.Years = f.home(), f.years()
	f.decide(s)
	s.Violins, s.ECDF, s.Parallel = f.violins(), f.curves(), f.parallel()
	for i := range l.brief.Numbers {
		s.Numbers.count(&l.brief.Numbers[i])
	}
	f.warnAbout(s)
	s.Warnings = f.notes
	return s
}

// from counts the runs that came at least so far.
func (f *Fold) from(s stage) int64 { return sum(f.reached[s:]) }

func (n *Numbers) count(x *store.Number) {
	n.Total++
	switch evidence(x) {
	case Assumed:
		n.Assumed++
	case Sourced:
		n.Sourced++
	default:
		n.Neither++
	}
	if x.Drawn {
		n.Drawn++
	}
}

// stageList lists the stages that were played: a signed deal counts as lasting where nothing after
// the signature was.
func (f *Fold) stageList() []Stage {
	n := f.counted()
	list := []Stage{
		{Key: "start", Share: ShareOf(n, n)},
		{Key: "possible", Share: ShareOf(f.from(unfound), n), Range: f.rangeOf(unfound)},
		{Key: "signed", Share: ShareOf(f.from(signed), n), Range: f.rangeOf(signed)},
	}
	if f.played[home] > 0 || f.reached[signed] > 0 {
		list = append(list, Stage{Key: "ratified", Share: ShareOf(f.from(ratified), n), Range: f.rangeOf(ratified)})
	}
	if f.played[delivery] > 0 || f.reached[ratified] > 0 {
		list = append(list, Stage{Key: "lasting", Share: ShareOf(f.from(lasting), n), Range: f.rangeOf(lasting)})
	}
	// The goal is the stage of that name or, if that is not played, the last one that is.
	goal := len(list) - 1
	for i, s := range list {
		if s.Key == stageNames[f.l.goal] {
			goal = i
		}
	}
	list[goal].Goal = true
	return list
}

// group gives the counts of a pair of strategies by stage.
func (f *Fold) group(a, b int) []int64 {
	i := (a*f.strategies(1) + b) * int(stages)
	return f.groups[i : i+int(stages)]
}

func (f *Fold) agents(a, b int) []string {
	names := make([]string, 0, 2)
	for i, k := range [2]int{a, b} {
		if c := f.l.agent[i]; c >= 0 && k < len(schemaLevels(f.l, c)) {
			names = append(names, schemaLevels(f.l, c)[k])
		}
	}
	return names
}

func (f *Fold) strategyList() []Group {
	var list []Group
	for a := range f.strategies(0) {
		for b := range f.strategies(1) {
			g, names := f.group(a, b), f.agents(a, b)
			if n := sum(g); n > 0 && len(names) > 0 {
				list = append(list, Group{names, ShareOf(sum(g[signed:]), n), ShareOf(sum(g[f.l.goal:]), n), n < MinGroup})
			}
		}
	}
	return list
}

// rangeOf is the range over pairs of strategies of the share that came at least to a stage.
func (f *Fold) rangeOf(st stage) *Range {
	var big, all []Extreme
	for a := range f.strategies(0) {
		for b := range f.strategies(1) {
			g := f.group(a, b)
			n := sum(g)
			if n == 0 {
				continue
			}
			e := Extreme{strings.Join(f.agents(a, b), " × "), ShareOf(sum(g[st:]), n)}
			all = append(all, e)
			if n >= MinGroup {
				big = append(big, e)
			}
		}
	}
	r := Range{Groups: len(big), Small: len(all) - len(big)}
	if len(big) < 2 {
		big = all
		r = Range{Groups: len(all), AllTiny: true}
	}
	if len(big) < 2 {
		return nil
	}
	r.Lo, r.Hi = big[0], big[0]
	for _, e := range big[1:] {
		if e.Share.Share < r.Lo.Share.Share {
			r.Lo = e
		}
		if e.Share.Share > r.Hi.Share.Share {
			r.Hi = e
		}
	}
	return &r
}

func (f *Fold) termList() []Term {
	list := make([]Term, 0, len(f.l.brief.Issues))
	for i, is := range f.l.brief.Issues {
		if f.l.issues[i].at < 0 {
			continue
		}
		n := sum(f.terms[i])
		t := Term{Key: is.Key, Label: is.Label, Unit: is.Unit, GivenBy: is.GivenBy}
		if is.Now >= 0 && is.Now < len(is.Values) {
			t.Now = is.Values[is.Now]
		}
		for v, name := range is.Values {
			lv := Level{Value: name, Share: ShareOf(f.terms[i][v], n), Now: v == is.Now}
			if v < len(is.Numbers) {
				lv.Number = &is.Numbers[v]
			}
			t.Levels = append(t.Levels, lv)
		}
		if len(is.Numbers) > 0 && n > 0 {
			t.Spread = &Spread{n, exactQuantile(is.Numbers, f.terms[i], 0.1), exactQuantile(is.Numbers, f.terms[i], 0.5), exactQuantile(is.Numbers, f.terms[i], 0.9)}
		}
		if f.odd[i] > 0 {
			f.warn(fmt.Sprintf("issue %s: %s with a value that is not one of the issue's are left out", is.Key, plural(f.odd[i], "deal")))
		}
		list = append(list, t)
	}
	return list
}

// exactQuantile is the least value whose cumulated count reaches the share p of all (Hyndman & Fan
// 1996, definition 1). Values need not be sorted.
func exactQuantile(values []float64, counts []int64, p float64) float64 {
	order := ascending(values)
	need, have := p*float64(sum(counts)), 0.0
	for _, i := range order {
		have += float64(counts[i])
		if counts[i] > 0 && have >= need {
			return values[i]
		}
	}
	return values[order[len(order)-1]]
}

func (f *Fold) worthList() []Worth {
	var list []Worth
	for i, p := range f.l.brief.Parties {
		if f.worth[i].n() == 0 {
			continue
		}
		w := Worth{Party: p.Key, Deals: f.worth[i].spread(), Worse: ShareOf(f.worse[i], f.worth[i].n())}
		if f.gain[i].n() > 0 {
			g := f.gain[i].spread()
			w.Gain = &g
		}
		list = append(list, w)
	}
	return list
}

// quantities sums up columns that only successful deals have.
func (f *Fold) quantities(columns []int, of []sketch, dense bool) []Quantity {
	var list []Quantity
	for i, c := range columns {
		if of[i].n() == 0 {
			continue
		}
		col := f.l.schema.Columns[c]
		q := Quantity{Key: col.Name, Label: col.Label, Unit: col.Unit, Party: col.Party, Spread: of[i].spread()}
		if dense {
			q.Density = of[i].density()
		}
		list = append(list, q)
	}
	return list
}

func (f *Fold) warnAbout(s *Summary) {
	if s.Asked != s.Criterion {
		f.warn(fmt.Sprintf("success is %s in the scenario, but nothing after %s is played in these runs: success here is %s", s.Asked, s.Criterion, s.Criterion))
	}
	n := s.Runs.Counted
	won := s.Success.N
	switch {
	case n == 0 && s.Runs.Errors > 0:
		f.warn("every run is an error")
	case n == 0:
		f.warn("there are no runs")
	case n < 1000:
		f.warn(fmt.Sprintf("%s only: shares are within %.1f points", plural(n, "run"), 100*s.Noise()))
	}
	if s.Runs.Errors > 0 && n > 0 {
		f.warn(fmt.Sprintf("%s ended in an error and are left out of every share", plural(s.Runs.Errors, "run")))
	}
	if won > 0 && won < 100 {
		f.warn(fmt.Sprintf("terms and worth rest on %s", plural(won, "deal")))
	}
	for _, st := range s.Stages {
		if !st.Goal || st.Range == nil {
			continue
		}
		switch {
		case st.Range.AllTiny:
			f.warn(fmt.Sprintf("every pair of strategies has fewer than %d runs: the range over them is mostly noise", MinGroup))
		case st.Range.Small > 0:
			f.warn(fmt.Sprintf("%s of strategies with fewer than %d runs left out of the range", plural(int64(st.Range.Small), "pair"), MinGroup))
		}
	}
	if f.l.factors > 0 {
		f.warn(fmt.Sprintf("the runs share out over a design of %s: every share is over all its points together", plural(int64(f.l.factors), "factor")))
	}
	if s.Left != nil && s.Left.Epsilon > 0 {
		f.warn(fmt.Sprintf("the share left on the table is certified within %.2g, not exact", s.Left.Epsilon))
	}
}

// plural is n with its noun: 1 run, 2 runs.
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
