package tournament

import (
	"fmt"
	"math"
	"sort"

	"github.com/parley-sim/parley/internal/analysis/egt"
	"github.com/parley-sim/parley/internal/store"
)

// Result is what came of a tournament: summary.json.
type Result struct {
	Title    string   `json:"title"`
	Seed     uint64   `json:"seed"`
	Score    string   `json:"score"` // utility or gain
	Domains  []string `json:"domains"`
	Players  []string `json:"players"`
	Sessions int64    `json:"sessions"`
	Errors   int64    `json:"errors"` // of these, left out of all means
	Units    int      `json:"units"`  // pairs of means are compared over so many
	Unit     string   `json:"unit"`   // "domain" or "domain and repetition"
	Rounds   int64    `json:"rounds"`
	Repeated int64    `json:"repetitions"`

	Ranking    []Rank       `json:"ranking"`     // best first
	Pairs      []Difference `json:"differences"` // of every two players, the better first
	HeadToHead [][]Num      `json:"head_to_head"`
	Agreement  [][]Num      `json:"agreement"`
	ByDomain   []DomainRow  `json:"by_domain"`
	Game       GameResult   `json:"game"`
	Scatter    Scatter      `json:"-"`
}

// Num is a number that may be missing: null in JSON where nothing was played.
type Num float64

// MarshalJSON implements json.Marshaler.
func (n Num) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%.10g", float64(n)), nil
}

// Rank is one player's line.
type Rank struct {
	Place      int    `json:"place"`
	Player     string `json:"player"`
	Score      Num    `json:"score"` // mean of its own
	Lo         Num    `json:"lo"`    // 95%, common luck of a unit left out
	Hi         Num    `json:"hi"`
	Behind     Num    `json:"behind"` // the first, by so much
	P          Num    `json:"p"`      // of that, Holm-corrected over all pairs; 1 for the first
	Tied       bool   `json:"tied"`   // cannot be told from the first at 5%
	Other      Num    `json:"other"`  // mean score of those it met
	Joint      Num    `json:"joint"`
	Agreement  Num    `json:"agreement"` // share of its talks
	ToFrontier Num    `json:"to_frontier"`
	ToNash     Num    `json:"to_nash"`
	ToKS       Num    `json:"to_kalai_smorodinsky"`
	Round      Num    `json:"round"` // of agreements

	// 95% intervals of the means above, as Lo and Hi.
	OtherCI     [2]Num `json:"other_95"`
	JointCI     [2]Num `json:"joint_95"`
	AgreementCI [2]Num `json:"agreement_95"`
	FrontierCI  [2]Num `json:"to_frontier_95"`
	NashCI      [2]Num `json:"to_nash_95"`
	KSCI        [2]Num `json:"to_kalai_smorodinsky_95"`

	Sessions    int64 `json:"sessions"`
	Errors      int64 `json:"errors"` // it is to blame for
	DomainsBest int   `json:"domains_best"`
}

// Difference compares two players over the units.
type Difference struct {
	Better string `json:"better"`
	Worse  string `json:"worse"`
	By     Num    `json:"by"`
	Lo     Num    `json:"lo"`
	Hi     Num    `json:"hi"`
	P      Num    `json:"p"` // Holm-corrected
}

// DomainRow is the mean scores on one domain.
type DomainRow struct {
	Domain string `json:"domain"`
	Best   string `json:"best"`
	Scores []Num  `json:"scores"` // in the order of Players
}

// GameResult is the empirical game of strategies.
type GameResult struct {
	Payoff     [][]Num       `json:"payoff"` // mean score of row against column
	Pure       [][2]string   `json:"pure_equilibria"`
	Symmetric  []Mixture     `json:"symmetric_equilibria"` // with at most three strategies
	Basins     []Mixture     `json:"basins"`               // of the replicator, by share of starts
	Deviations []BestChange  `json:"deviations"`           // from everybody playing one strategy
	Survivors  []string      `json:"undominated"`
	Simplex    []string      `json:"simplex"` // the three strategies drawn
	paths      [][][]float64 // in the triangle
	rests      []egt.Equilibrium
}

// Mixture is a mixture of strategies; those below one in a hundred are left out.
type Mixture struct {
	Of     map[string]Num `json:"of"`
	Payoff Num            `json:"payoff"`
	Stable bool           `json:"stable"`
	Share  Num            `json:"share,omitempty"` // of starts, for basins
	order  []string
}

// BestChange is what one player gains most by where all others play a strategy.
type BestChange struct {
	All  string `json:"all"`
	To   string `json:"to"` // the same where nothing is better
	Gain Num    `json:"gain"`
}

// Scatter are the deals by both sides' gains, for the chart.
type Scatter struct {
	Lo, Hi float64
	Count  [][]int64 // by bin of seat 0 and seat 1
	Deals  int64
	At     [2][]int64 // margins
}

