package economy

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// Stage is what one side gets a year in the repeated tariff game: when both keep the deal, when it
// alone breaks it, and when both punish.
type Stage struct {
	Keep, Break, Punish float64
}

// Critical is the smallest discount factor a year at which keeping is worth it against punishment
// for ever, (D-C)/(D-N) (Friedman 1971); 0 if breaking never gains. It returns +Inf, none, if
// punishment is no worse than keeping while breaking gains; a value of 1 or more means none, too.
func (s Stage) Critical() float64 {
	switch {
	case s.Break <= s.Keep:
		return 0
	case s.Break <= s.Punish:
		return math.Inf(1)
	}
	return (s.Break - s.Keep) / (s.Break - s.Punish)
}

// CriticalYears is the same when punishment lasts so many years, after which both keep again: the
// smallest delta in [0, 1] with (C-N)(delta + ... + delta^years) >= D-C; +Inf if there is none.
func (s Stage) CriticalYears(years int) float64 {
	if s.Break <= s.Keep {
		return 0
	}
	loss := func(delta float64) float64 {
		sum, d := 0.0, 1.0
		for range years {
			d *= delta
			sum += d
		}
		return (s.Keep - s.Punish) * sum
	}
	gain := s.Break - s.Keep
	if !(loss(1) >= gain) {
		return math.Inf(1)
	}
	low, high := 0.0, 1.0
	for range 60 {
		if mid := (low + high) / 2; loss(mid) >= gain {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// Shortfall is the smallest payment a year, made as long as the deal is kept, that makes keeping
// worth it at discount factor delta: (1-delta) D + delta N - C, or 0. Negative slack is not counted:
// see Slack.
func (s Stage) Shortfall(delta float64) float64 { return math.Max(0, -s.Slack(delta)) }

// Slack is what a side could pay a year and still prefer to keep the deal at discount factor delta.
func (s Stage) Slack(delta float64) float64 {
	return s.Keep - (1-delta)*s.Break - delta*s.Punish
}

// SlackYears is Slack when punishment lasts so many years, after which both keep again; the payment is
// made in every year in which the deal is kept. With S = delta + ... + delta^years it is
//
//	C - (D + S N) / (1 + S),
//
// which goes to Slack as years go on.
func (s Stage) SlackYears(delta float64, years int) float64 {
	sum, d := 0.0, 1.0
	for range years {
		d *= delta
		sum += d
	}
	return s.Keep - (s.Break+float64(sum*s.Punish))/(1+sum)
}

// Holding says whether a deal between two governments enforces itself.
type Holding struct {
	Model, Closure string
	Players        []string
	Stages         []Stage   // $bn a year over the model's base
	Critical       []float64 // discount factors; 1 or more, or +Inf: none is enough
	War            *Outcome  // the punishment
	Broken         []*Outcome
	// Delta is the discount factor asked about. Transfer is what each side must receive a year on
	// top, $bn; Feasible says that the others' slack covers the sum.
	Delta    float64
	Transfer []float64
	Feasible bool
}

// SelfEnforcing says that at Delta every side keeps the deal without any transfer.
func (h *Holding) SelfEnforcing() bool {
	for _, x := range h.Transfer {
		if x > 0 {
			return false
		}
	}
	return true
}

// Enforce asks whether the tariffs deal (dense; nil: the game's base) enforce themselves when
// breaking means one's best tariffs for a year and punishment is the Nash war, at the discount
// factor delta a year, in [0, 1).
func (g *Game) Enforce(ctx context.Context, deal []float64, delta float64) (*Holding, error) {
	if !(delta >= 0 && delta < 1) {
		return nil, fmt.Errorf("discount factor %v is not in [0, 1)", delta)
	}
	if len(g.players) < 2 {
		return nil, errors.New("a deal needs two governments")
	}
	if deal == nil {
		deal = g.base
	}
	war, err := g.Nash(ctx)
	if err != nil {
		return nil, fmt.Errorf("punishing: %w", err)
	}
	return g.holding(ctx, deal, delta, war)
}

// holding is Enforce with the war at hand.
func (g *Game) holding(ctx context.Context, deal []float64, delta float64, war *Outcome) (*Holding, error) {
	keep, err := g.At(ctx, deal)
	if err != nil {
		return nil, fmt.Errorf("keeping: %w", err)
	}
	h := &Holding{Model: g.info.Name, Delta: delta, War: war}
	slack := 0.0
	for p := range g.players {
		t := append([]float64(nil), deal...)
		if _, err := g.respond(ctx, p, t, climbing{}); err != nil {
			return nil, fmt.Errorf("breaking: %w", err)
		}
		broken, err := g.At(ctx, t)
		if err != nil {
			return nil, err
		}
		s := Stage{Keep: keep.Worth[p], Break: math.Max(broken.Worth[p], keep.Worth[p]), Punish: h.War.Worth[p]}
		h.Players = append(h.Players, g.info.Regions[g.players[p].region])
		h.Stages = append(h.Stages, s)
		h.Broken = append(h.Broken, broken)
		h.Critical = append(h.Critical, s.Critical())
		h.Transfer = append(h.Transfer, s.Shortfall(delta))
		slack += s.Slack(delta)
	}
	h.Feasible = slack >= 0
	return h, nil
}
