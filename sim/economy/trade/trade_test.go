package trade

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// three is a small model's description: three regions, two goods and a service.
func three() *Info {
	return &Info{
		Name: "three", Regions: []string{"US", "CHN", "ROW"}, Sectors: []string{"food", "cars", "law"},
		RegionSets: map[string][]string{"us": {"US"}, "china": {"CHN"}, "pacific": {"US", "CHN"}},
		SectorSets: map[string][]string{"farm": {"food"}}, Untaxed: []bool{false, false, true},
	}
}

func TestResolve(t *testing.T) {
	in := three()
	base := make([]float64, 27)
	for k := range base {
		base[k] = 0.1
	}
	got, err := Resolve(in, base, Schedule{
		{Importer: "us", Exporter: "China", Sector: "*", Op: Set, Value: 0.25},
		{Importer: "pacific", Exporter: "row", Sector: "farm", Op: Add, Value: 0.05},
		{Importer: "US", Exporter: "CHN", Sector: "cars", Op: Scale, Value: 0.2},
		{Importer: "*", Exporter: "ROW", Sector: "cars", Op: Add, Value: -0.1},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := append([]float64(nil), base...)
	want[in.At(1, 0, 0)], want[in.At(1, 0, 1)] = 0.25, 1.25*1.2-1
	want[in.At(2, 0, 0)], want[in.At(2, 1, 0)] = 0.15, 0.15
	want[in.At(2, 0, 1)], want[in.At(2, 1, 1)] = 0, 0
	for k := range want {
		if math.Abs(got[k]-want[k]) > 1e-15 {
			t.Errorf("entry %d: %v, want %v", k, got[k], want[k])
		}
	}
	if base[in.At(1, 0, 0)] != 0.1 {
		t.Error("base was modified")
	}
}

func TestResolveUses(t *testing.T) {
	in := three()
	in.Uses = true
	base := make([]float64, 27)
	m, f, err := ResolveUses(in, base, Schedule{
		{Importer: "us", Exporter: "china", Sector: "*", Op: Add, Value: 0.3},
		{Importer: "us", Exporter: "china", Sector: "*", Use: Inputs, Op: Set, Value: 0.1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if at := in.At(1, 0, 1); m[at] != 0.1 || f[at] != 0.3 {
		t.Errorf("inputs %v, finals %v, want 0.1 and 0.3", m[at], f[at])
	}
}

func TestResolveRefuses(t *testing.T) {
	in := three()
	for _, c := range []struct {
		change Change
		says   string
	}{
		{Change{Importer: "USS", Exporter: "ROW"}, `unknown importer "USS": did you mean "US"?`},
		{Change{Importer: "US", Exporter: "Chiina"}, `did you mean "china"?`},
		{Change{Importer: "US", Exporter: "ROW", Sector: "zinc"}, `unknown sector "zinc": it has food, cars, law, farm`},
		{Change{Importer: "US", Exporter: "ROW", Sector: "law"}, "not a good"},
		{Change{Importer: "US", Exporter: "us"}, "does not tax itself"},
		{Change{Importer: "US", Exporter: "ROW", Value: -1}, "-100% is not above -100%"},
		{Change{Importer: "US", Exporter: "ROW", Value: math.NaN()}, "not a number"},
		{Change{Importer: "US", Exporter: "ROW", Value: math.Inf(1)}, "closes the market"},
		{Change{Importer: "US", Exporter: "ROW", Use: Inputs}, "does not tell tariffs on inputs and on final goods apart"},
	} {
		_, err := Resolve(in, make([]float64, 27), Schedule{c.change})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %q", c.change, err, c.says)
		}
	}
	one := &Info{Name: "one", Regions: []string{"US", "CHN"}, Sectors: []string{"all"}}
	var split *NoSplit
	if _, err := Resolve(one, make([]float64, 4), Schedule{{Importer: "US", Exporter: "CHN", Sector: "farm"}}); !errors.As(err, &split) {
		t.Errorf("a sector of a one-sector model: %v, want a *NoSplit", err)
	}
}

func TestParseRaise(t *testing.T) {
	for s, want := range map[string]Change{
		"us:china=+0.10":       {Importer: "us", Exporter: "china", Sector: "*", Op: Add, Value: 0.1},
		"us:china:cars=25%":    {Importer: "us", Exporter: "china", Sector: "cars", Op: Set, Value: 0.25},
		" us : * =x0.5":        {Importer: "us", Exporter: "*", Sector: "*", Op: Scale, Value: 0.5},
		"us:china=-5%":         {Importer: "us", Exporter: "china", Sector: "*", Op: Add, Value: -0.05},
		"Brazil:US:wht=+1e-05": {Importer: "Brazil", Exporter: "US", Sector: "wht", Op: Add, Value: 1e-5},
	} {
		if got, err := ParseRaise(s); err != nil || got != want {
			t.Errorf("%q: %+v, %v, want %+v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "us:china", "us=1", "a:b:c:d=1", ":b=1", "a:b=", "a:b=NaN", "a:b=+Inf", "a:b=ten"} {
		if got, err := ParseRaise(s); err == nil {
			t.Errorf("%q: accepted as %+v", s, got)
		}
	}
}

func TestReadSchedule(t *testing.T) {
	got, _, err := ReadSchedule(strings.NewReader("value,importer,exporter,change,sector\n0.1,US,CHN,add,*\n25%,CHN,US,set,\n"))
	want := Schedule{{"US", "CHN", "*", AllUses, Add, 0.1}, {"CHN", "US", "*", AllUses, Set, 0.25}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	for text, says := range map[string]string{
		"":                                       "empty",
		"importer,exporter,change\nUS,CHN,set\n": `no column "value"`,
		"importer,exporter,tarif,value\n":        `unknown column "tarif"`,
		"importer,exporter,change,value\nUS,CHN,ad,0.1\n":      `line 2: change "ad": did you mean "add"?`,
		"importer,exporter,change,value\nUS,,add,0.1\n":        "line 2: a region is empty",
		"importer,exporter,change,value\nUS,CHN,add,NaN\n":     "not a finite number",
		"importer,exporter,change,value\nUS,CHN,add\n":         "wrong number of fields",
		"importer,importer,change,value\nUS,CHN,add,0.1\n":     "stands twice",
		"importer,exporter,change,value,use\na,b,add,1,half\n": `use "half"`,
	} {
		if _, _, err := ReadSchedule(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

func FuzzParseRaise(f *testing.F) {
	f.Add("us:china:cars=+0.10")
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ParseRaise(s); err == nil && (c.Importer == "" || c.Exporter == "" || c.Value-c.Value != 0) {
			t.Errorf("%q gave %+v", s, c)
		}
	})
}

func FuzzReadSchedule(f *testing.F) {
	f.Add("importer,exporter,sector,change,value\nUS,CHN,*,add,0.1\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, _, err := ReadSchedule(strings.NewReader(s))
		for _, c := range rows {
			if err == nil && (c.Importer == "" || c.Sector == "" || c.Value-c.Value != 0) {
				t.Errorf("%q gave %+v", s, c)
			}
		}
	})
}

// circle is x^2 + y^2 = 4, x y = c, with a domain of positive numbers.
type circle struct{ c float64 }

func (circle) Dim() int { return 2 }

func (s circle) Eval(x, f []float64, jac *mat.Dense) error {
	if x[0] <= 0 || x[1] <= 0 {
		return errors.New("not positive")
	}
	f[0], f[1] = (x[0]*x[0]+x[1]*x[1])/4-1, x[0]*x[1]/s.c-1
	if jac != nil {
		jac.SetRow(0, []float64{x[0] / 2, x[1] / 2})
		jac.SetRow(1, []float64{x[1] / s.c, x[0] / s.c})
	}
	return nil
}

func TestNewton(t *testing.T) {
	for _, reuse := range []bool{false, true} {
		rapid.Check(t, func(t *rapid.T) {
			c := rapid.Float64Range(0.3, 1.7).Draw(t, "c")
			x := []float64{rapid.Float64Range(2.1, 30).Draw(t, "x"), rapid.Float64Range(0.01, 1).Draw(t, "y")}
			st, err := Solve(circle{c}, x, Options{Reuse: reuse})
			if err != nil {
				t.Fatal(err)
			}
			// (x+y)^2 = 4 + 2c, (x-y)^2 = 4 - 2c
			if math.Abs(x[0]+x[1]-math.Sqrt(4+2*c)) > 1e-9 || math.Abs(x[0]-x[1]-math.Sqrt(4-2*c)) > 1e-9 {
				t.Errorf("x = %v after %+v", x, st)
			}
		})
	}
}

func TestNewtonSaysNo(t *testing.T) {
	x := []float64{1.5, 1}
	_, err := Solve(circle{3}, x, Options{Model: "circle"}) // x y <= 2 on the circle
	var no *NoConvergence
	if !errors.As(err, &no) || no.Residual < 1e-3 || no.Model != "circle" {
		t.Errorf("got %v, want a *NoConvergence with its residual", err)
	}
	if _, err = Solve(circle{1}, []float64{-1, 1}, Options{}); !errors.As(err, &no) || !strings.Contains(no.Why, "domain") {
		t.Errorf("got %v, want the start refused", err)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"Brazil", "China", "EU", "US", "ROW"}
	for name, want := range map[string]string{"brasil": "Brazil", "chin": "China", "UK": "US", "zzz": "", "braz": "Brazil"} {
		if got := Nearest(name, known); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
