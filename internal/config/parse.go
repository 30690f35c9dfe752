package config

import (
	"bytes"
	"reflect"
)

// Options is what a scenario is read with.
type Options struct {
	Sets   []string // overrides, path=value each, applied in order
	Known  Known    // names to check against
	Priors Priors   // finds the file that `priors` names; nil: a scenario that names one is refused
}

// Parse reads a scenario. The file's name stands in messages only. An error is a Problems: everything
// that is wrong, by place; only where the syntax is broken is it the first thing alone.
func Parse(file string, data []byte, opt Options) (*Scenario, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, Problems{{Origin: Origin{File: file}, Msg: "the file is empty; a scenario has [issue] and two parties, [party.NAME]; start from one with `parley new`"}}
	}
	root, err := read(file, data)
	if err != nil {
		return nil, err
	}
	if err := common(root, opt.Priors); err != nil {
		return nil, err
	}
	return parse(root, file, opt.Known, new(dists), opt.Sets, 0)
}

// With reads the scenario again with further overrides, as a point of a design does. The scenario
// itself stays as it is.
func (s *Scenario) With(sets ...string) (*Scenario, error) {
	return parse(s.tree.clone(), s.name, s.known, s.dists, sets, s.sets)
}

func parse(root *node, name string, known Known, made *dists, sets []string, before int) (*Scenario, error) {
	d := &decoder{origins: make(map[string]places), known: known, dists: made}
	for i, set := range sets {
		d.apply(root, set, before+i)
	}
	s := defaults()
	d.fields(root, reflect.ValueOf(s).Elem())
	s.name, s.tree, s.known, s.dists, s.origins, s.sets = name, root, known, made, d.origins, before+len(sets)
	s.fillIn()
	(&checker{decoder: d, s: s, root: root}).scenario()
	if len(d.problems) > 0 {
		return nil, d.problems.sorted()
	}
	return s, nil
}

// defaults is a scenario before its file is read.
func defaults() *Scenario {
	return &Scenario{
		Worth: USDBnYear,
		Runs:  10_000,
		Seed:  1,
		Clock: Clock{Protocol: "alternating_offers"},
		Output: Output{
			Success:      "signed",
			LastingYears: 4,
			Rows:         []string{"csv", "parquet"},
			Charts:       []string{"svg", "png"},
			ShareLeft:    true,
		},
	}
}

// fillIn gives what the file leaves out its default. A number that matters says that it is assumed.
func (s *Scenario) fillIn() {
	if s.Worth == USDBnYear {
		s.NoDeal.TruceLapses.orElse("no_deal.truce_lapses", 1, "the default: what is written under no_deal comes about")
	}
	first := -1
	for i := range s.Parties {
		p := &s.Parties[i]
		path := join("party", p.Key)
		if p.Name == "" {
			p.Name = p.Key
		}
		if p.Short == "" {
			p.Short = p.Name
		}
		if p.MovesFirst.Given() && first < 0 {
			first = i
		}
		p.CostOfDelay.orElse(path+".cost_of_delay", 0, "the default: delay costs nothing")
		if s.Worth == Unit {
			p.NoDeal.orElse(path+".no_deal", 0, "the default")
		}
		if p.Risk.Kind == "" {
			p.Risk.Kind = "neutral"
		}
		p.fillIn(path)
	}
	if first < 0 && len(s.Parties) > 0 {
		p := &s.Parties[0]
		p.MovesFirst = Number{
			Path: join("party", p.Key) + ".moves_first", Kind: "chance", Params: []float64{0.5},
			Backing: Backing{Assumed: "the default: either side may open"},
		}
	}
	s.fillInClock()
	if s.Delivery != nil {
		s.Delivery.fillIn()
	}
	if s.Ratify != nil && s.Ratify.KnownToNegotiators == "" {
		s.Ratify.KnownToNegotiators = "estimated"
	}
	if s.Design != nil {
		if s.Design.Plan == "" {
			s.Design.Plan = "grid"
		}
		if s.Design.RunsEach == 0 {
			s.Design.RunsEach = 1000
		}
	}
}

func (s *Scenario) fillInClock() {
	c := &s.Clock
	if !c.Start.IsZero() || !c.Summit.IsZero() {
		c.DaysPerRound.orElse("clock.days_per_round", 1, "the default: an offer by each side a day")
	} else if c.Rounds == 0 {
		c.Rounds = 100
	}
}

// fillIn gives a party's parts their defaults.
func (p *Party) fillIn(path string) {
	for i := range p.Interests {
		in := &p.Interests[i]
		in.Weight.orElse(join(path+".interest", in.Key)+".weight", 1, "the default: what the model says")
		if in.From == "delivery" && in.Of == "" {
			switch in.Key {
			case "plants":
				in.Of = "investment"
			default:
				in.Of = in.Key
			}
		}
	}
	for i := range p.RedLines {
		l := &p.RedLines[i]
		// No words of its own: the line's backing covers it, and a line without any shows up as such.
		l.Holds.orElse(join(path+".red_line", l.Key)+".holds", 1, "")
	}
	neg := path + ".negotiator"
	p.Negotiator.Bidding.orElse(neg+".bidding", "boulware")
}

func (x *Number) orElse(path string, v float64, why string) {
	if !x.Given() {
		unit, label, backing := x.Unit, x.Label, x.Backing
		if backing == (Backing{}) {
			backing.Assumed = why
		}
		*x = Number{Path: path, Kind: "fixed", Params: []float64{v}, Unit: unit, Label: label, Backing: backing}
	}
}

func (p *Pick) orElse(path, name string) {
	if !p.Given() {
		*p = Pick{Path: path, Names: []string{name}, Weights: []float64{1}}
	}
}

// Name is the name the scenario was read under.
func (s *Scenario) Name() string { return s.name }

// Origin is where the value at a path was set; for one that nobody set, where the nearest table around
// it was. The path is as in --set.
func (s *Scenario) Origin(path string) Origin { return s.place(path).value }

func (s *Scenario) place(path string) places {
	keys, err := splitPath(path)
	if err != nil {
		keys = nil
	}
	for len(keys) > 0 {
		if o, ok := s.origins[joinAll(keys)]; ok {
			return o
		}
		keys = keys[:len(keys)-1]
	}
	file := Origin{File: s.name}
	return places{file, file}
}

// Party returns the index of the party with this key, -1 if there is none.
func (s *Scenario) Party(key string) int {
	for i := range s.Parties {
		if s.Parties[i].Key == key {
			return i
		}
	}
	return -1
}

// Issue returns the index of the issue with this key, -1 if there is none.
func (s *Scenario) Issue(key string) int {
	for i := range s.Issues {
		if s.Issues[i].Key == key {
			return i
		}
	}
	return -1
}

// FirstMover is the chance that the first party makes the first offer: what moves_first says of either.
func (s *Scenario) FirstMover() (x *Number, ofParty int) {
	for i := range s.Parties {
		if s.Parties[i].MovesFirst.Given() {
			return &s.Parties[i].MovesFirst, i
		}
	}
	panic("config: a scenario without parties")
}

func joinAll(keys []string) string {
	path := ""
	for _, k := range keys {
		path = join(path, k)
	}
	return path
}
