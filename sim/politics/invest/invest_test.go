package invest

import (
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/chance"
)

func lag(t testing.TB, lo, likely, hi float64) chance.Dist {
	t.Helper()
	d, err := chance.NewPert(lo, likely, hi)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rules(t testing.TB) Rules {
	return Rules{
		Years: 10, Median: 3.3, Spread: 1.1, Greenfield: 0.7,
		Sectors:    []Sector{{"ordinary", 0.7, 0.2}, {"sensitive", 0.3, 1}},
		Screenings: []Screening{{"as_today", 0.1, 1}, {"by_sector", 1, 1}, {"open", 0, 0}},
		Controls:   []Control{{"chinese_owned", 0, 1, 1, 0}, {"us_controlled", 0.7, 0.199, 0.1, 0.5}},
		Mitigated:  0.2, Blocked: 0.1, Forced: 0.02, Over: 4, Pace: 49, Shock: 0.3,
		PlantLag: lag(t, 2, 2.67, 4), TakeoverLag: lag(t, 0.1, 0.5, 1), ValuePerJob: 0.17e-3,
	}
}

func plan(t testing.TB, change func(*Rules)) *Plan {
	t.Helper()
	r := rules(t)
	if change != nil {
		change(&r)
	}
	p, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// numbers are what a path can be compared by.
func numbers(t *Path) []float64 {
	out := []float64{t.Announced, t.Waiting, t.Cleared, t.Mitigated, t.Withdrawn, t.Blocked, t.Refused, t.Forced, t.Jobs, t.Output}
	return append(append(out, t.Built...), t.Owned...)
}

// TestMeans: what is played agrees in mean with what is expected, in every part and year.
func TestMeans(t *testing.T) {
	const runs = 20000
	p := plan(t, nil)
	draw := Draw{Cleared: []float64{0.5, 0.7, 0.95}, Local: 0.6, Built: 0.3, Jobs: 1000}
	got, want := p.NewPath(), p.NewPath()
	for _, d := range []Deal{
		{300, 0, 0, math.Inf(1)}, {1000, 1, 1, math.Inf(1)}, {150, 1, 0, 3.5}, {50, 2, 1, 2}, {5, 0, 0, math.Inf(1)}, {0, 0, 0, 1},
	} {
		p.Expected(d, &draw, want)
		exp := numbers(want)
		sum, square := make([]float64, len(exp)), make([]float64, len(exp))
		for k := range uint64(runs) {
			p.Run(d, &draw, 7, k, got)
			for i, x := range numbers(got) {
				sum[i] += x
				square[i] += x * x
			}
			parts := got.Cleared + got.Withdrawn + got.Blocked + got.Refused + got.Waiting
			if math.Abs(parts-d.Announced) > 1e-9*d.Announced {
				t.Fatalf("%+v: parts add to %v", d, parts)
			}
		}
		for i := range exp {
			mean := sum[i] / runs
			se := math.Sqrt(math.Max(0, square[i]/runs-mean*mean) / runs)
			if math.Abs(mean-exp[i]) > 5*se+1e-9*(1+exp[i]) {
				t.Errorf("%+v, number %d: mean %v, expected %v (standard error %v)", d, i, mean, exp[i], se)
			}
		}
	}
}

// TestKernel: means are the chances times the kernel.
func TestKernel(t *testing.T) {
	p := plan(t, nil)
	draw := Draw{Cleared: []float64{0.5, 0.7, 0.95}, Local: 0.6, Built: 0.3, Jobs: 1000}
	want := p.NewPath()
	for _, a := range []float64{0, 10, 300, 1000} {
		for c := range p.rules.Controls {
			d := Deal{a, 1, c, math.Inf(1)}
			p.Expected(d, &draw, want)
			g := p.rules.Controls[c].Eased
			pass, local := g+(1-g)*0.7, g+(1-g)*0.6
			built, owned := p.Kernel(a, c)
			if x := 0.3 * (pass*built.Takeovers + local*built.Plants); math.Abs(x-Mean(want.Built)) > 1e-9 {
				t.Errorf("%v: built %v by the kernel, %v", a, x, Mean(want.Built))
			}
			if x := 0.3 * (pass*owned.Takeovers + local*owned.Plants); math.Abs(x-Mean(want.Owned)) > 1e-9 {
				t.Errorf("%v: owned %v by the kernel, %v", a, x, Mean(want.Owned))
			}
		}
	}
}

// TestClosedForm: one kind, no lag spread, no cap: the cumulative share is (t - lag)/Over.
func TestClosedForm(t *testing.T) {
	two, _ := chance.NewUniform(2, 2+1e-9)
	p := plan(t, func(r *Rules) {
		r.Greenfield, r.PlantLag, r.Pace, r.Forced = 1, two, math.Inf(1), 0
	})
	out := p.NewPath()
	p.Expected(Deal{100, 0, 0, math.Inf(1)}, &Draw{Cleared: []float64{0, 0, 0}, Local: 0.5, Built: 0.4}, out)
	for k, x := range out.Built {
		want := 100 * 0.5 * 0.4 * math.Min(1, math.Max(0, float64(k+1)-2)/4)
		if math.Abs(x-want) > 1e-6 {
			t.Errorf("year %d: %v, want %v", k+1, x, want)
		}
	}
}

// TestPaceIsACap: no more starts in a year than the pace, whatever is announced.
func TestPaceIsACap(t *testing.T) {
	now, _ := chance.NewUniform(0, 1e-9)
	p := plan(t, func(r *Rules) { r.Greenfield, r.TakeoverLag, r.Median, r.Spread = 0, now, 0.5, 0 })
	out := p.NewPath()
	p.Run(Deal{1000, 2, 0, math.Inf(1)}, &Draw{Cleared: []float64{1, 1, 1}, Built: 1}, 1, 1, out)
	last := 0.0
	for k, x := range out.Built {
		if x-last > 49+0.5 {
			t.Errorf("year %d adds %v, the pace is 49", k+1, x-last)
		}
		last = x
	}
	if math.Abs(last-490) > 1 {
		t.Errorf("ten years at the pace build %v, want 490", last)
	}
}

// TestMonotone: what eases adds; what ends the deal sooner takes away.
func TestMonotone(t *testing.T) {
	p := plan(t, nil)
	draw := Draw{Cleared: []float64{0.4, 0.7, 0.95}, Local: 0.6, Built: 0.3}
	a, b := p.NewPath(), p.NewPath()
	for k := range uint64(500) {
		for s := range 2 {
			p.Run(Deal{300, s, 0, math.Inf(1)}, &draw, 3, k, a)
			p.Run(Deal{300, s, 1, math.Inf(1)}, &draw, 3, k, b)
			if b.Cleared < a.Cleared-1e-9 || Last(b.Built) < Last(a.Built)-1e-9 {
				t.Fatalf("run %d: US control clears %v, Chinese %v", k, b.Cleared, a.Cleared)
			}
		}
		p.Run(Deal{300, 0, 0, 3}, &draw, 3, k, b)
		p.Run(Deal{300, 0, 0, math.Inf(1)}, &draw, 3, k, a)
		if Last(b.Built) > Last(a.Built)+1e-9 {
			t.Fatalf("run %d: a deal of 3 years builds %v, without end %v", k, Last(b.Built), Last(a.Built))
		}
		for i := 1; i < len(a.Built); i++ {
			if a.Built[i] < a.Built[i-1] || a.Owned[i] > a.Built[i]+1e-9 {
				t.Fatalf("run %d: %v, owned %v", k, a.Built, a.Owned)
			}
		}
	}
}

// TestManyProjects: a sum of a billion small projects ends, with the same mean.
func TestManyProjects(t *testing.T) {
	p := plan(t, func(r *Rules) { r.Median, r.Spread = 1e-6, 0 })
	draw := Draw{Cleared: []float64{0.5, 0.7, 0.95}, Local: 0.6, Built: 0.3}
	d := Deal{1000, 0, 0, math.Inf(1)}
	got, want := p.NewPath(), p.NewPath()
	p.Expected(d, &draw, want)
	sum := 0.0
	for k := range uint64(200) {
		p.Run(d, &draw, 1, k, got)
		sum += got.Cleared / 200
	}
	if math.Abs(sum-want.Cleared) > 0.01*want.Cleared {
		t.Errorf("cleared %v on average, expected %v", sum, want.Cleared)
	}
}

func TestBadRules(t *testing.T) {
	for name, change := range map[string]func(*Rules){
		"years":  func(r *Rules) { r.Years = 0 },
		"median": func(r *Rules) { r.Median = math.NaN() },
		"share":  func(r *Rules) { r.Greenfield = 1.2 },
		"sum":    func(r *Rules) { r.Sectors[0].Share = 0.5 },
		"lag":    func(r *Rules) { r.PlantLag = nil },
		"pace":   func(r *Rules) { r.Pace = 0 },
	} {
		r := rules(t)
		r.Sectors = append([]Sector(nil), r.Sectors...)
		change(&r)
		if _, err := New(r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRunDoesNotAllocate(t *testing.T) {
	p := plan(t, nil)
	draw := Draw{Cleared: []float64{0.4, 0.7, 0.95}, Local: 0.6, Built: 0.3}
	out := p.NewPath()
	k := uint64(0)
	if n := testing.AllocsPerRun(100, func() {
		p.Run(Deal{300, 0, 0, 5}, &draw, 3, k, out)
		p.Expected(Deal{300, 0, 0, 5}, &draw, out)
		k++
	}); n > 0 {
		t.Errorf("%v allocations a run", n)
	}
}

func BenchmarkRun(b *testing.B) {
	p := plan(b, nil)
	draw := Draw{Cleared: []float64{0.4, 0.7, 0.95}, Local: 0.6, Built: 0.3}
	out := p.NewPath()
	k := uint64(0)
	for b.Loop() {
		p.Run(Deal{300, 0, 0, math.Inf(1)}, &draw, 3, k, out)
		k++
	}
}
