package scenario

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/parley-sim/parley/sim/economy"
)

// TariffMap is both sides' plain welfare over the two tariffs, and what follows from it alone. Sides
// are in seat order; tariffs in per cent: of the United States first (X), then of China (Y).
type TariffMap struct {
	Model   string // that makes it: "liberation2025"
	Year    int    // of its base
	US      int    // the seat of the United States
	Xs, Ys  []float64
	Worth   [2][][]float64 // by side, [y][x], $bn a year over the mean of what no deal may bring
	Today   [2]float64
	NoDeal  [2]float64      // mean of the tariffs that no deal may bring
	Low     [2]float64      // 10th of 100 of them
	High    [2]float64      // 90th
	Best    [2][][2]float64 // best answers: of the US to China's tariff (at, to), of China to the US's
	Nash    *[2]float64     // where neither would move; nil: they do not meet in the range
	HeldOut float64         // largest error of the interpolation, $bn a year
}

// errNoMap says that a scenario has no two tariffs.
var errNoMap = errors.New("the two tariffs are not on the table, or no interest is from the economy")

// mapDraws is how many draws of no deal are averaged.
const mapDraws = 512

// mapAxis is the range of tariff l that the map shows: from none to the highest on the table or, if
// that is more, nine in ten of what no deal may bring; up to whole fives.
func (m *Model) mapAxis(l int) (economy.Axis, float64, error) {
	i, ok := m.Space.Issue(levers[l])
	if !ok || m.Space.Issues[i].Numbers == nil {
		return nil, 0, errNoMap
	}
	top := math.Max(slices.Max(m.full[i].numbers), m.now[i])
	for _, n := range m.noDeal {
		switch {
		case n.issue != i || n.choice != nil:
		case n.number.variable < 0:
			top = math.Max(top, n.number.constant)
		default:
			top = math.Max(top, m.vars.list[n.number.variable].draw(0.9))
		}
	}
	top = 5 * math.Ceil(top/5)
	nodes := []float64{0, top / 100}
	for _, x := range []float64{0.05, 0.1, 0.2} { // closer where best answers lie, and are flat
		if x < top/100 {
			nodes = append(nodes, x)
		}
	}
	a, err := economy.NewAxis(nodes, 0, top/100)
	return a, top, err
}

// MapSurface is the surface that the map of tariffs is read off, from the cache if it is there.
func (m *Model) MapSurface(ctx context.Context, opt Options) (*economy.Surface, error) {
	if m.composite == nil {
		return nil, errNoMap
	}
	var g economy.Grid
	for l := range 2 {
		a, _, err := m.mapAxis(l)
		if err != nil {
			return nil, err
		}
		g[l] = a
	}
	g[2], g[3] = economy.Axis{0}, economy.Axis{0}
	return economy.Build(ctx, m.composite.Tariffs.Part, g, economy.BuildOptions{Progress: opt.Progress, Dir: opt.Cache})
}

// TariffMap works out the map. Its error is errNoMap, or a model's that did not converge.
func (m *Model) TariffMap(ctx context.Context, opt Options) (*TariffMap, error) {
	s, err := m.MapSurface(ctx, opt)
	if err != nil {
		return nil, err
	}
	out := &TariffMap{Model: modelName(s.Part), Year: s.Year, US: m.us, HeldOut: s.HeldOut}
	var top [2]float64
	var issue [2]int
	for l := range top {
		_, top[l], _ = m.mapAxis(l)
		issue[l], _ = m.Space.Issue(levers[l])
		out.Today[l] = m.now[issue[l]]
	}
	at := func(x, y float64) [2]float64 { // of the US and China
		us, cn, err := s.Worth(economy.Setting{US: min(x, top[0]) / 100, CN: min(y, top[1]) / 100})
		if err != nil {
			return [2]float64{math.NaN(), math.NaN()}
		}
		return [2]float64{us, cn}
	}
	none := m.noDealTariffs(out, issue, at)
	seat := [2]int{m.us, 1 - m.us} // of the US and China
	out.Xs, out.Ys = steps(top[0]), steps(top[1])
	for _, y := range out.Ys {
		rows := [2][]float64{}
		for _, x := range out.Xs {
			w := at(x, y)
			for k := range w {
				rows[k] = append(rows[k], w[k]-none[k])
			}
		}
		for k := range rows {
			out.Worth[seat[k]] = append(out.Worth[seat[k]], rows[k])
		}
	}
	out.answers(top, at)
	return out, nil
}

// steps are tariffs from 0 to top, at most 60 of them.
func steps(top float64) []float64 {
	by := 1.25
	for top/by > 60 {
		by *= 2
	}
	var out []float64
	for k := 0; float64(k)*by <= top+1e-9; k++ {
		out = append(out, float64(k)*by)
	}
	return out
}

