// Package learn measures how soon opponent models know what the other wants: the correlation of a model's
// estimate with the true utility over a domain's outcomes, by round (the measure of Baarslag, Hendrikx, Hindriks and Jonker 2013,
// "Predicting the performance of opponent models in automated negotiation").
//
// Every teacher, an agent that speaks through a whole talk because its partner insists on its own best outcome, is heard in
// both seats of every domain; each model hears the same offers. Where a talk ends early a model keeps what it knew.
// Intervals are Student's over domains.
package learn

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/study/tournament"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// Options say what is measured.
type Options struct {
	Domains  []*tournament.Domain // with fixed terms
	Models   []string             // opponent models by name
	Teachers []string             // whom they hear, as agents.Parse reads them
	Rounds   int32                // of a talk, >= 1
	Seed     uint64
}

// Result is the correlation by model and round.
type Result struct {
	Models  []string    `json:"models"`
	Rounds  []int32     `json:"rounds"` // where it was measured
	Mean    [][]float64 `json:"correlation"`
	Lo      [][]float64 `json:"lo"` // 95%, over domains
	Hi      [][]float64 `json:"hi"`
	Domains int         `json:"domains"`
	Talks   int         `json:"talks"`
	Of      int32       `json:"of_rounds"`
	Teach   []string    `json:"teachers"`
}

// mostOutcomes is how many outcomes a correlation is over; of larger spaces so many are drawn.
const mostOutcomes = 4000

// Run measures. It is a pure function of the options.
func Run(ctx context.Context, opt Options) (*Result, error) {
	r := &Result{Models: opt.Models, Rounds: marks(opt.Rounds), Of: opt.Rounds, Teach: opt.Teachers}
	if len(opt.Models) == 0 || len(opt.Teachers) == 0 || len(opt.Domains) == 0 || opt.Rounds < 1 {
		return nil, errors.New("a model, a teacher, a domain and a round are needed")
	}
	models := make([]*agents.Model, len(opt.Models))
	for k, name := range opt.Models {
		m, err := agents.NewModel(name, nil)
		if err != nil {
			return nil, err
		}
		models[k] = m
	}
	var teachers []agents.Spec
	for _, t := range opt.Teachers {
		s, err := agents.Parse(t)
		if err != nil {
			return nil, err
		}
		teachers = append(teachers, s)
	}
	// By domain, model and mark: the mean over teachers and seats.
	var by [][][]float64
	for d, dom := range opt.Domains {
		if dom.Draws != nil {
			return nil, fmt.Errorf("%s draws its preferences anew; models are measured on fixed ones", dom.Name)
		}
		sum := make([][]float64, len(models))
		for k := range sum {
			sum[k] = make([]float64, len(r.Rounds))
		}
		n := 0.0
		for side := range 2 {
			sample := outcomes(dom.Model.Space, opt.Seed, uint64(d))
			party := dom.Model.NewParty(side)
			party.Set(dom.Terms[side])
			truth := make([]float64, len(sample))
			flat := true
			for i, o := range sample {
				truth[i] = party.Utility(o)
				flat = flat && truth[i] == truth[0]
			}
			if flat || math.IsInf(party.Best(dom.Model.Space.NewOffer()), -1) {
				continue
			}
			for _, t := range teachers {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				said, err := listen(ctx, dom, side, t, opt, uint64(d))
				if err != nil {
					return nil, err
				}
				n++
				r.Talks++
				for k, m := range models {
					m.Begin(dom.Model.Space)
					at, got := 0, math.NaN()
					fresh := true
					for i, round := range r.Rounds {
						for at < len(said) && said[at].round <= round {
							m.Hear(said[at].offer, clock(said[at].round, opt.Rounds))
							at++
							fresh = true
						}
						if fresh {
							got, fresh = correlation(truth, sample, m.Estimate()), false
						}
						if !math.IsNaN(got) {
							sum[k][i] += got
						}
					}
				}
			}
		}
		if n == 0 {
			continue
		}
		for k := range sum {
			for i := range sum[k] {
				sum[k][i] /= n
			}
		}
		by = append(by, sum)
	}
	r.Domains = len(by)
	for k := range models {
		var mean, lo, hi []float64
		for i := range r.Rounds {
			m, ss, n := 0.0, 0.0, float64(len(by))
			for _, d := range by {
				m += d[k][i] / n
			}
			for _, d := range by {
				ss += (d[k][i] - m) * (d[k][i] - m)
			}
			half := 0.0
			if n > 1 {
				half = distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.975) * math.Sqrt(ss/(n-1)/n)
			}
			mean, lo, hi = append(mean, m), append(lo, m-half), append(hi, m+half)
		}
		r.Mean, r.Lo, r.Hi = append(r.Mean, mean), append(r.Lo, lo), append(r.Hi, hi)
	}
	return r, nil
}

