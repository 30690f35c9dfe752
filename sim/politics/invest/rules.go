package invest

import (
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/chance"
)

// Rules are what a scenario fixes about investment. Shares are 0 to 1.
type Rules struct {
	Years int // looked ahead, 1 to 50

	// Median and Spread of a project: the median in $bn, > 0, and the standard deviation of its
	// logarithm, >= 0.
	Median, Spread float64

	Greenfield float64  // share of what is announced that is new plants, outside CFIUS
	Sectors    []Sector // shares add up to 1; nil: one
	Screenings []Screening
	Controls   []Control

	Mitigated float64 // of the takeovers cleared, those cleared on conditions, in a sector of mean sensitivity
	Blocked   float64 // of those not cleared, the ones blocked; the others withdraw
	Forced    float64 // chance a year that a plant is ordered sold, under full foreign control

	Over  float64 // years over which projects start, > 0
	Pace  float64 // most that can start, $bn a year; +Inf: no cap
	Shock float64 // chance a year that a plant under construction is cancelled once the deal is over

	// Lags from the start of a project to its output, in years >= 0: a new plant, a takeover.
	PlantLag, TakeoverLag chance.Dist

	ValuePerJob float64 // $bn a year of value added for a job, >= 0
}

// Sector is a part of what is announced.
type Sector struct {
	Name      string
	Share     float64
	Sensitive float64 // 0 not at all, 1 wholly: only differences matter
}

// Screening is a way to treat investment.
type Screening struct {
	Name      string
	BySector  float64 // 0: sectors are treated alike; 1: told apart as far as can be
	Mitigates float64 // times Mitigated; 1 as today
}

// Control is a form of control over what is built.
type Control struct {
	Name  string
	Eased float64 // share of refusals, at home or in review, that it avoids
	Stake float64 // share of the returns that the investor keeps
	Risk  float64 // share of the risk of a forced sale that is left
	Knows float64 // share of the know-how that the host comes to hold
}

// check says what is wrong with the rules.
func (r *Rules) check() error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	share := func(what string, x float64) {
		if !(x >= 0 && x <= 1) {
			bad("%s: %v is not a share, 0 to 1", what, x)
		}
	}
	if r.Years < 1 || r.Years > 50 {
		bad("years: %d is not 1 to 50", r.Years)
	}
	if !(r.Median > 0) || math.IsInf(r.Median, 0) {
		bad("median of a project: %v is not > 0", r.Median)
	}
	if !(r.Spread >= 0 && r.Spread <= 3) {
		bad("spread of projects: %v is not 0 to 3", r.Spread)
	}
	if !(r.Over > 0) || math.IsInf(r.Over, 0) {
		bad("years over which projects start: %v is not > 0", r.Over)
	}
	if !(r.Pace > 0) {
		bad("pace: %v is not > 0", r.Pace)
	}
	if !(r.ValuePerJob >= 0) || math.IsInf(r.ValuePerJob, 0) {
		bad("value per job: %v is not >= 0", r.ValuePerJob)
	}
	share("greenfield", r.Greenfield)
	share("mitigated", r.Mitigated)
	share("blocked", r.Blocked)
	share("forced sale", r.Forced)
	share("shock", r.Shock)
	if len(r.Screenings) == 0 || len(r.Controls) == 0 {
		bad("no screening or no form of control")
	}
	sum := 0.0
	for _, s := range r.Sectors {
		share("share of sector "+s.Name, s.Share)
		share("sensitivity of sector "+s.Name, s.Sensitive)
		sum += s.Share
	}
	if len(r.Sectors) > 0 && math.Abs(sum-1) > 1e-9 {
		bad("shares of sectors add up to %v, not 1", sum)
	}
	for _, s := range r.Screenings {
		share("screening "+s.Name+" by sector", s.BySector)
		if !(s.Mitigates >= 0) || math.IsInf(s.Mitigates, 0) {
			bad("screening %s: mitigates %v is not >= 0", s.Name, s.Mitigates)
		}
	}
	for _, c := range r.Controls {
		share("control "+c.Name+" eased", c.Eased)
		share("control "+c.Name+" stake", c.Stake)
		share("control "+c.Name+" risk", c.Risk)
		share("control "+c.Name+" know-how", c.Knows)
	}
	for name, d := range map[string]chance.Dist{"lag of a plant": r.PlantLag, "lag of a takeover": r.TakeoverLag} {
		if d == nil {
			bad("%s: none", name)
		} else if lo, hi := d.Support(); !(lo >= 0) || math.IsInf(hi, 0) {
			bad("%s: %v to %v is not >= 0", name, lo, hi)
		}
	}
	return errors.Join(errs...)
}
