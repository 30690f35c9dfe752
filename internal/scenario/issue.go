package scenario

import (
	"math"
	"slices"
	"strconv"

	"github.com/parley-sim/parley/sim/deal"
)

// fullIssue is all of an issue's values, those that min and max take off the table included: shapes
// refer to it, so that narrowing the talks leaves what a value is worth alone.
type fullIssue struct {
	values  []string
	numbers []float64 // nil for choices
	today   float64   // today's number or choice index
}

// axis is the number behind each value.
func (f *fullIssue) axis() []float64 {
	if f.numbers != nil {
		return f.numbers
	}
	a := make([]float64, len(f.values))
	for i := range a {
		a[i] = float64(i)
	}
	return a
}

// issues builds the space, and remembers all values and today's.
func (c *compiler) issues() {
	var issues []deal.Issue
	for k := range c.cfg.Issues {
		is := &c.cfg.Issues[k]
		full := fullIssue{values: is.Choices, today: math.NaN()}
		if len(is.Choices) == 0 {
			full.numbers = is.AllNumbers()
			full.values = make([]string, len(full.numbers))
			for i, x := range full.numbers {
				full.values[i] = strconv.FormatFloat(x, 'g', -1, 64)
			}
		}
		if is.Now.Set {
			full.today = is.Now.Number
			if full.numbers == nil {
				full.today = float64(slices.Index(full.values, is.Now.Name))
			}
		} else {
			full.today = full.axis()[0]
		}
		on := deal.Issue{Name: is.Key, Label: is.Label, Unit: is.Unit, GivenBy: is.GivenBy, Now: -1}
		for i, v := range full.values {
			if full.numbers != nil && (is.Min != nil && full.numbers[i] < *is.Min || is.Max != nil && full.numbers[i] > *is.Max) {
				continue
			}
			if is.Now.Set && full.axis()[i] == full.today {
				on.Now = len(on.Values)
			}
			on.Values = append(on.Values, v)
			if full.numbers != nil {
				on.Numbers = append(on.Numbers, full.numbers[i])
			}
		}
		if len(on.Values) == 0 {
			c.fail("issue.%s: min and max leave none of its values", is.Key)
			return
		}
		issues = append(issues, on)
		c.full = append(c.full, full)
		c.now = append(c.now, full.today)
	}
	space, err := deal.NewSpace(issues)
	if err != nil {
		c.errs = append(c.errs, err)
		return
	}
	c.space = space
}

// number is what value v of issue i measures, or its place among all choices.
func (c *compiler) number(i, v int) float64 {
	if n := c.space.Issues[i].Numbers; n != nil {
		return n[v]
	}
	return float64(v)
}
