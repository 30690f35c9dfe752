package home

import (
	"errors"
	"fmt"
	"math"
)

// MaxAudiences bounds the audiences of one side: their answers are enumerated.
const MaxAudiences = 16

// ErrNoShares says that the shares of an electorate sum to zero.
var ErrNoShares = errors.New("all shares are 0: give an audience a share")

// Rule says when a side agrees, vetoes apart.
type Rule struct {
	Threshold float64 // part of the shares, or of the members, 0 to 1
	Strict    bool    // more than the threshold; otherwise at least
	Members   int     // of a legislature; 0: the shares themselves are counted
}

// slack is what sums of shares may be off by rounding: 0.1 + 0.2 is not more than 0.3.
const slack = 1e-9

// enough reports whether yes of all meets the rule.
func (r Rule) enough(yes, all float64) bool {
	if r.Strict {
		return yes > (r.Threshold+slack)*all
	}
	return yes >= (r.Threshold-slack)*all
}

// Electorate is those at home of one side. Its slices are of equal length and may be filled anew for
// every run; it holds scratch, and belongs to one goroutine at a time.
type Electorate struct {
	Rule  Rule
	Veto  []bool
	Share []float64 // 0 or more, not all 0; need not sum to 1
	Agree []float64 // the score from which an audience agrees
	Noise []float64 // standard deviation of what moves an audience besides, 0 or more, in units of the score

	p     []float64
	seats []int
	pmf   [3][]float64
	total float64
}

// NewElectorate makes room for n audiences, 0 to MaxAudiences. An electorate of none agrees to all.
func NewElectorate(n int) *Electorate {
	if n > MaxAudiences {
		panic("home: too many audiences")
	}
	f := make([]float64, 4*n)
	return &Electorate{Veto: make([]bool, n), Share: f[:n:n], Agree: f[n : 2*n : 2*n], Noise: f[2*n : 3*n : 3*n], p: f[3*n:], seats: make([]int, n)}
}

// Check says what is wrong with the electorate.
func (e *Electorate) Check() error {
	var errs []error
	if !(e.Rule.Threshold >= 0 && e.Rule.Threshold <= 1) {
		errs = append(errs, fmt.Errorf("threshold %v is not within 0 to 1", e.Rule.Threshold))
	}
	if e.Rule.Members < 0 {
		errs = append(errs, fmt.Errorf("%d members are fewer than 0", e.Rule.Members))
	}
	sum := 0.0
	for a, s := range e.Share {
		if !(s >= 0) || math.IsInf(s, 0) {
			errs = append(errs, fmt.Errorf("audience %d: share %v is not >= 0", a, s))
		}
		if !(e.Noise[a] >= 0) || math.IsInf(e.Noise[a], 0) {
			errs = append(errs, fmt.Errorf("audience %d: noise %v is not >= 0", a, e.Noise[a]))
		}
		sum += s
	}
	if len(e.Share) > 0 && sum == 0 {
		errs = append(errs, ErrNoShares)
	}
	return errors.Join(errs...)
}

// Prepare takes the shares as they stand; call it after they, or the rule, were changed.
func (e *Electorate) Prepare() {
	e.total = 0
	for _, s := range e.Share {
		e.total += s
	}
	if e.Rule.Members > 0 {
		e.seat()
	}
}

// chance is Phi((score - agree) / noise), 0 or 1 without noise.
func chance(score, agree, noise float64) float64 {
	switch m := score - agree; {
	case noise > 0:
		return math.Erfc(-m/(noise*math.Sqrt2)) / 2
	case m >= 0:
		return 1
	}
	return 0
}

// Chances writes each audience's chance to agree with these scores to out.
func (e *Electorate) Chances(score, out []float64) {
	for a := range out {
		out[a] = chance(score[a], e.Agree[a], e.Noise[a])
	}
}

