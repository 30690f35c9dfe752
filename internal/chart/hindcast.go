package chart

import (
	"fmt"
	"math"
	"strings"
)

// Hindcast sets what the model says, with what was known the day before, against what happened.
type Hindcast struct {
	Made
	Episodes []Episode
	Known    string  // "played with what was known the day before; priors fitted on the other episodes"
	Note     string  // "bands from 10,000 talks each, marks as reported"; may be empty
	Scores   []Score // the model's and its rivals' error, the model's first
	Error    string  // what the scores are: "CRPS, share of the range"
}

// Episode is one negotiation that took place.
type Episode struct {
	Name   string  // "China, Phase One"
	When   string  // "Jan 2020, deal"
	Deal   bool    // what happened
	Chance float64 // of a deal, percent; NaN if not said
	Terms  []Outcome
}

// Outcome is one term of an episode: the band, and what was agreed.
type Outcome struct {
	Label, Unit    string
	Lo, Hi         float64 // what could be agreed
	Low, Mid, High float64 // 10th, 50th and 90th of 100 deals
	Observed       float64
	Log            bool // the strip is drawn on log10(1 + x)
}

// place is where a value stands on the strip, 0 to 1.
func (o *Outcome) place(v float64) float64 {
	v = min(max(v, o.Lo), o.Hi)
	if o.Log {
		return (math.Log1p(v) - math.Log1p(o.Lo)) / (math.Log1p(o.Hi) - math.Log1p(o.Lo))
	}
	return (v - o.Lo) / (o.Hi - o.Lo)
}

// Score is a forecaster's error: less is better.
type Score struct {
	Name  string
	Error float64
}

// Name implements Figure.
func (f *Hindcast) Name() string { return "hindcast" }

// inside tells whether what happened lies within the band of 8 in 10.
func (o *Outcome) inside() bool { return o.Observed >= o.Low && o.Observed <= o.High }

// Check implements Figure.
func (f *Hindcast) Check() error {
	n := 0
	for _, e := range f.Episodes {
		for _, o := range e.Terms {
			n++
			if !(o.Low <= o.Mid && o.Mid <= o.High) || !(o.Hi > o.Lo) || math.IsNaN(o.Observed) || o.Log && o.Lo <= -1 {
				return fmt.Errorf("%s, %s: %v, %v, %v within %v to %v, observed %v", e.Name, o.Label, o.Low, o.Mid, o.High, o.Lo, o.Hi, o.Observed)
			}
		}
	}
	if n == 0 {
		return ErrEmpty
	}
	return nil
}

// hits counts outcomes and those inside, and finds the one furthest outside, by its range.
func (f *Hindcast) hits() (in, all int, worst *Outcome, of *Episode) {
	far := 0.0
	for i := range f.Episodes {
		e := &f.Episodes[i]
		for k := range e.Terms {
			o := &e.Terms[k]
			all++
			if o.inside() {
				in++
				continue
			}
			if d := max(o.place(o.Low)-o.place(o.Observed), o.place(o.Observed)-o.place(o.High)); d > far {
				far, worst, of = d, o, e
			}
		}
	}
	return in, all, worst, of
}

// Title implements Figure.
func (f *Hindcast) Title() string {
	in, all, worst, of := f.hits()
	s := fmt.Sprintf("%d of %d outcomes fell inside the 8-in-10 band", in, all)
	if worst != nil {
		side := "above"
		if worst.Observed < worst.Low {
			side = "below"
		}
		s += fmt.Sprintf("; furthest %s it: %s, %s", side, of.Name, lower(worst.Label))
	}
	return s
}

// Subtitle implements Figure.
func (f *Hindcast) Subtitle() Rich {
	r := Rich{
		{Text: "Each strip runs over all that could be agreed" + after("; ", f.Known) + "."},
		{Text: "\n"},
		{Text: "Bar: 8 in 10 deals; tick: middle. What happened: "},
		{Text: "inside", Bold: true, Role: Ink},
		{Text: " or "},
		{Text: "outside the band", Bold: true, Role: Warn},
		{Text: "."},
	}
	if f.Note != "" {
		r = append(r, Span{Text: " " + upper(f.Note) + "."})
	}
	return r
}

// Alt implements Figure.
func (f *Hindcast) Alt() string {
	s := "Strips against observed marks. " + f.Title() + "."
	for i, e := range f.Episodes {
		if i == 3 || len(e.Terms) == 0 {
			break
		}
		o := e.Terms[0]
		s += fmt.Sprintf(" %s, %s: band %s to %s, observed %s.", e.Name, o.Label, num(o.Low), num(o.High), num(o.Observed))
	}
	return s
}

