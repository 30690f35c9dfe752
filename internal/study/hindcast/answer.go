package hindcast

import "math"

// Answer is a study as JSON. Numbers that are not known are null.
type Answer struct {
	Episodes []EpisodeAnswer `json:"episodes"`
	Totals   TotalsAnswer    `json:"totals"`
}

// EpisodeAnswer is one episode.
type EpisodeAnswer struct {
	ID    string       `json:"id"`
	Group string       `json:"group"`
	Deal  *bool        `json:"deal"`
	PDeal float64      `json:"p_deal"`
	Terms []TermAnswer `json:"terms"`
}

// TermAnswer is one term. Median and band are in its unit; of choices they are words.
type TermAnswer struct {
	Issue      string   `json:"issue"`
	Class      *string  `json:"class"`
	Range      any      `json:"range"` // [lowest, highest], or the choices in their order
	Scale      *string  `json:"scale"` // linear, log10(1+x) or ordered
	Observed   any      `json:"observed"`
	Median     any      `json:"median"`
	Lo80       any      `json:"lo80"`
	Hi80       any      `json:"hi80"`
	Percentile *float64 `json:"percentile"` // 0 to 1
	CRPS       *float64 `json:"crps"`       // a share of the range
	Rivals     *Rivals  `json:"crps_baselines"`
	SkipReason *string  `json:"skip_reason"`
	Clamped    bool     `json:"clamped,omitempty"`
}

// TotalsAnswer are the means over all terms that are scored.
type TotalsAnswer struct {
	SumAnswer
	Brier   *float64             `json:"brier"`
	ByClass map[string]SumAnswer `json:"by_class"`
}

// SumAnswer are means over terms.
type SumAnswer struct {
	Terms    int      `json:"terms"`
	CRPS     *float64 `json:"crps"`
	Rivals   *Rivals  `json:"crps_baselines"`
	Coverage *float64 `json:"coverage80"`
	Clamped  int      `json:"clamped,omitempty"`
}

// NewAnswer makes the JSON of cases and their totals.
func NewAnswer(cases []Case, t *Totals) *Answer {
	a := &Answer{Episodes: []EpisodeAnswer{}}
	for c := range cases {
		e := &cases[c]
		out := EpisodeAnswer{ID: e.ID, Group: e.Group, Deal: e.Deal, PDeal: e.Chance, Terms: []TermAnswer{}}
		for i := range e.Terms {
			out.Terms = append(out.Terms, termAnswer(&e.Terms[i]))
		}
		a.Episodes = append(a.Episodes, out)
	}
	a.Totals.SumAnswer = sumAnswer(&t.Sum)
	if !math.IsNaN(t.Brier) {
		a.Totals.Brier = &t.Brier
	}
	a.Totals.ByClass = map[string]SumAnswer{}
	for i := range t.ByClass {
		a.Totals.ByClass[t.ByClass[i].Name] = sumAnswer(&t.ByClass[i].Sum)
	}
	return a
}

func sumAnswer(s *Sum) SumAnswer {
	a := SumAnswer{Terms: s.Terms, Clamped: s.Clamped}
	if s.Terms > 0 {
		a.CRPS, a.Rivals, a.Coverage = &s.CRPS, &s.Rivals, &s.Coverage
	}
	return a
}

func termAnswer(r *Result) TermAnswer {
	a := TermAnswer{Issue: r.Issue, Observed: r.Observed, Clamped: r.Clamped}
	if r.Class != "" {
		class := string(r.Class)
		a.Class = &class
	}
	if r.Scale != "" {
		a.Scale, a.Range = &r.Scale, []float64{r.Lo, r.Hi}
		if r.Choices != nil {
			a.Range = r.Choices
		}
	}
	if r.z != nil {
		a.Median, a.Lo80, a.Hi80 = r.Words(r.Median), r.Words(r.Lo80), r.Words(r.Hi80)
	}
	if !r.Scored() {
		a.SkipReason = &r.Skip
		return a
	}
	a.Percentile, a.CRPS, a.Rivals = &r.Percentile, &r.CRPS, &r.Rivals
	return a
}

// Words is a value of the term: the number itself, or the choice.
func (r *Result) Words(x float64) any {
	if r.Choices != nil {
		return r.Choices[int(x)]
	}
	return x
}
