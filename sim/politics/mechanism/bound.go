package mechanism

import (
	"fmt"
	"math"
)

// Side is one side's types and what outcomes are worth to them over no deal.
type Side struct {
	Chance []float64   // of each type, >= 0, sums to 1
	Worth  [][]float64 // Worth[type][outcome], over no deal; -Inf for what the type never signs
}

// Bound is the most that can be reached on average.
type Bound struct {
	First  float64 // with types known: the best outcome of each pair, no deal where none is worth more than 0
	Second float64 // with types private: no more, by whatever rules
}

// Share is Second over First, 1 where nothing is to be had.
func (b Bound) Share() float64 {
	if b.First <= 0 {
		return 1
	}
	return min(1, b.Second/b.First)
}

// MaxTypes bounds a side's types: their reports are compared two by two.
const MaxTypes = 32

// never stands for -Inf in what a type would get by reporting another: so many times the largest worth.
const never = 10

// Solve finds the bound for two sides over the same outcomes. It returns an error on probabilities that do not sum to
// 1, worths that are NaN or +Inf, or types of different numbers of outcomes; and ErrPrecision
// where the programme cannot be solved to 1e-6 of the largest worth.
func Solve(a, b *Side) (Bound, error) {
	sides := [2]*Side{a, b}
	scale, outcomes := 0.0, -1
	for s, side := range sides {
		if err := side.check(); err != nil {
			return Bound{}, fmt.Errorf("side %d: %w", s+1, err)
		}
		for _, w := range side.Worth {
			if outcomes < 0 {
				outcomes = len(w)
			}
			if len(w) != outcomes {
				return Bound{}, fmt.Errorf("side %d: a type with %d outcomes, another with %d", s+1, len(w), outcomes)
			}
			for _, x := range w {
				if !math.IsInf(x, -1) {
					scale = max(scale, math.Abs(x))
				}
			}
		}
	}
	if scale == 0 {
		return Bound{}, nil
	}
	l := newLayout(a, b, outcomes, scale)
	if len(l.at) == 0 {
		return Bound{}, nil
	}
	value, _, err := l.programme().solve()
	if err != nil {
		return Bound{}, err
	}
	first := l.first()
	return Bound{First: first * scale, Second: min(value, first) * scale}, nil
}

func (s *Side) check() error {
	n := len(s.Chance)
	if n == 0 || len(s.Worth) != n {
		return fmt.Errorf("%d types with %d chances", len(s.Worth), n)
	}
	if n > MaxTypes {
		return fmt.Errorf("%d types are more than %d", n, MaxTypes)
	}
	sum := 0.0
	for i, p := range s.Chance {
		if !(p >= 0) {
			return fmt.Errorf("type %d: chance %v is not >= 0", i, p)
		}
		sum += p
		for x, w := range s.Worth[i] {
			if math.IsNaN(w) || math.IsInf(w, 1) {
				return fmt.Errorf("type %d: outcome %d is worth %v", i, x, w)
			}
		}
	}
	if math.Abs(sum-1) > 1e-9 {
		return fmt.Errorf("chances sum to %v, not 1", sum)
	}
	return nil
}

// layout is where the programme's variables stand: U, W, then the chances of what may be signed.
type layout struct {
	a, b  *Side
	scale float64
	at    []place
}

type place struct{ i, j, x int }

// newLayout lists what may be signed. An outcome that is worth less than another to both of a pair's types, and is
// no threat to anybody, is kept all the same: it may tell types apart.
func newLayout(a, b *Side, outcomes int, scale float64) *layout {
	l := &layout{a: a, b: b, scale: scale}
	for i := range a.Chance {
		for j := range b.Chance {
			for x := range outcomes {
				if sum := a.Worth[i][x] + b.Worth[j][x]; !math.IsInf(sum, -1) && sum > 0 {
					l.at = append(l.at, place{i, j, x})
				}
			}
		}
	}
	return l
}

// worth is what an outcome is worth to a type, in units of the scale.
func (l *layout) worth(s *Side, i, x int) float64 { return max(s.Worth[i][x]/l.scale, -never) }

func (l *layout) first() float64 {
	best := map[[2]int]float64{}
	sum := 0.0
	for _, p := range l.at {
		best[[2]int{p.i, p.j}] = max(best[[2]int{p.i, p.j}], l.worth(l.a, p.i, p.x)+l.worth(l.b, p.j, p.x))
	}
	for i, f := range l.a.Chance {
		for j, g := range l.b.Chance {
			sum += f * g * best[[2]int{i, j}]
		}
	}
	return sum
}

// programme lays the rows: each side's reports two by two, who pays, one outcome a pair.
func (l *layout) programme() *programme {
	na, nb := len(l.a.Chance), len(l.b.Chance)
	p := &programme{n: na + nb + len(l.at), m: na*(na-1) + nb*(nb-1) + 1 + na*nb}
	p.a, p.b, p.c = make([]float64, p.m*p.n), make([]float64, p.m), make([]float64, p.n)
	q := na + nb // the first of the chances
	row := 0
	cell := func(j int) *float64 { return &p.a[row*p.n+j] }
	for i := range na {
		for k := range na {
			if i == k {
				continue
			}
			*cell(i), *cell(k) = -1, 1
			for v, at := range l.at {
				if at.i == k {
					*cell(q + v) = l.b.Chance[at.j] * (l.worth(l.a, i, at.x) - l.worth(l.a, k, at.x))
				}
			}
			row++
		}
	}
	for j := range nb {
		for k := range nb {
			if j == k {
				continue
			}
			*cell(na + j), *cell(na + k) = -1, 1
			for v, at := range l.at {
				if at.j == k {
					*cell(q + v) = l.a.Chance[at.i] * (l.worth(l.b, j, at.x) - l.worth(l.b, k, at.x))
				}
			}
			row++
		}
	}
	for i, f := range l.a.Chance {
		*cell(i) = f
	}
	for j, g := range l.b.Chance {
		*cell(na + j) = g
	}
	for v, at := range l.at {
		gain := l.a.Chance[at.i] * l.b.Chance[at.j] * (l.worth(l.a, at.i, at.x) + l.worth(l.b, at.j, at.x))
		*cell(q + v), p.c[q+v] = -gain, gain
	}
	row++
	for i := range na {
		for j := range nb {
			for v, at := range l.at {
				if at.i == i && at.j == j {
					*cell(q + v) = 1
				}
			}
			p.b[row] = 1
			row++
		}
	}
	return p
}