// CSV implements Figure.
func (f *Hindcast) CSV() [][]string {
	rows := [][]string{{"episode", "when", "chance_of_a_deal_percent", "term", "unit", "10th_of_100", "middle", "90th_of_100", "observed", "inside"}}
	for _, e := range f.Episodes {
		for _, o := range e.Terms {
			rows = append(rows, []string{e.Name, e.When, raw(e.Chance), o.Label, o.Unit, raw(o.Low), raw(o.Mid), raw(o.High), raw(o.Observed), fmt.Sprint(o.inside())})
		}
	}
	for _, sc := range f.Scores {
		rows = append(rows, []string{"", "", "", "error of " + sc.Name, f.Error, "", "", "", raw(sc.Error), ""})
	}
	return rows
}

// surprised tells whether the episode went against the odds: it was likelier to end the other way.
func (e *Episode) surprised() bool {
	return !math.IsNaN(e.Chance) && (e.Deal && e.Chance < 50 || !e.Deal && e.Chance > 50)
}

func (f *Hindcast) draw(s *sheet) {
	y := 0.0
	if !s.narrow() {
		s.text(0, 12, tick, "Episode")
		s.text(176, 12, tick.at(right), "chance of a deal")
		s.text(s.w, 12, tick.at(right), "what happened")
		y = 20
		s.rule(0, y, s.w, y, 1.2, Grey3)
	}
	for i := range f.Episodes {
		e := &f.Episodes[i]
		if s.narrow() {
			y = f.episodeNarrow(s, e, y)
			continue
		}
		top := y
		y += 8
		for k := range e.Terms {
			f.term(s, &e.Terms[k], y+16)
			y += 30
		}
		st := label.strong()
		names := st.upTo(2, e.Name, 122)
		b := s.lines(0, top+28.5, 16, st, names)
		b = s.lines(0, b, 16, label.in(Text2), label.upTo(2, e.When, 122))
		if !math.IsNaN(e.Chance) {
			c := label.strong().at(right)
			if e.surprised() {
				c = c.in(WarnText)
			}
			s.text(176, top+28.5, c, of100(e.Chance)+"%")
		}
		y = max(y+4, b-6)
		s.rule(0, y, s.w, y, 1, Grid)
	}
	s.h = y + 2
	if len(f.Scores) > 0 {
		var parts []string
		for _, sc := range f.Scores {
			parts = append(parts, sc.Name+" "+num(sc.Error))
		}
		n := s.rich(0, y+24, s.w, 17, label.in(Text2), Plain("Error ("+f.Error+"): "+strings.Join(parts, "; ")+"."))
		s.h = y + 24 + 17*float64(n-1) + 4
	}
}

// term draws one outcome on its strip.
func (f *Hindcast) term(s *sheet, o *Outcome, mid float64) {
	x0, x1 := 404.0, s.w-128
	s.textMid(x0-46, mid, label.at(right), label.fit(withUnit(o.Label, o.Unit), x0-46-186))
	s.text(x0-12, mid+4.3, tick.at(right), num(o.Lo))
	s.text(x1+12, mid+4.3, tick, num(o.Hi))
	o.strip(s, x0, x1, mid)
	st := label.strong().at(right)
	if !o.inside() {
		st = st.in(WarnText)
	}
	s.textMid(s.w, mid, st, num(o.Observed))
}

func (o *Outcome) strip(s *sheet, x0, x1, mid float64) {
	at := func(v float64) float64 { return x0 + (x1-x0)*o.place(v) }
	s.rule(x0, mid, x1, mid, 1, Grey3)
	s.rect(at(o.Low), mid-4, max(at(o.High)-at(o.Low), 2), 8, Grey3)
	s.rect(at(o.Mid)-3.5, mid-10, 7, 20, BG)
	s.rect(at(o.Mid)-1.5, mid-9, 3, 18, Ink)
	x := at(o.Observed)
	if o.inside() {
		s.diamond(x, mid, 7, 1.6, Ink, BG)
		return
	}
	s.diamond(x, mid, 7, 1.8, Warn, Ink)
}

func (f *Hindcast) episodeNarrow(s *sheet, e *Episode, y float64) float64 {
	r := Rich{{Text: e.Name, Bold: true, Role: Ink}, {Text: ", " + e.When}}
	if !math.IsNaN(e.Chance) {
		role := Ink
		if e.surprised() {
			role = Warn
		}
		r = append(r, Span{Text: "; chance of a deal "}, Span{Text: of100(e.Chance) + "%", Bold: true, Role: role})
	}
	y += 18*float64(s.rich(0, y+14, s.w, 18, label.in(Text2), r)) + 4
	for k := range e.Terms {
		o := &e.Terms[k]
		role := Ink
		if !o.inside() {
			role = Warn
		}
		y += 16 * float64(s.rich(0, y+13, s.w, 16, label.in(Text2), Rich{{Text: withUnit(o.Label, o.Unit) + ": "}, {Text: num(o.Observed), Bold: true, Role: role}}))
		x0, x1 := 34.0, s.w-46
		s.text(x0-10, y+18.3, tick.at(right), num(o.Lo))
		s.text(x1+10, y+18.3, tick, num(o.Hi))
		o.strip(s, x0, x1, y+14)
		y += 34
	}
	s.rule(0, y, s.w, y, 1, Grid)
	return y + 4
}
