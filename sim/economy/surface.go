package economy

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/parley-sim/parley/sim/economy/trade"
	"golang.org/x/sync/errgroup"
)

// Part names a model, its closure and its parameters.
type Part struct {
	Model   string
	Closure string // "": the model's default
	Params  []Param
}

// open opens the part's model.
func (p Part) open() (trade.Model, error) { return Open(p.Model, p.Closure, p.Params...) }

// Surface is welfare tabulated over the levers.
type Surface struct {
	Part    Part
	Grid    Grid      // the nodes solved
	Asked   Grid      // the values asked for; the same unless they were too many
	Year    int       // of the model
	Regions []string  // of the model; of a surface that ships with the program, the two governments
	Income  []float64 // by region, $bn a year
	US, CN  int       // places of the two governments among Regions
	// Pct is welfare against the model's base, %, by region then node, the last lever fastest.
	Pct [][]float64
	// HeldOut is the largest error of the interpolation, $bn a year, for either government, at
	// Held points between nodes (or left out of them) that were solved too; 0 of 0 points if there
	// is nothing to interpolate.
	HeldOut float64
	Held    int
	// Notes say what a reader should know: where it came from, what went wrong with the cache.
	Notes []string
}

// BuildOptions of a surface. The zero value is usable.
type BuildOptions struct {
	Limit    int                   // most combinations solved; 0: 400
	Workers  int                   // 0: one a processor
	Progress func(done, total int) // may be nil; calls do not overlap
	// Dir is the folder of cached surfaces; "": parley/economy in the user's cache folder; "-": none.
	Dir string
	// Anew solves even what is known, and leaves the cache alone.
	Anew bool
}

// Build tabulates a part over a grid, from the cache if it holds it. Solves run in parallel, each
// row of the grid warm from its beginning, so the result does not depend on the number of workers.
func Build(ctx context.Context, part Part, grid Grid, opt BuildOptions) (*Surface, error) {
	if err := grid.check(); err != nil {
		return nil, err
	}
	if opt.Limit == 0 {
		opt.Limit = 400
	}
	if opt.Anew {
		return solve(ctx, part, grid, opt)
	}
	key, err := cacheKey(part, grid, opt.Limit)
	if err != nil {
		return nil, err
	}
	cache := openCache(opt.Dir)
	s, notes := cache.read(key, part, grid)
	if s != nil {
		s.Notes = append(s.Notes, notes...)
		return s, nil
	}
	if s, err = solve(ctx, part, grid, opt); err != nil {
		return nil, err
	}
	if note := cache.write(key, s); note != "" {
		notes = append(notes, note)
	}
	s.Notes = append(s.Notes, notes...)
	return s, nil
}

