package economy

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Form says which tariffs a government chooses.
type Form uint8

const (
	// Uniform is one surcharge for each exporter, on top of what stands (a statutory increment).
	Uniform Form = iota
	// Sectors is one tariff for each exporter and sector (a level).
	Sectors
	// MFN is one tariff for each sector, the same for all exporters (a level).
	MFN
	// Flat is one surcharge, the same for all sectors and exporters, on top of what stands.
	Flat
)

// Player is a government that chooses tariffs.
type Player struct {
	Region string // as in Info.Regions or RegionSets
	Aim    Aim
}

// Rules say who chooses what.
type Rules struct {
	Players []Player
	Form    Form
	// Among restricts each player's choice to tariffs on the other players.
	Among bool
	// On restricts every choice to tariffs on these exporters (names or sets); nil: none.
	On []string
	// Base is what stands before anybody chooses: the tariffs of the others, and what surcharges
	// are put on.
	Base trade.Schedule
	// Start is where searches begin, dense, for what players choose; nil: at Base.
	Start []float64
	// Least and Most bound each choice, fractions. Most 0 means 10 (1000%).
	Least, Most float64
	// Cut lets surcharges be negative, down to where the lowest tariff they act on is Least: what
	// stands may be undone, not turned into a subsidy.
	Cut bool
	// Caps lower Most for single sectors of single players.
	Caps []Cap
}

// Cap bounds the tariffs that a player may put on a sector.
type Cap struct {
	Region, Sector string
	Most           float64
}

// lever is one number that a player chooses.
type lever struct {
	cells  []int // dense places it moves
	on     int   // the region it taxes, -1 for all (MFN)
	lo, hi float64
	scale  float64 // of log(1+value) in searches, in (0, 1]
}

type player struct {
	Player
	region int
	levers []lever
}

// Game is a model in which governments choose tariffs. It is not safe for concurrent use.
type Game struct {
	Model   trade.Model
	Rules   Rules
	info    trade.Info
	income  []float64
	base    []float64 // tariffs before choices, dense
	players []player
	point   trade.Point
	exact   bool // point has gradients

	t     []float64 // tariffs at the last solve
	grad  []float64
	m     trade.Measures
	evals int
}

// NewGame checks the rules against the model and prepares both.
func NewGame(ctx context.Context, m trade.Model, rules Rules) (*Game, error) {
	g := &Game{Model: m, Rules: rules, info: m.Info()}
	if rules.Most == 0 {
		rules.Most = 10
	}
	if !(rules.Least > -1 && rules.Least < rules.Most && rules.Most <= trade.Ceiling) {
		return nil, fmt.Errorf("bounds of tariffs: [%v, %v] is not a range above -1 and up to %v", rules.Least, rules.Most, trade.Ceiling)
	}
	if len(rules.Players) == 0 {
		return nil, errors.New("a game needs at least one government")
	}
	var err error
	if g.base, err = trade.Resolve(&g.info, Base(m), rules.Base); err != nil {
		return nil, err
	}
	if rules.Start != nil && len(rules.Start) != len(g.base) {
		return nil, fmt.Errorf("start: %d tariffs, want %d", len(rules.Start), len(g.base))
	}
	if g.income, err = Incomes(ctx, m); err != nil {
		return nil, err
	}
	n := len(g.info.Regions)
	weights := make([][]float64, n)
	taken := make(map[int]string)
	for _, p := range rules.Players {
		j, err := g.info.Region(p.Region)
		if err != nil {
			return nil, err
		}
		if was, ok := taken[j]; ok {
			return nil, fmt.Errorf("%s and %s are the same government", was, p.Region)
		}
		taken[j] = p.Region
		if err := p.Aim.check(p.Region, &g.info); err != nil {
			return nil, err
		}
		weights[j] = p.Aim.Weights
		g.players = append(g.players, player{Player: p, region: j})
	}
	if rules.Among && len(g.players) < 2 {
		return nil, errors.New("tariffs on the other players need at least two governments")
	}
	g.t = append([]float64(nil), g.base...)
	g.grad = make([]float64, len(g.base))
	g.m = newMeasures(n)
	if g.point, err = point(ctx, m, weights); err != nil {
		return nil, err
	}
	_, g.exact = m.(trade.Differentiable)
	if err := g.solve(ctx, g.base); err != nil {
		return nil, fmt.Errorf("before anybody chooses: %w", err)
	}
	return g, g.pull(ctx, rules)
}

