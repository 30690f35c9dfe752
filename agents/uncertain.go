package agents

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// uncertain plays any strategy for a party that does not know its own preferences, as in ANAC 2019 and
// 2020 (Aydogan, Baarslag, Fujita, Mell, Gratch, de Jonge, Mohammad, Nakadai, Morinaga, Osawa, Aranha and Jonker 2020, "Challenges and main
// results of the Automated Negotiating Agents Competition (ANAC) 2019"): it is given a few outcomes, drawn at random
// and put in order by the party, what the first and last of them are worth, what no deal is worth and
// its red lines; nothing else. It may ask the party where another outcome belongs, and pays for each question. From the
// order it estimates the party's utility and bargains by that.
//
// The estimate is additive over issues and fitted by Kruskal's method (1965, "Analysis of factorial experiments by
// estimating monotone transformations of the data"): least squares on numbers that are themselves the best
// non-decreasing fit along the order, by turns. What it asks about is, of some outcomes drawn, the one of which the fit knows
// least (the largest leverage; D-optimal design, Fedorov 1972).
//
// What it paid, in units of utility, is Bother's to say; it is not in the utility of the result.
type uncertain struct {
	inner  *agent
	known  float64
	most   float64
	cost   float64
	params []Param
	knobs  []*float64

	user   *deal.Party // the truth, asked for orders only
	belief *deal.Party
	model  *deal.Model // of the belief
	whose  *deal.Model
	fit    orderFit
	asked  int
	o      deal.Offer
	given  offerSet
	terms  deal.Terms
}

// Botherer is a negotiator that may have paid for what it knows.
type Botherer interface {
	// Bother is what it paid in its last session, in units of its party's utility.
	Bother() float64
}

// uncertainPrefix stands before the bidding strategy of a party that does not know its preferences.
const uncertainPrefix = "uncertain/"

var uncertainParams = []Param{
	{Name: "known", Min: 2, Max: 10000, Default: 20, Whole: true, Doc: "outcomes it is given in order at the start"},
	{Name: "questions", Min: 0, Max: 10000, Default: 10, Whole: true, Doc: "outcomes it asks the party about before it speaks"},
	{Name: "question_cost", Min: 0, Max: 1e9, Default: 0, Doc: "what a question costs, in units of the party's utility"},
}

func newUncertain(spec Spec) (Negotiator, error) {
	u := &uncertain{params: uncertainParams}
	u.knobs = []*float64{&u.known, &u.most, &u.cost}
	inner := spec
	inner.Bidding = strings.TrimPrefix(spec.Bidding, uncertainPrefix)
	inner.Params = nil
	n, err := New(inner)
	if err != nil {
		return nil, err
	}
	a, ok := n.(*agent)
	if !ok {
		return nil, fmt.Errorf("%s: preferences can be uncertain once", spec.Bidding)
	}
	u.inner = a
	for i := range u.params {
		*u.knobs[i] = u.params[i].Default
	}
	if err := u.Tune(spec.Params); err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Bidding, err)
	}
	return u, nil
}

// Tune implements Negotiator.
func (u *uncertain) Tune(params map[string]float64) error {
	for name, x := range params {
		if i := slices.IndexFunc(u.params, func(p Param) bool { return p.Name == name }); i >= 0 {
			if err := u.params[i].Check(x); err != nil {
				return err
			}
			continue
		}
		if i := slices.IndexFunc(u.inner.params, func(p Param) bool { return p.Name == name }); i >= 0 {
			if err := u.inner.params[i].Check(x); err != nil {
				return err
			}
			continue
		}
		return u.inner.stranger(map[string]float64{name: x})
	}
	for name, x := range params {
		if err := u.Set(name, x); err != nil {
			return err
		}
	}
	return nil
}

// Set implements Negotiator.
func (u *uncertain) Set(name string, value float64) error {
	for i := range u.params {
		if u.params[i].Name == name {
			if err := u.params[i].Check(value); err != nil {
				return err
			}
			*u.knobs[i] = value
			return nil
		}
	}
	return u.inner.Set(name, value)
}

// Aim is the target by its own estimate.
func (u *uncertain) Aim() float64 { return u.inner.Aim() }

// Reckless says that it may sign what is worth less than no deal: it does not know.
func (u *uncertain) Reckless() bool { return true }

// Bother implements Botherer.
func (u *uncertain) Bother() float64 { return float64(u.asked) * u.cost }

// Begin implements sim.Negotiator.
func (u *uncertain) Begin(p *deal.Party, rng *rand.Rand) {
	if u.whose != p.Model() || u.belief == nil || u.belief.Side() != p.Side() {
		u.prepare(p)
	}
	u.user, u.asked = p, 0
	u.given.reset(len(u.o))
	u.fit.forget()
	for tries := 0; u.given.len() < int(u.known) && tries < 20*int(u.known); tries++ {
		u.place(rng)
	}
	u.fit.solve()
	for range int(u.most) {
		if !u.ask(rng) {
			break
		}
	}
	if u.asked > 0 {
		u.fit.solve()
	}
	u.believe()
	u.inner.Begin(u.belief, rng)
}