// noDealTariffs sums up what no deal may bring, and returns the mean welfare of the US and China.
func (m *Model) noDealTariffs(out *TariffMap, issue [2]int, at func(x, y float64) [2]float64) (none [2]float64) {
	d := m.NewDraw()
	var all [2][]float64
	for k := range uint64(mapDraws) {
		m.Draw(uint64(m.Config.Seed), k, d)
		x, y := d.Point[issue[0]], d.Point[issue[1]]
		w := at(x, y)
		all[0], all[1] = append(all[0], x), append(all[1], y)
		for s := range w {
			none[s] += w[s] / mapDraws
		}
	}
	for l := range all {
		slices.Sort(all[l])
		out.Low[l], out.High[l] = all[l][mapDraws/10], all[l][mapDraws-1-mapDraws/10]
		for _, x := range all[l] {
			out.NoDeal[l] += x / mapDraws
		}
	}
	return none
}

// answers finds the best answers, and where they meet by answering in turn from free trade.
func (t *TariffMap) answers(top [2]float64, at func(x, y float64) [2]float64) {
	best := func(l int, other float64) float64 {
		f := func(x float64) float64 {
			if l == 0 {
				return at(x, other)[0]
			}
			return at(other, x)[1]
		}
		return highest(f, top[l])
	}
	for l := range t.Best {
		for k := range 25 {
			other := top[1-l] * float64(k) / 24
			t.Best[l] = append(t.Best[l], [2]float64{other, best(l, other)})
		}
	}
	x, y := 0.0, 0.0
	for range 50 {
		nx := best(0, y)
		ny := best(1, nx)
		moved := math.Abs(nx-x) + math.Abs(ny-y)
		if x, y = nx, ny; moved < 1e-6 {
			if x < top[0] && y < top[1] {
				t.Nash = &[2]float64{x, y}
			}
			return
		}
	}
}

// highest is where f is highest on 0 to top: the best of 80 steps, then golden section around it.
func highest(f func(float64) float64, top float64) float64 {
	const n = 80
	best, at := math.Inf(-1), 0
	for k := range n + 1 {
		if v := f(top * float64(k) / n); v > best {
			best, at = v, k
		}
	}
	lo, hi := top*float64(max(at-1, 0))/n, top*float64(min(at+1, n))/n
	g := (math.Sqrt(5) - 1) / 2
	a, b := hi-g*(hi-lo), lo+g*(hi-lo)
	fa, fb := f(a), f(b)
	for range 60 {
		if fa >= fb {
			hi, b, fb = b, a, fa
			a = hi - g*(hi-lo)
			fa = f(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + g*(hi-lo)
			fb = f(b)
		}
	}
	return (lo + hi) / 2
}

// modelName is a part as a scenario names it.
func modelName(p economy.Part) string {
	if p.Closure == "" {
		return p.Model
	}
	return p.Model + ":" + p.Closure
}

// Effects are what a deal does to every region of the model for tariffs, and whether it is reciprocal,
// against no deal at the point x (as Draw.Point has it); agreed are its terms as numbers. The farm
// tariff and relief on inputs are left out where that model does not know them.
func (m *Model) Effects(ctx context.Context, point, agreed []float64) (*economy.Effects, error) {
	if m.composite == nil {
		return nil, errNoMap
	}
	p := m.composite.Tariffs.Part
	model, err := economy.Open(p.Model, p.Closure, p.Params...)
	if err != nil {
		return nil, err
	}
	in := model.Info()
	s := m.levers
	at := func(x []float64) economy.Setting {
		v := s.at(x)
		if in.SectorSets["farm"] == nil {
			v.Farm = 0
		}
		v.Relief = 0
		return v
	}
	before, err := economy.Schedule(model, at(point))
	if err != nil {
		return nil, err
	}
	after, err := economy.Schedule(model, at(agreed))
	if err != nil {
		return nil, err
	}
	return economy.Compare(ctx, model, before, after, "us", "china")
}

// TariffModel is the trade model behind the tariffs, as a scenario names it; empty without one.
func (m *Model) TariffModel() string {
	if m.composite == nil {
		return ""
	}
	return modelName(m.composite.Tariffs.Part)
}

// Point is today's point with some issues moved, by key: to a number, or to the place of a choice.
func (m *Model) Point(values map[string]float64) []float64 {
	x := slices.Clone(m.now)
	for i := range x {
		if v, ok := values[m.Space.Issues[i].Name]; ok {
			x[i] = v
		}
	}
	return x
}

// Gap compares the models together with one that knows all levers: from today to the lowest tariffs
// on the table with all inputs relieved. Its error says that there is no such model.
func (m *Model) Gap(ctx context.Context) (*economy.Gap, error) {
	if m.composite == nil {
		return nil, errNoMap
	}
	from := m.levers.at(m.now)
	x := slices.Clone(m.now)
	for l, i := range m.levers.issue {
		if i < 0 || m.full[i].numbers == nil {
			continue
		}
		x[i] = slices.Min(m.full[i].numbers)
		if l == 3 {
			x[i] = slices.Max(m.full[i].numbers)
		}
	}
	return m.composite.Gap(ctx, from, m.levers.at(x))
}
