package egt

import (
	"math"
	"testing"
)

var (
	rps      = Game{{0, -1, 1}, {1, 0, -1}, {-1, 1, 0}}
	prisoner = Game{{3, 0}, {5, 1}} // cooperate, defect
)

// hawkDove has a prize v and a cost of fighting c > v: the stable mix has v/c hawks (Maynard Smith and Price 1973).
func hawkDove(v, c float64) Game { return Game{{(v - c) / 2, v}, {0, v / 2}} }

func close(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestRockPaperScissors(t *testing.T) {
	if p := rps.Pure(0); len(p) != 0 {
		t.Errorf("pure equilibria %v", p)
	}
	eq := rps.Symmetric(3, 1e-9)
	if len(eq) != 1 || !close(eq[0].Mix[0], 1.0/3) || !close(eq[0].Mix[1], 1.0/3) || !close(eq[0].Payoff, 0) {
		t.Fatalf("equilibria %+v", eq)
	}
	if eq[0].Stable {
		t.Error("the mix of rock, paper and scissors is not evolutionarily stable")
	}
	// The product of the shares is kept along a path (Hofbauer and Sigmund 1998, section 7.7).
	path := rps.Path([]float64{0.5, 0.3, 0.2}, 400)
	end := path[len(path)-1]
	if got := end[0] * end[1] * end[2]; math.Abs(got-0.03) > 3e-4 {
		t.Errorf("the product of the shares went from 0.03 to %v", got)
	}
}

func TestHawkDove(t *testing.T) {
	for _, vc := range [][2]float64{{2, 4}, {1, 5}, {3, 4}} {
		g := hawkDove(vc[0], vc[1])
		want := vc[0] / vc[1]
		var mixed []Equilibrium
		for _, e := range g.Symmetric(2, 1e-9) {
			if e.Mix[0] > 0 && e.Mix[1] > 0 {
				mixed = append(mixed, e)
			}
		}
		if len(mixed) != 1 || !close(mixed[0].Mix[0], want) || !mixed[0].Stable {
			t.Fatalf("v, c = %v: %+v", vc, mixed)
		}
		if p := g.Pure(0); len(p) != 1 || p[0] != [2]int{0, 1} {
			t.Errorf("pure equilibria %v", p)
		}
		b := g.Basins(1, 50, 2000)
		if len(b) != 1 || math.Abs(b[0].Mix[0]-want) > 1e-3 || b[0].Share != 1 {
			t.Errorf("basins %+v", b)
		}
	}
}

func TestPrisonersDilemma(t *testing.T) {
	if p := prisoner.Pure(0); len(p) != 1 || p[0] != [2]int{1, 1} {
		t.Errorf("pure equilibria %v", p)
	}
	eq := prisoner.Symmetric(2, 1e-9)
	if len(eq) != 1 || eq[0].Mix[1] != 1 || !eq[0].Stable || eq[0].Payoff != 1 {
		t.Errorf("equilibria %+v", eq)
	}
	if s := prisoner.Survivors(); len(s) != 1 || s[0] != 1 {
		t.Errorf("survivors %v", s)
	}
	d := prisoner.Deviations()
	if d[0].To != 1 || d[0].Gain != 2 || d[1].To != 1 || d[1].Gain != 1 || d[3].Gain != 0 {
		t.Errorf("deviations %+v", d)
	}
	b := prisoner.Basins(1, 30, 2000)
	if len(b) != 1 || math.Abs(b[0].Mix[1]-1) > 1e-3 {
		t.Errorf("basins %+v", b)
	}
}

// Two conventions: each is stable, and the starts divide where both are worth the same, at a share of
// b / (a + b) of the first.
func TestCoordinationBasins(t *testing.T) {
	g := Game{{3, 0}, {0, 1}}
	b := g.Basins(7, 4000, 2000)
	if len(b) != 2 || math.Abs(b[0].Share-0.75) > 0.02 || b[0].Mix[0] < 0.99 {
		t.Errorf("basins %+v", b)
	}
	if n := len(g.Symmetric(2, 1e-9)); n != 3 {
		t.Errorf("%d symmetric equilibria, not 3", n)
	}
}

func TestCheck(t *testing.T) {
	for _, g := range []Game{{}, {{1, 2}}, {{math.NaN()}}} {
		if g.Check() == nil {
			t.Errorf("%v passes", g)
		}
	}
	if err := rps.Check(); err != nil {
		t.Error(err)
	}
	if p := (Game{{0, 0}, {0, 0}}).Path([]float64{0.5, 0.5}, 10); len(p) == 0 {
		t.Error("no path where nothing moves")
	}
}

// A mixture that can be invaded is not where paths end, though the invader all but dies out on the way: the second strategy is beaten
// by the first while the third is common, and beats the first when it is alone.
func TestBasinsAreInvaded(t *testing.T) {
	g := Game{{0.68, 0.72, 0.99}, {0.76, 0.60, 0.20}, {0.10, 0.30, 0.40}}
	for _, b := range g.Basins(3, 60, 4000) {
		if b.Mix[1] < 0.1 {
			t.Errorf("%v of the starts end at %v, which the second strategy can invade", b.Share, b.Mix)
		}
	}
}
