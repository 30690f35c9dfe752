package chance

import (
	"fmt"
	"math"
	"strconv"
)

// param is one named parameter of a distribution, for its errors.
type param struct {
	name  string
	value float64
}

// finite is an error for the first parameter that is NaN or infinite.
func finite(dist string, ps ...param) error {
	for _, p := range ps {
		if math.IsNaN(p.value) || math.IsInf(p.value, 0) {
			return fmt.Errorf("%s: %s %v is not a finite number; write one, such as 0.5", dist, p.name, p.value)
		}
	}
	return nil
}

// ordered is an error unless lo < hi, both finite with a finite distance.
func ordered(dist string, lo, hi param) error {
	if err := finite(dist, lo, hi); err != nil {
		return err
	}
	switch {
	case lo.value == hi.value:
		return fmt.Errorf("%s: %s and %s are both %s, so there is nothing to draw; write the number %s by itself",
			dist, lo.name, hi.name, short(lo.value), short(lo.value))
	case lo.value > hi.value:
		return fmt.Errorf("%s: %s %s is not below %s %s; swap them", dist, lo.name, short(lo.value), hi.name, short(hi.value))
	case math.IsInf(hi.value-lo.value, 0):
		return fmt.Errorf("%s: from %s to %s is wider than %s; use a larger unit",
			dist, short(lo.value), short(hi.value), short(math.MaxFloat64))
	}
	return nil
}

// peaked is an error unless lo <= likely <= hi and lo < hi, all finite.
func peaked(dist string, lo, likely, hi float64) error {
	if err := finite(dist, param{"low", lo}, param{"likely", likely}, param{"high", hi}); err != nil {
		return err
	}
	if err := ordered(dist, param{"low", lo}, param{"high", hi}); err != nil {
		return err
	}
	if likely < lo || likely > hi {
		return fmt.Errorf("%s: likely %s is outside low %s to high %s; the order is low, likely, high",
			dist, short(likely), short(lo), short(hi))
	}
	return nil
}

// above is an error unless the parameter is finite and > 0.
func above(dist string, p param, hint string) error {
	if err := finite(dist, p); err != nil {
		return err
	}
	if p.value <= 0 {
		return fmt.Errorf("%s: %s %s is not > 0; %s", dist, p.name, short(p.value), hint)
	}
	return nil
}

// short prints a number with the fewest digits that read back the same.
func short(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// percent prints a share as 30% or 12.5%.
func percent(share float64) string {
	return strconv.FormatFloat(share*100, 'g', 4, 64) + "%"
}