// draw makes a random outcome that the party's own hard lines allow and that is not in the order yet.
func (u *uncertain) draw(rng *rand.Rand) bool {
	for i := range u.o {
		u.o[i] = uint16(rng.IntN(len(u.fit.space.Issues[i].Values)))
	}
	if u.user.Breaks(u.o) >= 0 {
		return false
	}
	if len(u.given.slot) == 0 {
		return true
	}
	return u.given.slot[u.given.find(u.o)] == 0
}

// place puts a random outcome in its place in the order.
func (u *uncertain) place(rng *rand.Rand) {
	if u.draw(rng) {
		u.given.add(u.o)
		u.fit.add(u.o, u.user.Utility(u.o))
	}
}

// candidates is how many outcomes a question is chosen from.
const candidates = 32

// ask asks about one outcome; false if there is none left.
func (u *uncertain) ask(rng *rand.Rand) bool {
	best, found := 0.0, false
	for range candidates {
		if !u.draw(rng) {
			continue
		}
		if l := u.fit.leverage(u.o); !found || l > best {
			best, found = l, true
			copy(u.fit.pick, u.o)
		}
	}
	if !found {
		return false
	}
	u.asked++
	u.given.add(u.fit.pick)
	u.fit.add(u.fit.pick, u.user.Utility(u.fit.pick))
	u.fit.factor()
	return true
}

// prepare compiles a model in which every value of every issue has a weight of its own.
func (u *uncertain) prepare(p *deal.Party) {
	m, side := p.Model(), p.Side()
	u.whose = m
	var own deal.Profile
	for i := range m.Space.Issues {
		for v := range m.Space.Issues[i].Values {
			t := make([]float64, len(m.Space.Issues[i].Values))
			t[v] = 1
			own.Interests = append(own.Interests, deal.Interest{Name: fmt.Sprintf("%d.%d", i, v), Scope: []int{i}, Table: t})
		}
	}
	own.Lines = m.Profile[side].Lines
	var profiles [2]deal.Profile
	profiles[side] = own
	model, err := deal.Compile(m.Space, profiles, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		panic("agents: " + err.Error()) // a part of what has been compiled before
	}
	u.model, u.belief = model, model.NewParty(side)
	u.fit.begin(m.Space)
	u.o = m.Space.NewOffer()
	u.terms.Weight = make([]float64, len(own.Interests))
}

// believe sets the belief's terms to the estimate.
func (u *uncertain) believe() {
	truth := u.user.Terms()
	u.terms.Cost = append(u.terms.Cost[:0], truth.Cost...)
	u.terms.NoDeal = truth.NoDeal
	u.fit.weights(u.terms.Weight)
	u.belief.Set(u.terms)
}

// Respond implements sim.Negotiator.
func (u *uncertain) Respond(v *sim.View, out deal.Offer) sim.Kind {
	if none := u.user.NoDeal(); none != u.belief.NoDeal() {
		u.belief.SetNoDeal(none)
	}
	return u.inner.Respond(v, out)
}

// orderFit estimates an additive utility from outcomes in order.
type orderFit struct {
	space *deal.Space
	first []int // by issue: its first cell
	cells int

	rows  []int32   // the cells of each outcome, one an issue
	truth []float64 // by outcome: what the party goes by when it puts them in order; used for that, and the two ends
	order []int     // outcomes, worst first
	y     []float64 // by place in the order
	f     []float64 // by place
	w     []float64 // by cell
	mean  float64
	a     []float64 // X'X + ridge, then its factor, row-major lower
	b     []float64
	pool  []block
	pick  deal.Offer
}

type block struct {
	sum float64
	n   int
}

// ridge keeps cells that were never seen at the mean.
const ridge = 0.3

func (f *orderFit) begin(space *deal.Space) {
	f.space, f.cells, f.first = space, 0, f.first[:0]
	for i := range space.Issues {
		f.first = append(f.first, f.cells)
		f.cells += len(space.Issues[i].Values)
	}
	f.w, f.b = make([]float64, f.cells), make([]float64, f.cells)
	f.a = make([]float64, f.cells*f.cells)
	f.pick = space.NewOffer()
}

func (f *orderFit) forget() {
	f.rows, f.truth, f.order = f.rows[:0], f.truth[:0], f.order[:0]
	clear(f.w)
	f.mean = 0
}