// solve tabulates without the cache.
func solve(ctx context.Context, part Part, grid Grid, opt BuildOptions) (*Surface, error) {
	m, err := part.open()
	if err != nil {
		return nil, err
	}
	in := m.Info()
	s := &Surface{Part: part, Grid: grid.thin(opt.Limit), Asked: grid, Year: in.Year, Regions: in.Regions}
	if s.US, err = in.Region("us"); err != nil {
		return nil, err
	}
	if s.CN, err = in.Region("china"); err != nil {
		return nil, err
	}
	if s.Income, err = Incomes(ctx, m); err != nil {
		return nil, err
	}
	nodes := s.Grid.size()
	s.Pct = make([][]float64, len(in.Regions))
	for j := range s.Pct {
		s.Pct[j] = make([]float64, nodes)
	}
	held := s.holdOut()
	exact := make([][2]float64, len(held))
	row := len(s.Grid[3]) * len(s.Grid[2])
	var done atomic.Int64
	var talk sync.Mutex
	tick := func() {
		n := int(done.Add(1))
		if opt.Progress != nil {
			talk.Lock()
			opt.Progress(n, nodes+len(held))
			talk.Unlock()
		}
	}
	workers := opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for first := 0; first < nodes; first += row {
		g.Go(func() error {
			var w trade.Warm
			for k := first; k < first+row; k++ {
				r, err := solveAt(ctx, m, s.Grid.at(k), &w)
				if err != nil {
					return err
				}
				for j, x := range r.WelfarePct {
					s.Pct[j][k] = x
				}
				tick()
			}
			return nil
		})
	}
	for k, at := range held {
		g.Go(func() error {
			r, err := solveAt(ctx, m, at, nil)
			if err != nil {
				return err
			}
			exact[k] = [2]float64{r.WelfarePct[s.US], r.WelfarePct[s.CN]}
			tick()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	s.Held = len(held)
	for k, at := range held {
		us, cn, err := s.Worth(at)
		if err != nil {
			return nil, err
		}
		s.HeldOut = math.Max(s.HeldOut, math.Abs(us-exact[k][0]*s.Income[s.US]/100))
		s.HeldOut = math.Max(s.HeldOut, math.Abs(cn-exact[k][1]*s.Income[s.CN]/100))
	}
	return s, nil
}

func solveAt(ctx context.Context, m trade.Model, at Setting, w *trade.Warm) (*trade.Result, error) {
	sched, err := Schedule(m, at)
	if err != nil {
		return nil, err
	}
	r, err := m.Solve(ctx, sched, w)
	if err != nil {
		return nil, fmt.Errorf("at us_tariff %.4g, cn_tariff %.4g, farm_tariff %.4g, input_relief %.4g: %w", at.US, at.CN, at.Farm, at.Relief, err)
	}
	return r, nil
}

// holdOut picks up to eight settings at which to test the interpolation: combinations left out of
// the nodes if there are any, else middles of cells; spread evenly.
func (s *Surface) holdOut() []Setting {
	const most = 8
	var mids Grid // per lever: values asked for but left out, else middles of cells
	between := false
	for d, a := range s.Grid {
		have := make(map[float64]bool, len(a))
		for _, v := range a {
			have[v] = true
		}
		for _, v := range s.Asked[d] {
			if !have[v] {
				mids[d] = append(mids[d], v)
			}
		}
		if len(mids[d]) == 0 && len(a) > 1 {
			for k := 1; k < len(a); k++ {
				mids[d] = append(mids[d], math.Expm1((math.Log1p(a[k-1])+math.Log1p(a[k]))/2))
			}
		}
		if len(mids[d]) == 0 {
			mids[d] = a
		} else {
			between = true
		}
	}
	if !between {
		return nil
	}
	n := mids.size()
	var out []Setting
	for k := range min(most, n) {
		out = append(out, mids.at((2*k+1)*n/(2*min(most, n))))
	}
	return out
}

// Worth is welfare of the two governments at a setting against the model's base, $bn a year of the
// model's year: exact at nodes, between them by polynomials of up to fifth degree in log(1+x). Beyond them is an error.
func (s *Surface) Worth(at Setting) (us, cn float64, err error) {
	var pct [2]float64
	if err := s.welfare(at, []int{s.US, s.CN}, pct[:]); err != nil {
		return 0, 0, err
	}
	return pct[0] * s.Income[s.US] / 100, pct[1] * s.Income[s.CN] / 100, nil
}

// Welfare is the welfare of every region at a setting, % of its base.
func (s *Surface) Welfare(at Setting) ([]float64, error) {
	all := make([]int, len(s.Regions))
	for j := range all {
		all[j] = j
	}
	out := make([]float64, len(all))
	return out, s.welfare(at, all, out)
}

// welfare adds the welfare of some regions to out.
func (s *Surface) welfare(at Setting, regions []int, out []float64) error {
	var near [4]nodes
	for d, x := range at.array() {
		var err error
		if near[d], err = s.Grid[d].around(x, d); err != nil {
			return fmt.Errorf("%s: %w", s.Part.Model, err)
		}
	}
	for a := range near[0].n {
		for b := range near[1].n {
			for c := range near[2].n {
				for d := range near[3].n {
					w := near[0].w[a] * near[1].w[b] * near[2].w[c] * near[3].w[d]
					k := near[0].first + a
					k = k*len(s.Grid[1]) + near[1].first + b
					k = k*len(s.Grid[2]) + near[2].first + c
					k = k*len(s.Grid[3]) + near[3].first + d
					for r, j := range regions {
						out[r] += float64(w * s.Pct[j][k])
					}
				}
			}
		}
	}
	return nil
}
