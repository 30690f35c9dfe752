package importer

import (
	"math"
	"strconv"

	"github.com/parley-sim/parley/sim/deal"
)

// kind is what the values of an issue are.
type kind uint8

const (
	choices kind = iota
	integers
	reals
)

// maxValues is how many values an issue may have (deal.Offer holds 16 bits for each).
const maxValues = 1<<16 - 1

// cuts is into how many values GENIUS cuts a real number (IssueReal.fNumberOfDiscretizationSteps).
const cuts = 21

// rawIssue is an issue as one file has it.
type rawIssue struct {
	at     place
	name   string
	index  string // by which GENIUS's profiles and weights refer to it
	kind   kind
	values []string // of choices
	lo, hi float64  // of integers and reals, both values too
	cuts   int      // of reals: how many values
	ranged bool     // lo and hi are known
	exact  bool     // of reals: the file itself says which numbers there are
}

// item is what one value is worth.
type item struct {
	at    place
	value string
	eval  float64
}

// rawUtility is what an issue is worth to one side: a list of items, or a function of its number.
type rawUtility struct {
	rawIssue
	weight float64
	items  []item
	fn     func(x, lo float64) float64 // of a number and the issue's lowest; nil: by items
	byMax  bool                        // items are divided by the highest
	rest   bool                        // values without an item are worth 0
}

// rawProfile is one side as one file has it.
type rawProfile struct {
	at          place
	name        string
	issues      []rawUtility
	bias        float64
	reservation float64
	outcome     map[string]string // GeniusWeb: the reservation is what this outcome is worth
	discount    float64
}

// rawDomain is what is on the table as one file has it.
type rawDomain struct {
	at     place
	name   string
	issues []rawIssue
}

// build checks an issue and gives it its values.
func (is *rawIssue) build(pr *problems) (deal.Issue, bool) {
	out := deal.Issue{Name: is.name, Now: -1}
	bad := func(format string, a ...any) (deal.Issue, bool) {
		pr.add(is.at.errorf("issue %q "+format, append([]any{short(is.name)}, a...)...))
		return out, false
	}
	if is.name == "" {
		pr.add(is.at.errorf("an issue has no name"))
		return out, false
	}
	switch is.kind {
	case choices:
		if len(is.values) == 0 {
			return bad("has no values")
		}
		if len(is.values) > maxValues {
			return bad("has %d values; at most %d are allowed", len(is.values), maxValues)
		}
		seen := make(map[string]bool, len(is.values))
		for _, v := range is.values {
			if seen[v] {
				return bad("has the value %q twice", short(v))
			}
			seen[v] = true
		}
		out.Values = is.values
	case integers, reals:
		if !is.ranged {
			return bad("says not from where to where its numbers run")
		}
		if !(is.lo <= is.hi) || math.IsInf(is.lo, 0) || math.IsInf(is.hi, 0) {
			return bad("has an empty range: %v to %v", is.lo, is.hi)
		}
		n := is.cuts
		if is.kind == integers {
			if is.lo != math.Trunc(is.lo) || is.hi != math.Trunc(is.hi) || math.Abs(is.lo) > 1<<53 || math.Abs(is.hi) > 1<<53 {
				return bad("runs from %v to %v, which are not whole numbers", is.lo, is.hi)
			}
			if is.hi-is.lo >= maxValues {
				return bad("has %.0f values, from %v to %v; at most %d are allowed", is.hi-is.lo+1, is.lo, is.hi, maxValues)
			}
			n = int(is.hi-is.lo) + 1
		}
		if is.lo == is.hi {
			n = 1
		}
		if n < 1 || n > maxValues {
			return bad("would be cut into %d values; 1 to %d are allowed", n, maxValues)
		}
		for k := range n {
			x := is.lo + float64(k)
			if is.kind == reals && n > 1 {
				x = is.lo + float64(float64(k)/float64(n-1)*(is.hi-is.lo))
				if k == n-1 {
					x = is.hi
				}
			}
			if k > 0 && x <= out.Numbers[k-1] {
				return bad("cannot be cut into %d different numbers between %v and %v", n, is.lo, is.hi)
			}
			out.Numbers = append(out.Numbers, x)
			out.Values = append(out.Values, number(x))
		}
	}
	return out, true
}

// number writes a float the short way.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// finite reads a number that is neither infinite nor NaN.
func finite(at place, what, s string) (float64, error) {
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil && math.IsInf(x, 0), err == nil && (math.IsInf(x, 0) || math.IsNaN(x)):
		return 0, at.errorf("%s is %s, which is not a finite number", what, short(s))
	case err != nil:
		return 0, at.errorf("%s is %q, which is not a number", what, short(s))
	}
	return x, nil
}
