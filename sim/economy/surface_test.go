package economy

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/linear"
	"github.com/parley-sim/parley/sim/economy/trade"
	"pgregory.net/rapid"
)

func axis(t testing.TB, to float64, values ...float64) Axis {
	a, err := NewAxis(values, slices.Max(values), to)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// small is a grid on which Ossa's model is tabulated in a moment.
func small(t testing.TB) Grid {
	return Grid{axis(t, 1.241, 0.1, 0.2, 0.511), axis(t, 1.25, 0.08, 0.212, 0.326), axis(t, 0, 0, 0.1), axis(t, 0, 0)}
}

var ossaPart = Part{Model: "ossa2014"}

func build(t testing.TB, part Part, g Grid, opt BuildOptions) *Surface {
	s, err := Build(context.Background(), part, g, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSurface: nodes are the model's own results whatever the workers, and between nodes the error
// is no larger than said.
func TestSurface(t *testing.T) {
	calls := 0
	one := build(t, ossaPart, small(t), BuildOptions{Dir: "-", Workers: 1, Progress: func(done, total int) {
		if calls++; done != calls || total < done {
			t.Errorf("progress %d of %d at call %d", done, total, calls)
		}
	}})
	many := build(t, ossaPart, small(t), BuildOptions{Dir: "-", Workers: 4})
	if !reflect.DeepEqual(one, many) {
		t.Error("one worker and four do not agree")
	}
	if calls != one.Grid.size()+one.Held {
		t.Errorf("%d calls of progress for %d solves", calls, one.Grid.size()+one.Held)
	}
	m := ossa(t)
	at := Setting{US: 0.511, CN: 0.326, Farm: 0.1}
	r, err := solveAt(context.Background(), m, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	us, cn, err := one.Worth(at)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "US", us, r.WelfareBn[6], 1e-8)
	near(t, "China", cn, r.WelfareBn[1], 1e-8)
	all, err := one.Welfare(at)
	if err != nil {
		t.Fatal(err)
	}
	for j := range all {
		near(t, one.Regions[j], all[j], r.WelfarePct[j], 1e-9)
	}
	t.Logf("%d nodes, %d held out, error %.2g $bn", one.Grid.size(), one.Held, one.HeldOut)
	if one.Held == 0 || one.HeldOut <= 0 || one.HeldOut > 0.2 {
		t.Errorf("held-out error %v of %d", one.HeldOut, one.Held)
	}
	for _, out := range []Setting{{US: 1.3, CN: 0.08}, {US: 0.09, CN: 0.08}, {US: 0.2, CN: 0.08, Relief: 0.5}} {
		if _, _, err := one.Worth(out); err == nil || !strings.Contains(err.Error(), "outside") {
			t.Errorf("%+v: %v, want it refused", out, err)
		}
	}
}

// TestSurfaceThinned: too many combinations are thinned, both ends kept, and what was left out is
// what the error is measured at.
func TestSurfaceThinned(t *testing.T) {
	g := small(t)
	s := build(t, ossaPart, g, BuildOptions{Dir: "-", Limit: 24})
	if n := s.Grid.size(); n > 24 || s.Held == 0 {
		t.Errorf("%d nodes, %d held out", n, s.Held)
	}
	for d := range g {
		a, b := g[d], s.Grid[d]
		if a[0] != b[0] || a[len(a)-1] != b[len(b)-1] {
			t.Errorf("axis %d: %v thinned to %v", d, a, b)
		}
	}
	t.Logf("%d nodes, error %.2g $bn", s.Grid.size(), s.HeldOut)
}

// TestCache: the second build reads the first, byte for byte; a truncated file, another's file and a
// folder that cannot be written are said and survived.
func TestCache(t *testing.T) {
	dir := t.TempDir()
	g := Grid{axis(t, 0, 0.1, 0.5), axis(t, 0, 0.1, 0.3), Axis{0}, Axis{0}}
	first := build(t, ossaPart, g, BuildOptions{Dir: dir})
	again := build(t, ossaPart, g, BuildOptions{Dir: dir, Progress: func(int, int) { t.Error("solved again") }})
	if !reflect.DeepEqual(first, again) {
		t.Errorf("read back\n%+v, wrote\n%+v", again, first)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	other := Grid{g[0], g[1], Axis{0, 0.1}, Axis{0}}
	foreign, err := encode(build(t, ossaPart, other, BuildOptions{Dir: "-"}))
	if err != nil {
		t.Fatal(err)
	}
	for what, b := range map[string][]byte{
		"truncated": whole[:len(whole)/2], "empty": nil, "foreign": foreign, "changed": append([]byte("0"), whole[1:]...),
	} {
		if what == "changed" && whole[0] == '0' {
			b[0] = '1'
		}
		if err := os.WriteFile(files[0], b, 0o644); err != nil {
			t.Fatal(err)
		}
		s := build(t, ossaPart, g, BuildOptions{Dir: dir})
		if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "solved anew") {
			t.Errorf("%s: notes %q", what, s.Notes)
		}
		s.Notes = nil
		if !reflect.DeepEqual(s, first) {
			t.Errorf("%s: the numbers changed", what)
		}
		if now, err := os.ReadFile(files[0]); err != nil || string(now) != string(whole) {
			t.Errorf("%s: not rebuilt: %v", what, err)
		}
	}
	// A file where the folder should be cannot be written into by anyone.
	s := build(t, ossaPart, g, BuildOptions{Dir: filepath.Join(files[0], "no")})
	if len(s.Notes) == 0 || !strings.Contains(s.Notes[len(s.Notes)-1], "could not be kept") {
		t.Errorf("read-only: notes %q", s.Notes)
	}
}

// TestComposite: one model alone is priced as it prices itself, and relief in proportion to its reach.
func TestComposite(t *testing.T) {
	ctx := context.Background()
	m, err := linear.New(linear.Default())
	if err != nil {
		t.Fatal(err)
	}
	g := Grid{axis(t, 0, 0.1, 0.3, 0.511), axis(t, 0, 0.08, 0.326), axis(t, 0, 0, 0.15), axis(t, 0, 0, 0.5, 1)}
	c, err := BuildComposite(ctx, Parts{Tariffs: Part{Model: "linear"}}, g, BuildOptions{Dir: "-"})
	if err != nil {
		t.Fatal(err)
	}
	from, to := Setting{US: 0.511, CN: 0.326, Farm: 0.15}, Setting{US: 0.1, CN: 0.08, Relief: 0.5}
	for _, reach := range []float64{1, 0.3} {
		u0, c0, err := c.Worth(from, reach)
		if err != nil {
			t.Fatal(err)
		}
		u1, c1, err := c.Worth(to, reach)
		if err != nil {
			t.Fatal(err)
		}
		wu, wc := m.Worth(to.US, to.CN, to.Farm, 0)
		ru, rc := m.Worth(to.US, to.CN, to.Farm, to.Relief)
		fu, fc := m.Worth(from.US, from.CN, from.Farm, 0)
		near(t, "US", u1-u0, wu+reach*(ru-wu)-fu, 1e-8)
		near(t, "China", c1-c0, wc+reach*(rc-wc)-fc, 1e-8)
	}
	gap, err := c.Gap(ctx, from, to)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "gap of one model to itself, US", gap.US, gap.USWithin, 1e-8)
	near(t, "gap of one model to itself, China", gap.CN, gap.CNWithin, 1e-8)
	if _, _, err := c.Worth(to, 1.5); err == nil {
		t.Error("a reach of 1.5 was accepted")
	}

	// Two models: farm tariffs by Ossa's, in the dollars of the stand-in's year.
	two, err := BuildComposite(ctx, Parts{Tariffs: Part{Model: "linear"}, Farm: ossaPart}, g, BuildOptions{Dir: "-"})
	if err != nil {
		t.Fatal(err)
	}
	u0, _, err := two.Worth(Setting{US: 0.511, CN: 0.326}, 1)
	if err != nil {
		t.Fatal(err)
	}
	u1, _, err := two.Worth(Setting{US: 0.511, CN: 0.326, Farm: 0.15}, 1)
	if err != nil {
		t.Fatal(err)
	}
	o := ossa(t)
	r0, err := solveAt(ctx, o, Setting{US: 0.511, CN: 0.326}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r1, err := solveAt(ctx, o, Setting{US: 0.511, CN: 0.326, Farm: 0.15}, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "farm tariff, US", u1-u0, (r1.WelfarePct[6]-r0.WelfarePct[6])*two.Income[0]/100, 1e-8)
}

// TestSchedule: what levels mean in a model.
func TestSchedule(t *testing.T) {
	m := ossa(t)
	in := m.Info()
	rates := func(at Setting) []float64 {
		s, err := Schedule(m, at)
		if err != nil {
			t.Fatal(err)
		}
		out, err := trade.Resolve(&in, Base(m), s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for k, x := range rates(Setting{US: preWar[0], CN: preWar[1]}) {
		near(t, "the averages of 2018 are the base", x, Base(m)[k], 1e-15)
	}
	wht, mvh := in.At(6, 1, 1), in.At(6, 1, 28)
	x := rates(Setting{US: preWar[0] / 2, CN: 0.28, Farm: 0.15})
	near(t, "farm goods", x[wht], Base(m)[wht]+0.20+0.15, 1e-12)
	near(t, "cars", x[mvh], Base(m)[mvh]+0.20, 1e-12)
	near(t, "half the base", x[in.At(1, 6, 28)], Base(m)[in.At(1, 6, 28)]/2, 1e-12)

	var split *trade.NoSplit
	if _, err := Schedule(m, Setting{US: 0.5, Relief: 0.5}); !errors.As(err, &split) || !strings.Contains(err.Error(), "linear can") {
		t.Errorf("relief in Ossa's model: %v, want who has it", err)
	}
	for _, at := range []Setting{{Relief: 1.1}, {US: math.NaN()}, {CN: math.Inf(1)}} {
		if _, err := Schedule(m, at); err == nil {
			t.Errorf("%+v was accepted", at)
		}
	}
	if _, err := Build(context.Background(), ossaPart, Grid{Axis{0, 0}, Axis{0}, Axis{0}, Axis{0}}, BuildOptions{Dir: "-"}); err == nil {
		t.Error("an axis that does not ascend was accepted")
	}
}

// TestWeights: Lagrange's weights sum to one and repeat cubics in log(1+x).
func TestWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfNDistinct(rapid.IntRange(0, 200), 4, 8, rapid.ID).Draw(t, "values")
		var f []float64
		for _, v := range values {
			f = append(f, float64(v)/100)
		}
		a, err := NewAxis(f, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		x := a[0] + (a[len(a)-1]-a[0])*rapid.Float64Range(0, 1).Draw(t, "x")
		x = math.Min(x, a[len(a)-1])
		at, err := a.around(x, 0)
		if err != nil {
			t.Fatal(err)
		}
		cubic := func(x float64) float64 { u := math.Log1p(x); return 1 + u - 3*u*u + 2*u*u*u }
		got := 0.0
		for k := range at.n {
			got += at.w[k] * cubic(a[at.first+k])
		}
		if math.Abs(got-cubic(x)) > 1e-8 {
			t.Errorf("%v at %v, want %v", got, x, cubic(x))
		}
	})
}

func FuzzDecode(f *testing.F) {
	s, err := Build(context.Background(), Part{Model: "linear"}, Grid{Axis{0, 1}, Axis{0}, Axis{0}, Axis{0}}, BuildOptions{Dir: "-"})
	if err != nil {
		f.Fatal(err)
	}
	b, err := encode(s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := decode(b); err == nil {
			if _, err := s.Welfare(s.Grid.at(0)); err != nil {
				t.Error(err)
			}
		}
	})
}