// marks are the rounds at which it is measured: 1, 2, 3, 5, 7, 10, 20, ... and the last.
func marks(rounds int32) []int32 {
	var out []int32
	for scale := int32(1); scale <= rounds && scale > 0; scale *= 10 {
		for _, m := range []int32{1, 2, 3, 5, 7} {
			if m*scale < rounds && m*scale > 0 {
				out = append(out, m*scale)
			}
		}
		if scale > math.MaxInt32/10 {
			break
		}
	}
	return append(out, rounds)
}

func clock(round, rounds int32) float64 {
	if rounds <= 1 {
		return 1
	}
	return float64(round-1) / float64(rounds-1)
}

// outcomes are all outcomes of a space, or if they are many some drawn uniformly.
func outcomes(s *deal.Space, seed, domain uint64) []deal.Offer {
	n, ok := s.Count()
	all := ok && n <= mostOutcomes
	if !all {
		n = mostOutcomes
	}
	out := make([]deal.Offer, n)
	id := chance.ID("learn.outcome")
	for k := range out {
		out[k] = s.NewOffer()
		if all {
			s.At(uint64(k), out[k])
			continue
		}
		for i := range out[k] {
			u := chance.U(seed, domain, id, uint64(k)<<16|uint64(i))
			out[k][i] = uint16(u * float64(len(s.Issues[i].Values)))
		}
	}
	return out
}

// correlation is Pearson's, between the truth and an estimate; NaN if the estimate is flat.
func correlation(truth []float64, sample []deal.Offer, e deal.Additive) float64 {
	var sx, sy float64
	n := float64(len(sample))
	est := make([]float64, len(sample))
	for i, o := range sample {
		est[i] = e.Utility(o)
		sx += truth[i] / n
		sy += est[i] / n
	}
	var xx, yy, xy float64
	for i := range est {
		x, y := truth[i]-sx, est[i]-sy
		xx, yy, xy = xx+float64(x*x), yy+float64(y*y), xy+float64(x*y)
	}
	if xx <= 0 || yy <= 1e-24*(1+sy*sy) {
		return math.NaN()
	}
	return xy / math.Sqrt(xx*yy)
}

type saying struct {
	round int32
	offer deal.Offer
}

// listen is what a teacher says to somebody who insists.
func listen(ctx context.Context, d *tournament.Domain, side int, t agents.Spec, opt Options, domain uint64) ([]saying, error) {
	teacher, err := agents.New(t)
	if err != nil {
		return nil, err
	}
	if k, ok := teacher.(agents.Knower); ok && k.Wants() {
		k.Know(&d.Terms[1-side])
	}
	partner, err := agents.New(agents.Spec{Bidding: "hard_liner", Accept: "const", Opponent: "none", Params: map[string]float64{"accept_at": 1}})
	if err != nil {
		return nil, err
	}
	var said []saying
	s := sim.Setup{ID: domain, First: side, Rounds: opt.Rounds, Seed: [2]uint64{opt.Seed*31 + domain, opt.Seed*37 + domain + 1}}
	s.Negotiator[side], s.Negotiator[1-side] = teacher, partner
	for i := range s.Party {
		s.Party[i] = d.Model.NewParty(i)
		s.Party[i].Set(d.Terms[i])
	}
	s.Tracer = sim.TracerFunc(func(m *sim.Move) {
		if int(m.Seat) == side && m.Kind == sim.Propose {
			said = append(said, saying{m.Round, append(deal.Offer(nil), m.Offer...)})
		}
	})
	src := sim.Once(s)
	err = sim.NewPlain().Play(ctx, src, func(_ int, r *sim.Result) error {
		if r.Status == sim.Error {
			return errors.New(r.Err)
		}
		return nil
	})
	return said, err
}

// Figure is the chart of a result.
func (r *Result) Figure(made chart.Made) *chart.Learning {
	f := &chart.Learning{
		Made: made, What: "Correlation of the estimated with the true utility", Rounds: r.Of,
		Fixed: fmt.Sprintf("%d talks with %d agents on %d domains, both seats", r.Talks, len(r.Teach), r.Domains),
	}
	for k, name := range r.Models {
		c := chart.LearningCurve{Label: name}
		for i, x := range r.Rounds {
			c.Round = append(c.Round, float64(x))
			c.At, c.Lo, c.Hi = append(c.At, r.Mean[k][i]), append(c.Lo, r.Lo[k][i]), append(c.Hi, r.Hi[k][i])
		}
		f.Curves = append(f.Curves, c)
	}
	return f
}
