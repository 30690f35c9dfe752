package tournament

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
)

// Domain is what is bargained over: fixed terms, as in benchmark domains, or a scenario that draws them anew for every
// repetition.
type Domain struct {
	Name  string
	Model *deal.Model
	Terms [2]deal.Terms   // fixed
	Draws *scenario.Model // nil for fixed terms
	yard  *yard           // of fixed terms
	sum   [sha256.Size]byte
}

// yard is what results are measured by.
type yard struct {
	none  [2]float64
	ideal [2]float64 // most each side can get with the other no worse off than without a deal
	zopa  bool
	front [][2]float64 // the Pareto frontier, in the score's units
	nash  [2]float64
	ks    [2]float64
	gain  bool
}

// measure fills a yard for the terms set.
func (y *yard) measure(s *deal.Solver, a, b *deal.Party, gain bool) error {
	f, err := s.Frontier(a, b)
	if err != nil {
		return err
	}
	y.gain = gain
	y.none = [2]float64{a.NoDeal(), b.NoDeal()}
	raw := make([][2]float64, len(f.Points))
	for i := range f.Points {
		raw[i] = f.Points[i].U
	}
	sol, err := s.Solve(a, b)
	if err != nil {
		return err
	}
	y.zopa, y.ideal = sol.ZOPA, sol.Ideal
	y.nash, y.ks = y.point(sol.Nash.U), y.point(sol.KalaiSmorodinsky.U)
	y.front = y.front[:0]
	for _, u := range raw {
		y.front = append(y.front, y.point(u))
	}
	return nil
}

// gainOf is a side's share of what it could get at most; 0 where there is nothing to get.
func (y *yard) gainOf(side int, u float64) float64 {
	if !y.zopa || !(y.ideal[side] > y.none[side]) {
		return 0
	}
	return (u - y.none[side]) / (y.ideal[side] - y.none[side])
}

// point is a pair of utilities in the score's units.
func (y *yard) point(u [2]float64) [2]float64 {
	if !y.gain {
		return u
	}
	return [2]float64{y.gainOf(0, u[0]), y.gainOf(1, u[1])}
}

// distances of a point in the score's units from the frontier, from Nash and from Kalai-Smorodinsky; NaN where there is none.
func (y *yard) distances(p [2]float64) (front, nash, ks float64) {
	front, nash, ks = math.NaN(), math.NaN(), math.NaN()
	if len(y.front) > 0 {
		best := math.Inf(1)
		for _, q := range y.front {
			dx, dy := p[0]-q[0], p[1]-q[1]
			best = min(best, float64(dx*dx)+float64(dy*dy))
		}
		front = math.Sqrt(best)
	}
	if y.zopa {
		nash, ks = deal.Distance(p, y.nash), deal.Distance(p, y.ks)
	}
	return front, nash, ks
}

// OpenDomains finds and compiles the domains that a tournament names. Patterns are read relative to dir. Warnings say what was
// read differently from how it stands.
func OpenDomains(ctx context.Context, names []string, dir string, opt scenario.Options) (out []*Domain, warnings []string, err error) {
	var errs []error
	taken := map[string]bool{}
	add := func(d *Domain, err error) {
		if err != nil {
			errs = append(errs, err)
			return
		}
		if taken[d.Name] {
			errs = append(errs, fmt.Errorf("domains: two are called %s", d.Name))
			return
		}
		taken[d.Name] = true
		out = append(out, d)
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		paths, isPath := expand(name, dir)
		switch {
		case !isPath:
			add(openScenario(ctx, name, opt))
		case len(paths) == 0:
			errs = append(errs, fmt.Errorf("domains: %q matches no folder", name))
		}
		n := len(out)
		for _, p := range paths {
			if strings.HasSuffix(p, ".toml") {
				add(openScenario(ctx, p, opt))
				continue
			}
			if len(paths) > 1 && !folder(p) {
				continue // a pattern takes the folders
			}
			d, err := importer.Open(p)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			warnings = append(warnings, d.Warnings...)
			add(openFixed(d))
		}
		if isPath && len(paths) > 0 && len(out) == n && len(errs) == 0 {
			errs = append(errs, fmt.Errorf("domains: %q matches no folder", name))
		}
	}
	return out, warnings, errors.Join(errs...)
}

func folder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// expand is what a name stands for: paths, sorted, or the name of a scenario that the program carries.
func expand(name, dir string) (paths []string, isPath bool) {
	if !strings.ContainsAny(name, `/\*?[.`) {
		if !folder(filepath.Join(dir, name)) {
			return nil, false
		}
		return []string{filepath.Join(dir, name)}, true
	}
	at := name
	if !filepath.IsAbs(at) {
		at = filepath.Join(dir, at)
	}
	paths, err := filepath.Glob(at)
	if err != nil {
		return nil, true
	}
	sort.Strings(paths)
	return paths, true
}

func openFixed(d *importer.Domain) (*Domain, error) {
	m, terms, err := d.Compile()
	if err != nil {
		return nil, err
	}
	out := &Domain{Name: d.Name, Model: m, Terms: terms}
	out.sum = digest(m, &terms)
	return out, nil
}

func openScenario(ctx context.Context, name string, opt scenario.Options) (*Domain, error) {
	cfg, short, err := scenario.Load(name, nil)
	if err != nil {
		return nil, err
	}
	m, err := scenario.Compile(ctx, cfg, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &Domain{Name: short, Model: m.Deal, Draws: m}
	d.sum = sha256.Sum256(cfg.TOML())
	return d, nil
}

// digest stands for all that a model and its terms say.
func digest(m *deal.Model, terms *[2]deal.Terms) (out [sha256.Size]byte) {
	h := sha256.New()
	word(h, uint64(m.Space.Len()))
	for i := range m.Space.Issues {
		is := &m.Space.Issues[i]
		fmt.Fprintf(h, "%q %q\n", is.Name, is.Values)
	}
	for side := range m.Profile {
		p := &m.Profile[side]
		for k := range p.Interests {
			fmt.Fprintf(h, "%v\n", p.Interests[k].Scope)
			floats(h, p.Interests[k].Table)
		}
		floats(h, terms[side].Weight)
		floats(h, terms[side].Cost)
		floats(h, []float64{terms[side].NoDeal})
	}
	h.Sum(out[:0])
	return out
}

func word(h hash.Hash, x uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], x)
	h.Write(b[:])
}

func floats(h hash.Hash, xs []float64) {
	word(h, uint64(len(xs)))
	for _, x := range xs {
		word(h, math.Float64bits(x))
	}
}