// add puts an outcome in the order, behind those worth the same.
func (f *orderFit) add(o deal.Offer, u float64) {
	k := len(f.truth)
	for i, v := range o {
		f.rows = append(f.rows, int32(f.first[i]+int(v)))
	}
	f.truth = append(f.truth, u)
	at, _ := slices.BinarySearchFunc(f.order, u, func(j int, u float64) int {
		if f.truth[j] <= u {
			return -1
		}
		return 1
	})
	f.order = slices.Insert(f.order, at, k)
}

func (f *orderFit) row(k int) []int32 {
	n := len(f.first)
	return f.rows[k*n : (k+1)*n]
}

// factor makes the Cholesky factor of X'X + ridge I.
func (f *orderFit) factor() {
	n := f.cells
	clear(f.a)
	for k := range f.truth {
		for _, i := range f.row(k) {
			for _, j := range f.row(k) {
				if j <= i {
					f.a[int(i)*n+int(j)]++
				}
			}
		}
	}
	for i := range n {
		f.a[i*n+i] += ridge
		for j := 0; j <= i; j++ {
			s := f.a[i*n+j]
			for k := range j {
				s -= float64(f.a[i*n+k] * f.a[j*n+k])
			}
			if i == j {
				f.a[i*n+i] = math.Sqrt(s)
			} else {
				f.a[i*n+j] = s / f.a[j*n+j]
			}
		}
	}
}

// forward solves L z = b in place.
func (f *orderFit) forward(b []float64) {
	n := f.cells
	for i := range n {
		s := b[i]
		for k := range i {
			s -= float64(f.a[i*n+k] * b[k])
		}
		b[i] = s / f.a[i*n+i]
	}
}

// leverage is x' (X'X + ridge)^-1 x: how little the fit knows of an outcome.
func (f *orderFit) leverage(o deal.Offer) float64 {
	clear(f.b)
	for i, v := range o {
		f.b[f.first[i]+int(v)] = 1
	}
	f.forward(f.b)
	sum := 0.0
	for _, x := range f.b {
		sum += float64(x * x)
	}
	return sum
}

// turns of the alternation.
const fitTurns = 25

// solve fits by turns: least squares on y, then y the best non-decreasing numbers along the order.
func (f *orderFit) solve() {
	n := len(f.order)
	f.factor()
	f.y, f.f = resize(f.y, n), resize(f.f, n)
	for k := range f.y {
		f.y[k] = 0.5
		if n > 1 {
			f.y[k] = float64(k) / float64(n-1)
		}
	}
	for range fitTurns {
		f.mean = 0
		for _, y := range f.y {
			f.mean += y / float64(max(n, 1))
		}
		clear(f.w)
		for k, j := range f.order {
			for _, c := range f.row(j) {
				f.w[c] += f.y[k] - f.mean
			}
		}
		f.forward(f.w)
		for i := f.cells - 1; i >= 0; i-- { // L' w = z
			s := f.w[i]
			for k := i + 1; k < f.cells; k++ {
				s -= float64(f.a[k*f.cells+i] * f.w[k])
			}
			f.w[i] = s / f.a[i*f.cells+i]
		}
		for k, j := range f.order {
			f.f[k] = f.mean
			for _, c := range f.row(j) {
				f.f[k] += f.w[c]
			}
		}
		f.rise()
	}
}

func resize(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n, 2*n)
	}
	return x[:n]
}

// rise sets y to the non-decreasing numbers nearest to f (pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman 1955), then
// stretches them to 0 and 1, so that they do not shrink to a point.
func (f *orderFit) rise() {
	f.pool = f.pool[:0]
	for _, x := range f.f {
		f.pool = append(f.pool, block{x, 1})
		for k := len(f.pool); k > 1 && f.pool[k-2].sum*float64(f.pool[k-1].n) > f.pool[k-1].sum*float64(f.pool[k-2].n); k-- {
			f.pool[k-2].sum += f.pool[k-1].sum
			f.pool[k-2].n += f.pool[k-1].n
			f.pool = f.pool[:k-1]
		}
	}
	at := 0
	for _, b := range f.pool {
		for range b.n {
			f.y[at] = b.sum / float64(b.n)
			at++
		}
	}
	if len(f.y) == 0 {
		return
	}
	lo, hi := f.y[0], f.y[len(f.y)-1]
	for k := range f.y {
		if hi > lo {
			f.y[k] = (f.y[k] - lo) / (hi - lo)
		} else {
			f.y[k] = (float64(k) + 0.5) / float64(len(f.y))
		}
	}
}

// weights are what each cell is worth, so that an outcome's estimate is the sum of its cells'. The first and last of
// the order are worth what the party said they are.
func (f *orderFit) weights(dst []float64) {
	lo, hi := 0.0, 0.0
	if n := len(f.order); n > 0 {
		lo, hi = f.truth[f.order[0]], f.truth[f.order[n-1]]
	}
	each := (lo + (hi-lo)*f.mean) / float64(max(len(f.first), 1))
	for c := range dst {
		dst[c] = (hi-lo)*f.w[c] + each
	}
}
