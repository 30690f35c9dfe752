package chance

import (
	"fmt"
	"sort"
	"strings"
)

// Choice draws one of several alternatives. As a Dist its values are the indices 0 to n-1, in the
// order given.
type Choice struct {
	names []string
	share []float64 // shares, summing to 1
	upTo  []float64 // upTo[i] = share[0] + ... + share[i]; 1 from the last drawable one on
	last  int       // the last that can be drawn
}

// NewChoice gives alternative names[i] the chance weights[i] / sum of weights. At least one
// alternative; names differ and are not empty; weights are finite, at least 0, not all 0.
func NewChoice(names []string, weights []float64) (Choice, error) {
	if len(names) != len(weights) {
		panic("chance: as many weights as names are needed")
	}
	if len(names) == 0 {
		return Choice{}, fmt.Errorf("choice: no alternative given; write at least one with its weight, as in { choice = { a = 3, b = 1 } }")
	}
	sum, last := 0.0, -1
	at := make(map[string]int, len(names))
	for i, n := range names {
		w := weights[i]
		switch _, twice := at[n]; {
		case n == "":
			return Choice{}, fmt.Errorf("choice: alternative %d has no name; give it one", i+1)
		case twice:
			return Choice{}, fmt.Errorf("choice: %q is given twice; give it once, with the sum of its weights", n)
		}
		at[n] = i
		if err := finite("choice", param{"weight of " + n, w}); err != nil {
			return Choice{}, err
		}
		if w < 0 {
			return Choice{}, fmt.Errorf("choice: weight of %s %s is not >= 0; use 0 to leave it out", n, short(w))
		}
		if w > 0 {
			last = i
		}
		sum += w
	}
	if last < 0 {
		return Choice{}, fmt.Errorf("choice: every weight is 0; give at least one of %s a weight above 0", strings.Join(names, ", "))
	}
	if err := finite("choice", param{"sum of weights", sum}); err != nil {
		return Choice{}, err
	}
	c := Choice{append([]string(nil), names...), make([]float64, len(names)), make([]float64, len(names)), last}
	run := 0.0
	for i, w := range weights {
		run += w
		c.share[i] = w / sum
		c.upTo[i] = run / sum
		if i >= last {
			c.upTo[i] = 1
		}
	}
	return c, nil
}

// Index is the alternative that p draws. One of weight 0 is never drawn.
func (c Choice) Index(p float64) int {
	check(p)
	if p == 1 {
		return c.last
	}
	if len(c.upTo) <= 8 { // a straight walk beats the halving
		i := 0
		for c.upTo[i] < p || c.upTo[i] == 0 {
			i++
		}
		return i
	}
	return sort.Search(len(c.upTo), func(i int) bool { return c.upTo[i] >= p && c.upTo[i] > 0 })
}

// Quantile is Index as a number.
func (c Choice) Quantile(p float64) float64 { return float64(c.Index(p)) }

// Support is the lowest and the highest index that can be drawn.
func (c Choice) Support() (lo, hi float64) { return c.Quantile(0), c.Quantile(1) }

// Mean is that of the index: the sum of i times the chance of i.
func (c Choice) Mean() float64 {
	m := 0.0
	for i, s := range c.share {
		m += float64(float64(i) * s)
	}
	return m
}

// Names are the alternatives, in order; not to be modified.
func (c Choice) Names() []string { return c.names }

// Share is the chance of alternative i, 0 to 1.
func (c Choice) Share(i int) float64 { return c.share[i] }

func (c Choice) String() string {
	parts := make([]string, len(c.names))
	for i, n := range c.names {
		parts[i] = n + " " + percent(c.share[i])
	}
	return "choice of " + strings.Join(parts, ", ")
}

// Chance is 1 with a given probability, else 0.
type Chance struct{ yes float64 }

// NewChance is 1 with probability yes, 0 <= yes <= 1.
func NewChance(yes float64) (Chance, error) {
	if err := finite("chance", param{"probability", yes}); err != nil {
		return Chance{}, err
	}
	if yes < 0 || yes > 1 {
		hint := "use 0 for never, 1 for always"
		if yes > 1 && yes <= 100 {
			hint = fmt.Sprintf("for %s%% write %s", short(yes), short(yes/100))
		}
		return Chance{}, fmt.Errorf("chance: probability %s is outside 0 to 1; %s", short(yes), hint)
	}
	return Chance{yes}, nil
}

// Quantile is 0 up to p = 1 - yes and 1 above it.
func (c Chance) Quantile(p float64) float64 {
	if c.Holds(p) {
		return 1
	}
	return 0
}

// Holds is whether p draws a 1.
func (c Chance) Holds(p float64) bool {
	check(p)
	return 1-p < c.yes || c.yes == 1
}

// Support is [0, 1], or the one value that can be drawn.
func (c Chance) Support() (lo, hi float64) { return c.Quantile(0), c.Quantile(1) }

// Mean is the probability.
func (c Chance) Mean() float64 { return c.yes }

func (c Chance) String() string { return "chance " + percent(c.yes) }
