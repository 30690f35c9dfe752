package main

import (
	"fmt"
	"math"
)

// target is what a figure must reach: at least or at most value, in a unit.
type target struct {
	atLeast bool
	value   float64
	unit    string
}

func atLeast(v float64, unit string) target { return target{true, v, unit} }
func atMost(v float64, unit string) target  { return target{false, v, unit} }

func (t target) met(got float64) bool {
	if t.atLeast {
		return got >= t.value
	}
	return got <= t.value
}

func (t target) String() string {
	if t.atLeast {
		return "at least " + quantity(t.value, t.unit)
	}
	return "at most " + quantity(t.value, t.unit)
}

// quantity prints a number with three significant digits and its unit; nanoseconds in a readable unit.
func quantity(v float64, unit string) string {
	if unit == "ns" {
		switch {
		case v >= 1e9:
			v, unit = v/1e9, "s"
		case v >= 1e6:
			v, unit = v/1e6, "ms"
		case v >= 1e3:
			v, unit = v/1e3, "us"
		}
	}
	if v == 0 {
		return "0 " + unit
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(v))))
	if digits < 0 {
		digits = 0
	}
	return fmt.Sprintf("%.*f %s", digits, v, unit)
}
