package deal

import (
	"fmt"
	"math"
)

// RiskKind is a family of attitudes to risk.
type RiskKind uint8

// The families. Each is increasing, so the frontier does not depend on it; the Nash and
// Kalai-Smorodinsky solutions do.
const (
	RiskNeutral RiskKind = iota // v(u) = u
	CARA                        // v(u) = (1 - exp(-c u)) / c: constant absolute risk aversion (Pratt 1964)
	CRRA                        // v(u) = ((u+B)^(1-c) - 1) / (1-c), log at c = 1: constant relative risk aversion (Pratt 1964, Arrow 1965)
	RiskPower                   // v(u) = sign(u-B) |u-B|^c: gains and losses around B (Kahneman and Tversky 1979, without loss aversion)
)

// Risk is an attitude to risk, applied to the sure total worth of an outcome.
type Risk struct {
	Kind RiskKind
	Coef float64 // c: CARA per unit of utility, CRRA a pure number, both 0 = neutral, negative = seeking; RiskPower > 0, 1 = neutral
	Base float64 // B: CRRA the wealth at utility 0; RiskPower the reference point
}

// Check says what is wrong with the coefficients.
func (r Risk) Check() error {
	bad := func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }
	switch {
	case r.Kind > RiskPower:
		return fmt.Errorf("risk kind %d is unknown (0 to %d)", r.Kind, RiskPower)
	case bad(r.Coef) || bad(r.Base):
		return fmt.Errorf("risk coefficient %v with base %v is not finite", r.Coef, r.Base)
	case r.Kind == RiskPower && r.Coef <= 0:
		return fmt.Errorf("risk power %v is not > 0", r.Coef)
	}
	return nil
}

// Value is v(u). It is -Inf where CRRA has no wealth left.
func (r Risk) Value(u float64) float64 {
	switch r.Kind {
	case CARA:
		if r.Coef == 0 {
			return u
		}
		return -math.Expm1(-r.Coef*u) / r.Coef
	case CRRA:
		w := u + r.Base
		switch {
		case w <= 0 && r.Coef != 0:
			return math.Inf(-1)
		case r.Coef == 1:
			return math.Log(w)
		case r.Coef == 0:
			return u
		}
		return (math.Pow(w, 1-r.Coef) - 1) / (1 - r.Coef)
	case RiskPower:
		d := u - r.Base
		return math.Copysign(math.Pow(math.Abs(d), r.Coef), d)
	}
	return u
}

func (r Risk) neutral() bool {
	return r.Kind == RiskNeutral || r.Kind == CARA && r.Coef == 0 || r.Kind == CRRA && r.Coef == 0 || r.Kind == RiskPower && r.Coef == 1
}
