package economy

import (
	"context"
	"errors"
	"fmt"
)

// Cooperation is how far tariffs can be held below those of the war.
type Cooperation struct {
	Share   float64   // of the way from the game's base to the war's tariffs: 0 holds at the base itself, 1 only the war does
	Tariffs []float64 // dense
	Holding *Holding  // of the deal at these tariffs
}

// MostCooperative finds the lowest tariffs, on the straight line from the game's base to the Nash war, that
// enforce themselves at the discount factor delta a year, in [0, 1), when a break is punished by the war for ever
// (Bagwell and Staiger 1990, "A theory of managed trade", AER 80: the most cooperative tariff). The gain from
// breaking shrinks towards the war with the square of the distance, the loss from punishment with the
// distance, so what holds at one share holds at all larger ones; the search halves the line 40 times.
func (g *Game) MostCooperative(ctx context.Context, delta float64) (*Cooperation, error) {
	if !(delta >= 0 && delta < 1) {
		return nil, fmt.Errorf("discount factor %v is not in [0, 1)", delta)
	}
	if len(g.players) < 2 {
		return nil, errors.New("a deal needs two governments")
	}
	war, err := g.Nash(ctx)
	if err != nil {
		return nil, fmt.Errorf("punishing: %w", err)
	}
	at := func(share float64) (*Cooperation, error) {
		t := make([]float64, len(g.base))
		for k := range t {
			t[k] = g.base[k] + float64(share*(war.Tariffs[k]-g.base[k]))
		}
		h, err := g.holding(ctx, t, delta, war)
		return &Cooperation{share, t, h}, err
	}
	best, err := at(0)
	if err != nil || best.Holding.SelfEnforcing() {
		return best, err
	}
	if best, err = at(1); err != nil {
		return nil, err
	}
	low, high := 0.0, 1.0
	for range 40 {
		c, err := at((low + high) / 2)
		if err != nil {
			return nil, err
		}
		if c.Holding.SelfEnforcing() {
			best, high = c, c.Share
		} else {
			low = c.Share
		}
	}
	return best, nil
}