// pull makes the players' levers.
func (g *Game) pull(ctx context.Context, rules Rules) error {
	base, err := g.Model.Solve(ctx, rules.Base, nil)
	if err != nil {
		return err
	}
	var on map[int]bool
	for _, name := range rules.On {
		is, err := g.info.RegionsNamed(name)
		if err != nil {
			return err
		}
		for _, i := range is {
			if on == nil {
				on = make(map[int]bool)
			}
			on[i] = true
		}
	}
	for p := range g.players {
		pl := &g.players[p]
		caps := make([]float64, len(g.info.Sectors))
		for s := range caps {
			caps[s] = rules.Most
		}
		for _, c := range rules.Caps {
			j, err := g.info.Region(c.Region)
			if err != nil {
				return err
			}
			ss, err := g.info.SectorsNamed(c.Sector)
			if err != nil {
				return err
			}
			if !(c.Most > rules.Least) {
				return fmt.Errorf("cap of %s on %s: %v is not > %v", c.Region, c.Sector, c.Most, rules.Least)
			}
			if j == pl.region {
				for _, s := range ss {
					caps[s] = math.Min(caps[s], c.Most)
				}
			}
		}
		if pl.levers = g.levers(pl.region, rules, caps, base, on); len(pl.levers) == 0 {
			return fmt.Errorf("%s has nobody to put tariffs on", pl.Region)
		}
	}
	return nil
}

// levers lists what region j chooses.
func (g *Game) levers(j int, rules Rules, caps []float64, base *trade.Result, on map[int]bool) []lever {
	var out []lever
	var weight []float64 // of each lever: trade it moves, times how strongly
	add := func(exporters []int, sectors []int, hi float64) {
		l, w := lever{on: -1, lo: rules.Least, hi: hi, scale: 1}, 0.0
		if rules.Form != MFN && rules.Form != Flat {
			l.on = exporters[0]
		}
		for _, s := range sectors {
			e := 5.0
			if g.info.Elasticity != nil {
				e = math.Min(g.info.Elasticity[s], 12)
			}
			for _, i := range exporters {
				l.cells = append(l.cells, g.info.At(i, j, s))
				if base.Flows != nil {
					w += base.Flows(i, j, s) * e
				}
			}
		}
		if rules.Cut && g.surcharge() {
			low := math.Inf(1)
			for _, c := range l.cells {
				low = math.Min(low, g.base[c])
			}
			l.lo = math.Min(l.lo, rules.Least-math.Max(low, 0))
		}
		out, weight = append(out, l), append(weight, w)
	}
	var partners []int
	for i := range g.info.Regions {
		if i != j && (!rules.Among || g.playerOf(i) >= 0) && (on == nil || on[i]) {
			partners = append(partners, i)
		}
	}
	var goods []int
	for s := range g.info.Sectors {
		if g.info.Untaxed == nil || !g.info.Untaxed[s] {
			goods = append(goods, s)
		}
	}
	if len(partners) == 0 {
		return nil
	}
	switch rules.Form {
	case Uniform:
		for _, i := range partners {
			add([]int{i}, goods, rules.Most)
		}
	case Sectors:
		for _, s := range goods {
			for _, i := range partners {
				add([]int{i}, []int{s}, caps[s])
			}
		}
	case MFN:
		for _, s := range goods {
			add(partners, []int{s}, caps[s])
		}
	case Flat:
		add(partners, goods, rules.Most)
	}
	// The curvature of the objective in log(1+t) goes with trade times elasticity: in units of its
	// root the search sees a round hill.
	most := 0.0
	for _, w := range weight {
		most = math.Max(most, w)
	}
	for k := range out {
		if most > 0 && base.Flows != nil {
			out[k].scale = math.Max(math.Sqrt(weight[k]/most), 1e-6)
		}
	}
	return out
}

// playerOf returns the place of region i among the players, -1 if it is none.
func (g *Game) playerOf(i int) int {
	for p := range g.players {
		if g.players[p].region == i {
			return p
		}
	}
	return -1
}