// Chance is the probability that the side agrees, given each audience's own; exact up to rounding.
func (e *Electorate) Chance(p []float64) float64 {
	if len(p) == 0 {
		return 1
	}
	if e.Rule.Members > 0 {
		return e.house(p)
	}
	return e.enumerate(p)
}

// ChanceOf is Chance of a deal that the audiences score so.
func (e *Electorate) ChanceOf(score []float64) float64 {
	e.Chances(score, e.p)
	return e.Chance(e.p)
}

// enumerate sums over all answers. Audiences that are sure of theirs are not branched on.
func (e *Electorate) enumerate(p []float64) float64 {
	yes, sure := 0.0, 1.0
	var open [MaxAudiences]int
	n := 0
	for a, q := range p {
		switch {
		case e.Veto[a]:
			sure *= q // every answer that counts has its yes
			yes += e.Share[a]
		case q == 1:
			yes += e.Share[a]
		case q > 0:
			open[n] = a
			n++
		}
	}
	if sure == 0 {
		return 0
	}
	return float64(sure * e.branch(p, open[:n], yes))
}

// branch is the chance that the rule is met when the open audiences have yet to answer.
func (e *Electorate) branch(p []float64, open []int, yes float64) float64 {
	if e.Rule.enough(yes, e.total) {
		return 1
	}
	if len(open) == 0 {
		return 0
	}
	a := open[0]
	with := e.branch(p, open[1:], yes+e.Share[a])
	if with == 0 { // nor without it: more shares never hurt
		return 0
	}
	without := e.branch(p, open[1:], yes)
	return float64(p[a]*with) + float64((1-p[a])*without)
}

// Passes reports whether these answers meet the rule, vetoes included. In a legislature yes[a] is
// whether all the bloc agrees.
func (e *Electorate) Passes(yes []bool) bool {
	if len(yes) == 0 {
		return true
	}
	sum, all := 0.0, e.total
	for a, y := range yes {
		if e.Veto[a] && !y {
			return false
		}
		if y {
			sum += e.weight(a)
		}
	}
	if e.Rule.Members > 0 {
		all = e.chamber()
	}
	return all == 0 || e.Rule.enough(sum, all)
}

// chamber is how many members sit.
func (e *Electorate) chamber() (n float64) {
	for _, s := range e.seats {
		n += float64(s)
	}
	return n
}

// weight is what an audience's yes counts for.
func (e *Electorate) weight(a int) float64 {
	if e.Rule.Members > 0 {
		return float64(e.seats[a])
	}
	return e.Share[a]
}

// Nobody is who is to blame where no audience is.
const Nobody = -1

// Vote turns uniforms into answers: an audience agrees if its u is below its chance; of a bloc in a
// legislature, most of its members do. It returns whether the side agrees, and if not who stopped it:
// the first audience with a veto that said no, else the one with the most weight among those that did.
func (e *Electorate) Vote(p, u []float64, yes []bool) (passes bool, by int) {
	sum, all := 0.0, e.total
	by = Nobody
	vetoed := false
	for a, q := range p {
		w := e.weight(a)
		got := 0.0
		if yes[a] = u[a] < q; yes[a] {
			got = w
		}
		if n := e.seats[a]; e.Rule.Members > 0 && n > 0 {
			k := binomial(n, q, 1-u[a]) // many for a low u, as above
			got, yes[a] = float64(k), 2*k > n
		}
		sum += got
		switch {
		case yes[a]:
		case e.Veto[a] && !vetoed:
			vetoed, by = true, a
		case !vetoed && (by == Nobody || w > e.weight(by)):
			by = a
		}
	}
	if e.Rule.Members > 0 {
		all = e.chamber()
	}
	if !vetoed && (all == 0 || e.Rule.enough(sum, all)) {
		return true, Nobody
	}
	if by == Nobody { // every bloc has a majority for it, and yet there are too few
		by = heaviest(e)
	}
	return false, by
}

func heaviest(e *Electorate) int {
	by := 0
	for a := range e.Share {
		if e.weight(a) > e.weight(by) {
			by = a
		}
	}
	return by
}
