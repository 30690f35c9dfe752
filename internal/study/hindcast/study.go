package hindcast

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/parley-sim/parley/sim/chance"
)

// Case is one episode with its forecasts.
type Case struct {
	ID, Title, Group, When string
	Deal                   *bool // what happened; nil: unknown
	Chance                 float64
	Terms                  []Result
}

// Result is one term with its forecast, what happened, and how far off that was.
type Result struct {
	Issue, Label, Unit string
	Class              Class
	Lo, Hi             float64  // the range, before outcomes
	Choices            []string // instead of a range, of ordered words
	Scale              string   // linear, log10(1+x), ordered; empty if skipped before it had one
	Skip               string   // why it is not scored; empty if it is
	Observed           any      // a float64 or a string; nil: unknown
	Clamped            bool     // what happened lies outside the range, and counts as its end

	Median, Lo80, Hi80 float64 // in the term's unit, or the index of a choice
	Percentile         float64 // where what happened stands in the forecast, at random among ties
	CRPS               float64 // as a share of the range
	Rivals             Rivals

	frame         frame
	z             []float64 // the forecast, rising, on the scale 0 to 1
	plain         []float64 // the ablation's
	quo, lapse, m float64   // the status quo, the threat, the mid-point, on the scale; NaN if unknown
	y             float64   // what happened, on the scale
}

// Scored tells whether the term counts.
func (r *Result) Scored() bool { return r.Skip == "" }

// Inside tells whether what happened lies within the band of 8 in 10.
func (r *Result) Inside() bool {
	return quantile(r.z, 0.1) <= r.y && r.y <= upper(r.z, 0.1)
}

// Rivals are the errors of the other forecasts, in the order of tables.
type Rivals struct {
	Uniform          float64 `json:"uniform"`           // anywhere in the range
	StatusQuo        float64 `json:"status_quo"`        // a normal kernel about it, sd a tenth of the range
	Threat           float64 `json:"threat"`            // the same, about the value without a deal
	Midpoint         float64 `json:"midpoint"`          // the same, midway between the lowest and the highest anchor
	Climatology      float64 `json:"climatology"`       // where the terms of other groups came to lie
	ClassClimatology float64 `json:"class_climatology"` // the same, of the term's class
	UniformClass     float64 `json:"uniform_class"`     // the ablation: the classes, with a uniform draw for the game
}

// names and values of the rivals, in one order.
var rivalNames = []string{"uniform", "status quo", "threat", "mid-point", "climatology", "climatology by class", "classes with a uniform draw"}

func (r *Rivals) list() []*float64 {
	return []*float64{&r.Uniform, &r.StatusQuo, &r.Threat, &r.Midpoint, &r.Climatology, &r.ClassClimatology, &r.UniformClass}
}

// bandwidth of the kernel that stands for a point forecast, as a share of the range.
const bandwidth = 0.1

// Options of a study.
type Options struct {
	Runs int    // talks an episode, at least 1
	Seed uint64 // the master seed
	// Blank names the cells of a term that are left out of its forecast; nil: none.
	Blank func(*Term) []string
	rule  *rule // nil: the prior
}

// Coded blanks the cells that nobody stated and the coder set.
func Coded(t *Term) []string { return t.Coded }

// Strict blanks the cells that were coded, and those from memory.
func Strict(t *Term) []string { return slices.Concat(t.Coded, t.Recalled) }

// Play forecasts every term of the episodes by the rule and its game, and scores them. The result is a
// function of the episodes and the options alone. A session that ends in an error fails it.
func Play(ctx context.Context, list []Episode, opt Options) ([]Case, error) {
	r := opt.rule
	if r == nil {
		r = &prior
	}
	hands := make([]*hand, len(list))
	for e := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if hands[e], err = playEpisode(ctx, &list[e], opt); err != nil {
			return nil, err
		}
	}
	cases := make([]Case, len(list))
	for e := range list {
		cases[e] = hands[e].forecast(r, opt)
	}
	Score(cases, opt.Seed)
	return cases, nil
}

// hand is an episode that was played: what its sessions came to, whatever rule reads them.
type hand struct {
	of    Case // before any forecast
	game  *game
	talks *talks
	which []int // the term behind each of the game's
}

func playEpisode(ctx context.Context, ep *Episode, opt Options) (*hand, error) {
	h := &hand{of: Case{ID: ep.ID, Title: ep.Title, Group: ep.Group, When: ep.When, Deal: ep.Deal}}
	var frames []frame
	var names []string
	for i := range ep.Terms {
		t := ep.Terms[i]
		if opt.Blank != nil {
			t = t.without(opt.Blank(&t))
		}
		f := frameOf(&t)
		h.of.Terms = append(h.of.Terms, newResult(&t, &f))
		if f.skip == "" {
			frames, h.which, names = append(frames, f), append(h.which, i), append(names, t.Issue)
		}
	}
	if len(frames) == 0 {
		return h, nil
	}
	var err error
	if h.game, err = newGame(ep.ID, names, frames); err != nil {
		return nil, err
	}
	if h.talks, err = h.game.play(ctx, opt.Seed, opt.Runs); err == nil && h.talks.errors > 0 {
		err = fmt.Errorf("%s: %d of %d sessions ended in an error", ep.ID, h.talks.errors, len(h.talks.signed))
	}
	return h, err
}