// surcharge says that levers are increments on the base, not levels.
func (g *Game) surcharge() bool { return g.Rules.Form == Uniform || g.Rules.Form == Flat }

// value reads a lever off a table of tariffs.
func (g *Game) value(l *lever, t []float64) float64 {
	if g.surcharge() {
		return t[l.cells[0]] - g.base[l.cells[0]]
	}
	return t[l.cells[0]]
}

// set moves a lever in a table of tariffs.
func (g *Game) set(l *lever, t []float64, v float64) {
	for _, c := range l.cells {
		t[c] = v
		if g.surcharge() {
			t[c] += g.base[c]
		}
	}
}

// solve finds the equilibrium at a table of tariffs and measures it.
func (g *Game) solve(ctx context.Context, t []float64) error {
	copy(g.t, t)
	g.evals++
	if err := g.point.Solve(ctx, t); err != nil {
		return err
	}
	g.point.Measure(g.m)
	return nil
}

// slopes writes the derivative of seed's sum by each lever at the last solve.
func (g *Game) slopes(ctx context.Context, seed trade.Measures, levers []*lever, out []float64) error {
	if g.exact {
		if err := g.point.Gradient(seed, g.grad); err != nil {
			return err
		}
		for k, l := range levers {
			out[k] = 0
			for _, c := range l.cells {
				out[k] += g.grad[c]
			}
		}
		return nil
	}
	const h = 1e-4 // central differences: error of order h^2, noise of the solver 1e-12/h
	t := append([]float64(nil), g.t...)
	here := newMeasures(len(g.info.Regions))
	copy(here.Government, g.m.Government)
	copy(here.Welfare, g.m.Welfare)
	copy(here.Revenue, g.m.Revenue)
	for k, l := range levers {
		v := g.value(l, t)
		sides := [2]float64{}
		for e, step := range [2]float64{h, -h} {
			g.set(l, t, v+step)
			if err := g.solve(ctx, t); err != nil {
				return err
			}
			sides[e] = total(seed, g.m)
		}
		g.set(l, t, v)
		out[k] = (sides[0] - sides[1]) / (2 * h)
	}
	copy(g.t, t)
	g.m = here
	return nil
}

// maximise searches the levers for the highest value of an objective, from the tariffs t, in place.
// objective returns its value and, as a seed, its slopes by measure at the last solve.
func (g *Game) maximise(ctx context.Context, levers []*lever, t []float64, opt climbing, objective func() (float64, trade.Measures)) (climbed, error) {
	n := len(levers)
	u, lo, hi := make([]float64, n), make([]float64, n), make([]float64, n)
	for k, l := range levers {
		u[k] = l.scale * math.Log1p(g.value(l, t))
		lo[k], hi[k] = l.scale*math.Log1p(l.lo), l.scale*math.Log1p(l.hi)
	}
	back := func(k int, x float64) float64 {
		l := levers[k]
		switch x { // exactly, so that a bound is a bound
		case lo[k]:
			return l.lo
		case hi[k]:
			return l.hi
		}
		return math.Expm1(x / l.scale)
	}
	if !g.exact { // differences are too coarse for the last digits
		opt.flat, opt.gain = math.Max(opt.flat, 1e-7), math.Max(opt.gain, 1e-12)
	}
	at := append([]float64(nil), t...)
	f := func(u, grad []float64) (float64, error) {
		for k, l := range levers {
			g.set(l, at, back(k, u[k]))
		}
		if err := g.solve(ctx, at); err != nil {
			return 0, err
		}
		value, seed := objective()
		if err := g.slopes(ctx, seed, levers, grad); err != nil {
			return 0, err
		}
		for k, l := range levers {
			grad[k] *= (1 + back(k, u[k])) / l.scale // dv/du
		}
		return value, nil
	}
	res, err := climb(f, u, lo, hi, opt)
	for k, l := range levers {
		g.set(l, t, back(k, u[k]))
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return res, err
}

// mine lists a player's levers.
func (g *Game) mine(p int) []*lever {
	out := make([]*lever, len(g.players[p].levers))
	for k := range out {
		out[k] = &g.players[p].levers[k]
	}
	return out
}