// tally adds up rows.
type tally struct {
	j         *Job
	n, d, rep int
	cell      []acc // by ordered pair of players, over both seats: [a][b] is a's view
	perUnit   []acc // by unit and player
	perDomain []acc // by domain and player
	blame     []int64
	sessions  int64
	errors    int64
	byRep     bool
	scatter   Scatter
}

// acc are sums over sessions from one player's side.
type acc struct {
	n, deals                        int64
	own, other, front, nash, ks, at float64
	fronts, points                  int64
}

func (a *acc) add(b *acc) {
	a.n += b.n
	a.deals += b.deals
	a.own += b.own
	a.other += b.other
	a.front += b.front
	a.nash += b.nash
	a.ks += b.ks
	a.at += b.at
	a.fronts += b.fronts
	a.points += b.points
}

func over(x float64, n int64) Num {
	if n == 0 {
		return Num(math.NaN())
	}
	return Num(x / float64(n))
}

// fewDomains is the number below which units are repetitions on a domain.
const fewDomains = 6

const scatterBins = 40

// Summarise reads a folder's rows.
func Summarise(j *Job, f *store.Folder) (*Result, error) {
	t := &tally{j: j, n: len(j.Players), d: len(j.Domains)}
	runs := f.Runs()
	t.rep = int((runs + j.Points() - 1) / j.Points())
	units := t.d
	if t.byRep = t.d < fewDomains; t.byRep {
		units *= t.rep
	}
	t.cell = make([]acc, t.n*t.n)
	t.perUnit = make([]acc, units*t.n)
	t.perDomain = make([]acc, t.d*t.n)
	t.blame = make([]int64, t.n)
	t.scatter = Scatter{Lo: 0, Hi: 1, Count: make([][]int64, scatterBins)}
	for i := range t.scatter.Count {
		t.scatter.Count[i] = make([]int64, scatterBins)
	}
	for s := range t.scatter.At {
		t.scatter.At[s] = make([]int64, scatterBins)
	}
	err := f.Scan(nil, func(b *store.Block) error {
		for i := range b.N {
			t.row(b, i)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t.result(units), nil
}

func (t *tally) row(b *store.Block, i int) {
	at := func(c int) uint64 { return b.Cells[c][i] }
	t.sessions++
	pair := [2]int{int(at(colAgent)), int(at(colAgent + 1))}
	if at(colStatus) == faulty {
		t.errors++
		t.blame[pair[at(colBlame)]]++
		return
	}
	d := int(at(colDomain))
	unit := d
	if t.byRep {
		unit = d*t.rep + int(at(colReplication))
	}
	score := [2]float64{b.F(colScore, i), b.F(colScore+1, i)}
	deal := at(colStatus) == ended
	for side, k := range pair {
		a := acc{n: 1, own: score[side], other: score[1-side]}
		if deal {
			a.deals, a.at = 1, float64(at(colRound))
		}
		if x := b.F(colToFrontier, i); !math.IsNaN(x) {
			a.fronts, a.front = 1, x
		}
		if x := b.F(colToNash, i); !math.IsNaN(x) {
			a.points, a.nash, a.ks = 1, x, b.F(colToKS, i)
		}
		t.cell[k*t.n+pair[1-side]].add(&a)
		t.perUnit[unit*t.n+k].add(&a)
		t.perDomain[d*t.n+k].add(&a)
	}
	if deal {
		t.scatter.Deals++
		var bin [2]int
		for s := range bin {
			x := b.F(colGain+s, i)
			bin[s] = min(scatterBins-1, max(0, int(x*scatterBins)))
			t.scatter.At[s][bin[s]]++
		}
		t.scatter.Count[bin[0]][bin[1]]++
	}
}

func (t *tally) result(units int) *Result {
	j := t.j
	r := &Result{
		Title: j.Config.Title, Seed: uint64(j.Config.Seed), Score: j.Config.Score, Sessions: t.sessions, Errors: t.errors,
		Rounds: j.Config.Rounds, Repeated: int64(t.rep), Unit: "domain", Scatter: t.scatter,
	}
	if t.byRep {
		r.Unit = "domain and repetition"
	}
	for _, p := range j.Players {
		r.Players = append(r.Players, p.Name)
	}
	for _, d := range j.Domains {
		r.Domains = append(r.Domains, d.Name)
	}
	// Units in which every player has a mean.
	var x [][]float64
	for u := range units {
		row := make([]float64, t.n)
		whole := true
		for k := range row {
			a := &t.perUnit[u*t.n+k]
			whole = whole && a.n > 0
			row[k] = float64(over(a.own, a.n))
		}
		if whole {
			x = append(x, row)
		}
	}
	r.Units = len(x)
	t.rank(r, x, units)
	t.tables(r)
	t.game(r)
	return r
}

// measures are the within-unit estimates of what is measured beside the score, in the order of Rank's intervals; nil where no
// unit has it for every player.
func (t *tally) measures(units int) [6][]estimate {
	var out [6][]estimate
	for m, of := range []func(*acc) (float64, int64){
		func(a *acc) (float64, int64) { return a.other, a.n },
		func(a *acc) (float64, int64) { return a.own + a.other, a.n },
		func(a *acc) (float64, int64) { return float64(a.deals), a.n },
		func(a *acc) (float64, int64) { return a.front, a.fronts },
		func(a *acc) (float64, int64) { return a.nash, a.points },
		func(a *acc) (float64, int64) { return a.ks, a.points },
	} {
		var x [][]float64
		for u := range units {
			row := make([]float64, t.n)
			whole := true
			for k := range row {
				sum, n := of(&t.perUnit[u*t.n+k])
				whole = whole && n > 0
				row[k] = sum / float64(max(n, 1))
			}
			if whole {
				x = append(x, row)
			}
		}
		out[m] = within(x)
	}
	return out
}

func (t *tally) rank(r *Result, x [][]float64, units int) {
	est := within(x)
	if est == nil {
		est = make([]estimate, t.n)
	}
	type two struct {
		a, b int
		e    estimate
	}
	var pairs []two
	var p []float64
	col := make([]float64, len(x))
	for a := range t.n {
		for b := range a {
			i, k := a, b
			if est[k].mean >= est[i].mean {
				i, k = k, i
			}
			for u := range x {
				col[u] = x[u][i] - x[u][k]
			}
			e, raw := student(col)
			pairs, p = append(pairs, two{i, k, e}), append(p, raw)
		}
	}
	fixed := holm(p)
	order := make([]int, t.n)
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return est[order[a]].mean > est[order[b]].mean })
	best := make([]int, t.n)
	for d := range t.d {
		top, at := math.Inf(-1), -1
		for k := range t.n {
			if a := &t.perDomain[d*t.n+k]; a.n > 0 && a.own/float64(a.n) > top {
				top, at = a.own/float64(a.n), k
			}
		}
		if at >= 0 {
			best[at]++
		}
	}
	others := t.measures(units)
	for place, k := range order {
		var a acc
		for o := range t.n {
			a.add(&t.cell[k*t.n+o])
		}
		line := Rank{
			Place: place + 1, Player: r.Players[k], Score: Num(est[k].mean), Lo: Num(est[k].lo), Hi: Num(est[k].hi), P: 1,
			Other: over(a.other, a.n), Joint: over(a.own+a.other, a.n), Agreement: over(float64(a.deals), a.n),
			ToFrontier: over(a.front, a.fronts), ToNash: over(a.nash, a.points), ToKS: over(a.ks, a.points),
			Round: over(a.at, a.deals), Sessions: a.n, Errors: t.blame[k], DomainsBest: best[k],
		}
		for m, ci := range []*[2]Num{&line.OtherCI, &line.JointCI, &line.AgreementCI, &line.FrontierCI, &line.NashCI, &line.KSCI} {
			*ci = [2]Num{Num(math.NaN()), Num(math.NaN())}
			if e := others[m]; e != nil {
				*ci = [2]Num{Num(e[k].lo), Num(e[k].hi)}
			}
		}
		for q := range pairs {
			if w := &pairs[q]; w.a == order[0] && w.b == k || w.b == order[0] && w.a == k {
				line.P, line.Behind = Num(fixed[q]), Num(est[order[0]].mean-est[k].mean)
			}
		}
		line.Tied = place == 0 || float64(line.P) > 0.05
		r.Ranking = append(r.Ranking, line)
	}
	place := make([]int, t.n)
	for i, k := range order {
		place[k] = i
	}
	index := make([]int, len(pairs))
	for i := range index {
		index[i] = i
	}
	sort.SliceStable(index, func(a, b int) bool {
		p, q := &pairs[index[a]], &pairs[index[b]]
		if place[p.a] != place[q.a] {
			return place[p.a] < place[q.a]
		}
		return place[p.b] < place[q.b]
	})
	for _, i := range index {
		w := &pairs[i]
		r.Pairs = append(r.Pairs, Difference{Better: r.Players[w.a], Worse: r.Players[w.b], By: Num(w.e.mean), Lo: Num(w.e.lo), Hi: Num(w.e.hi), P: Num(fixed[i])})
	}
}

func (t *tally) tables(r *Result) {
	for a := range t.n {
		var own, deals []Num
		for b := range t.n {
			c := &t.cell[a*t.n+b]
			own, deals = append(own, over(c.own, c.n)), append(deals, over(float64(c.deals), c.n))
		}
		r.HeadToHead, r.Agreement = append(r.HeadToHead, own), append(r.Agreement, deals)
	}
	for d := range t.d {
		row := DomainRow{Domain: r.Domains[d]}
		top := math.Inf(-1)
		for k := range t.n {
			a := &t.perDomain[d*t.n+k]
			row.Scores = append(row.Scores, over(a.own, a.n))
			if s := a.own / float64(max(a.n, 1)); a.n > 0 && s > top {
				top, row.Best = s, r.Players[k]
			}
		}
		r.ByDomain = append(r.ByDomain, row)
	}
}