// forecast makes the case of a hand under a rule.
func (h *hand) forecast(r *rule, opt Options) Case {
	c := h.of
	c.Terms, c.Chance = slices.Clone(h.of.Terms), 1-r.refused
	if h.game == nil {
		return c
	}
	z, deal := r.forecast(h.game, h.talks, opt.Seed, opt.Runs, false)
	plain, _ := r.forecast(h.game, h.talks, opt.Seed, opt.Runs, true)
	c.Chance = deal
	for k, i := range h.which {
		c.Terms[i].z, c.Terms[i].plain = z[k], plain[k]
	}
	return c
}

// newResult takes down what is known of a term before it is played, and what happened.
func newResult(t *Term, f *frame) Result {
	r := Result{Issue: t.Issue, Label: label(t.Issue), Unit: t.Unit, Class: f.class, Skip: f.skip, frame: *f}
	switch {
	case t.Text && t.Observed != "":
		r.Observed = t.Observed
	case !math.IsNaN(t.Outcome):
		r.Observed = t.Outcome
	}
	if f.skip != "" {
		return r
	}
	r.Lo, r.Hi, r.Scale = f.lo, f.hi, f.scaleName()
	r.quo, _ = f.scale(f.s)
	r.lapse, _ = f.scale(f.t)
	lo, hi := f.s, f.s
	for _, x := range []float64{f.t, t.DemandA, t.DemandB} {
		if !math.IsNaN(x) {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	r.m, _ = f.scale((lo + hi) / 2)
	if r.Observed == nil {
		r.Skip = "no outcome is given"
		return r
	}
	r.y, r.Clamped = f.scale(t.Outcome)
	return r
}

// Score fills in every case's medians, bands, percentiles and errors.
func Score(cases []Case, seed uint64) {
	for c := range cases {
		for i := range cases[c].Terms {
			r := &cases[c].Terms[i]
			if r.z == nil {
				continue
			}
			r.Median, r.Lo80, r.Hi80 = r.value(quantile(r.z, 0.5)), r.value(quantile(r.z, 0.1)), r.value(upper(r.z, 0.1))
			if !r.Scored() {
				continue
			}
			r.Percentile = percentile(r.z, r.y, chance.U(seed, 0, idRank, chance.ID(cases[c].ID+"."+r.Issue)))
			r.CRPS = SampleCRPS(r.z, r.y)
			pooled, class := climate(cases, cases[c].Group, r.Class)
			r.Rivals = Rivals{
				Uniform: r.uniform(), StatusQuo: r.kernel(r.quo), Threat: r.kernel(r.lapse), Midpoint: r.kernel(r.m),
				Climatology: r.past(pooled), ClassClimatology: r.past(class), UniformClass: SampleCRPS(r.plain, r.y),
			}
		}
	}
}

// value turns a place on the scale into the term's unit, or into the index of a choice.
func (r *Result) value(z float64) float64 {
	if r.Choices != nil {
		return math.Round(z * float64(len(r.Choices)-1))
	}
	return r.frame.value(z)
}

// fewest terms of a class in other groups that climatology by class is made from; with fewer it is pooled.
const fewest = 3

// climate is where the terms of all other groups came to lie, and those of a class among them: as shares
// of the way from today to what was asked or threatened.
func climate(cases []Case, group string, class Class) (pooled, same []float64) {
	for c := range cases {
		if cases[c].Group == group {
			continue
		}
		for i := range cases[c].Terms {
			if r := &cases[c].Terms[i]; r.Scored() && r.z != nil {
				pooled = append(pooled, r.share())
				if r.Class == class {
					same = append(same, r.share())
				}
			}
		}
	}
	if len(same) < fewest {
		same = pooled
	}
	return pooled, same
}

// share is how much of the way from today came about; of choices, where on their scale.
func (r *Result) share() float64 {
	f := &r.frame
	switch {
	case r.Choices != nil:
		return r.y
	case r.Class == Open:
		if r.quo < 1 {
			return (r.y - r.quo) / (1 - r.quo)
		}
		return 0
	case f.to == f.s:
		return 0
	}
	return (f.value(r.y) - f.s) / (f.to - f.s)
}

// past is the error of a sample of shares; of none, that of the uniform forecast.
func (r *Result) past(shares []float64) float64 {
	if len(shares) == 0 {
		return r.uniform()
	}
	xs := make([]float64, len(shares))
	for i, m := range shares {
		if k := len(r.Choices); k > 1 {
			xs[i] = math.Round(min(max(m, 0), 1)*float64(k-1)) / float64(k-1)
			continue
		}
		xs[i] = min(max(r.frame.place(m), 0), 1)
	}
	slices.Sort(xs)
	return SampleCRPS(xs, r.y)
}

func (r *Result) uniform() float64 {
	if k := len(r.Choices); k > 0 {
		return SampleRPS(slices.Repeat([]float64{1 / float64(k)}, k), r.choice())
	}
	return UniformCRPS(r.y)
}

// choice is the index of what happened.
func (r *Result) choice() int { return int(math.Round(r.y * float64(len(r.Choices)-1))) }

// kernel is the error of a normal kernel about a place; of an unknown one, that of the uniform forecast.
func (r *Result) kernel(at float64) float64 {
	if math.IsNaN(at) {
		return r.uniform()
	}
	k := len(r.Choices)
	if k == 0 {
		return NormalCRPS(at, bandwidth, r.y)
	}
	share := make([]float64, k)
	below := 0.0
	for i := range share {
		up := 1.0
		if i < k-1 {
			up = math.Erfc((at-(float64(i)+0.5)/float64(k-1))/bandwidth/math.Sqrt2) / 2
		}
		share[i], below = up-below, up
	}
	return SampleRPS(share, r.choice())
}

// MostRuns is how many talks an episode may be played for: more move no printed figure.
const MostRuns = 1_000_000
