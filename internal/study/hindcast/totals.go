package hindcast

import (
	"cmp"
	"math"
	"slices"

	"github.com/parley-sim/parley/sim/chance"
)

// Sum is what a set of terms came to: means over terms, each with the same weight.
type Sum struct {
	Terms    int
	CRPS     float64
	Rivals   Rivals
	Coverage float64 // share within the band of 8 in 10
	Clamped  int
}

// Totals are the results of a study.
type Totals struct {
	Sum
	Brier    float64 // NaN without outcomes
	Judged   int     // episodes of which it is known whether they ended in a deal
	Failed   int     // of them, those that did not
	ByClass  []Named // in the order of the classes; those without a term are left out
	Skipped  []Reason
	Groups   int
	Gaps     []Gap  // the rule's error less each rival's
	Fifths   [5]int // how many percentiles fall in each fifth
	FifthsLo int    // of so many independent draws a fifth holds fewer in 5 of 100 cases, more than FifthsHi in another 5
	FifthsHi int
}

// Named is a sum with a name.
type Named struct {
	Name string
	Sum
}

// Reason counts terms that are not scored.
type Reason struct {
	Why string
	N   int
}

// Gap is the rule's mean error less a rival's, paired term by term, with the 5th and the 95th of 100
// resamples of whole groups. Below 0 the rule is better. With few groups such intervals are too narrow.
type Gap struct {
	Rival    string
	Mean, Lo float64
	Hi       float64
}

// resamples of groups behind an interval.
const resamples = 4000

var idResample = chance.ID("hindcast.resample")

func sumOf(list []*Result) Sum {
	s := Sum{Terms: len(list)}
	if len(list) == 0 {
		return s
	}
	n := float64(len(list))
	total := s.Rivals.list()
	for _, r := range list {
		s.CRPS += r.CRPS / n
		for k, x := range r.Rivals.list() {
			*total[k] += *x / n
		}
		if r.Inside() {
			s.Coverage += 1 / n
		}
		if r.Clamped {
			s.Clamped++
		}
	}
	return s
}

// scoredTerms are the terms that count, by case.
func scoredTerms(cases []Case) [][]*Result {
	out := make([][]*Result, len(cases))
	for c := range cases {
		for i := range cases[c].Terms {
			if r := &cases[c].Terms[i]; r.Scored() && r.z != nil {
				out[c] = append(out[c], r)
			}
		}
	}
	return out
}

// Total adds up cases.
func Total(cases []Case, seed uint64) *Totals {
	t := &Totals{Brier: math.NaN()}
	by := scoredTerms(cases)
	all := slices.Concat(by...)
	t.Sum = sumOf(all)
	for _, class := range Classes {
		var of []*Result
		for _, r := range all {
			if r.Class == class {
				of = append(of, r)
			}
		}
		if len(of) > 0 {
			t.ByClass = append(t.ByClass, Named{string(class), sumOf(of)})
		}
	}
	brier := 0.0
	for c := range cases {
		if d := cases[c].Deal; d != nil {
			y := 0.0
			if *d {
				y = 1
			} else {
				t.Failed++
			}
			t.Judged++
			brier += (cases[c].Chance - y) * (cases[c].Chance - y)
		}
		for i := range cases[c].Terms {
			if why := cases[c].Terms[i].Skip; why != "" {
				k := slices.IndexFunc(t.Skipped, func(r Reason) bool { return r.Why == why })
				if k < 0 {
					k = len(t.Skipped)
					t.Skipped = append(t.Skipped, Reason{Why: why})
				}
				t.Skipped[k].N++
			}
		}
	}
	if t.Judged > 0 {
		t.Brier = brier / float64(t.Judged)
	}
	slices.SortStableFunc(t.Skipped, func(a, b Reason) int { return cmp.Compare(b.N, a.N) })
	t.gaps(cases, by, seed)
	for _, r := range all {
		t.Fifths[min(int(r.Percentile*5), 4)]++
	}
	t.FifthsLo, t.FifthsHi = binomialBand(len(all), 0.2)
	return t
}

// gaps pairs the rule with every rival, and resamples groups.
func (t *Totals) gaps(cases []Case, by [][]*Result, seed uint64) {
	var names []string
	groups := map[string][]*Result{}
	for c := range cases {
		g := cases[c].Group
		if len(by[c]) == 0 {
			continue
		}
		if groups[g] == nil {
			names = append(names, g)
		}
		groups[g] = append(groups[g], by[c]...)
	}
	t.Groups = len(names)
	if len(names) == 0 {
		return
	}
	for k, rival := range rivalNames {
		sum, n := make([]float64, len(names)), make([]float64, len(names))
		for g, name := range names {
			for _, r := range groups[name] {
				sum[g] += r.CRPS - *r.Rivals.list()[k]
				n[g]++
			}
		}
		means := make([]float64, resamples)
		for b := range means {
			s, m := 0.0, 0.0
			for i := range names {
				g := int(chance.U(seed, uint64(b), idResample, uint64(i)) * float64(len(names)))
				s, m = s+sum[g], m+n[g]
			}
			means[b] = s / m
		}
		slices.Sort(means)
		total, all := 0.0, 0.0
		for g := range names {
			total, all = total+sum[g], all+n[g]
		}
		t.Gaps = append(t.Gaps, Gap{Rival: rival, Mean: total / all, Lo: quantile(means, 0.05), Hi: upper(means, 0.05)})
	}
}

// binomialBand is the least count that is reached, and the largest that is not passed, in 95 of 100
// cases each.
func binomialBand(n int, p float64) (lo, hi int) {
	below, term := 0.0, math.Pow(1-p, float64(n))
	lo, hi = -1, n
	for k := 0; k <= n; k++ {
		below += term
		if lo < 0 && below > 0.05 {
			lo = k
		}
		if below >= 0.95 {
			hi = k
			break
		}
		term *= float64(n-k) / float64(k+1) * p / (1 - p)
	}
	return max(lo, 0), hi
}
