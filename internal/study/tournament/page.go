package tournament

import (
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/store"
)

// Made says how a tournament's page was made.
type Made struct {
	Name    string
	Hash    string
	Version string
	Command string // that makes the same
	TOML    string // the resolved file
}

// percent turns a score into what charts print: hundredths.
func percent(x Num) float64 { return 100 * float64(x) }

func (r *Result) unit() string {
	if r.Score == "gain" {
		return "% of the most the side could get"
	}
	return "utility, hundredths"
}

// Figures are the charts in the order of the page.
func (r *Result) Figures(m Made) []chart.Figure {
	made := chart.Made{Source: fmt.Sprintf("Parley, tournament %s, seed %d", m.Name, r.Seed)}
	each := r.Sessions / int64(max(len(r.Players)*len(r.Players), 1))
	fixed := fmt.Sprintf("%s, %s of each pair in both seats, %s rounds; the same seeds for all", count(len(r.Domains), "domain"), count(int(r.Repeated), "repetition"), chart.Num(float64(r.Rounds)))
	rank := &chart.Ranking{Made: made, What: "Mean score of the side that plays it", Unit: r.unit(), Fixed: fixed, Paired: true}
	for _, l := range r.Ranking {
		rank.Rows = append(rank.Rows, chart.Rank{Label: l.Player, Score: round(percent(l.Score)), Lo: math.Min(round(percent(l.Lo)), round(percent(l.Score))), Hi: math.Max(round(percent(l.Hi)), round(percent(l.Score))), N: l.Sessions, Tied: l.Tied})
	}
	figs := []chart.Figure{rank}
	heads := &chart.HeadToHead{Made: made, What: "Mean score of the row’s player against the column’s", Unit: r.unit(), Fixed: fixed, N: 2 * each}
	at := map[string]int{}
	for k, p := range r.Players {
		at[p] = k
	}
	for _, l := range r.Ranking {
		heads.Names = append(heads.Names, l.Player)
		var row []float64
		for _, o := range r.Ranking {
			row = append(row, round(percent(r.HeadToHead[at[l.Player]][at[o.Player]])))
		}
		heads.Score = append(heads.Score, row)
	}
	figs = append(figs, heads)
	if len(r.Game.paths) > 0 {
		s := &chart.Simplex{Made: made, Fixed: "payoffs are the mean scores of the tournament"}
		copy(s.Names[:], r.Game.Simplex)
		for _, p := range r.Game.paths {
			s.Paths = append(s.Paths, triples(p))
		}
		for _, e := range r.Game.rests {
			s.Rests = append(s.Rests, chart.Rest{At: [3]float64{e.Mix[0], e.Mix[1], e.Mix[2]}, Stable: e.Stable})
		}
		figs = append(figs, s)
	}
	if g := r.gains(made); g != nil {
		figs = append(figs, g)
	}
	return figs
}

func triples(path [][]float64) [][3]float64 {
	var out [][3]float64
	for i, p := range path {
		if i%5 == 0 || i == len(path)-1 {
			out = append(out, [3]float64{p[0], p[1], p[2]})
		}
	}
	return out
}

// round keeps a tenth of a hundredth, so that a chart's numbers can be read.
func round(x float64) float64 { return math.Round(x*10) / 10 }

// gains is the scatter of deals by both sides' scores.
func (r *Result) gains(made chart.Made) *chart.Gains {
	sc := &r.Scatter
	if sc.Deals == 0 {
		return nil
	}
	g := &chart.Gains{
		Made: made, Success: chart.Signed, Deals: sc.Deals, Left: math.NaN(), Worth: [2]float64{math.NaN(), math.NaN()},
		Parties: chart.Parties{{Name: "the first seat", Short: "the first seat"}, {Name: "the second seat", Short: "the second seat"}},
		Fixed:   "all pairs of players",
	}
	for s := range g.Edges {
		for b := range scatterBins + 1 {
			g.Edges[s] = append(g.Edges[s], 100*float64(b)/scatterBins)
		}
		g.Low[s], g.Mid[s], g.High[s] = quantile(sc.At[s], 0.1), quantile(sc.At[s], 0.5), quantile(sc.At[s], 0.9)
	}
	for _, row := range sc.Count {
		var out []float64
		for _, n := range row {
			out = append(out, 100*float64(n)/float64(sc.Deals))
		}
		g.Share = append(g.Share, out)
	}
	return g
}

// quantile of counts by bin, in hundredths, linear within a bin.
func quantile(n []int64, p float64) float64 {
	total := int64(0)
	for _, c := range n {
		total += c
	}
	left := p * float64(total)
	for b, c := range n {
		if float64(c) >= left && c > 0 {
			return 100 * (float64(b) + left/float64(c)) / float64(len(n))
		}
		left -= float64(c)
	}
	return 100
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// tied are the players that cannot be told from the first.
func (r *Result) tied() []string {
	var out []string
	for _, l := range r.Ranking {
		if l.Tied {
			out = append(out, l.Player)
		}
	}
	return out
}

// Said is the answer: who wins, by how much, how sure.
func (r *Result) Said() report.Said {
	var s report.Said
	if len(r.Ranking) < 2 {
		s.Headline = "Too few players to compare"
		return s
	}
	first, second := &r.Ranking[0], &r.Ranking[1]
	tied := r.tied() // the first among them
	text := func(format string, a ...any) {
		s.Sentences = append(s.Sentences, chart.Plain(fmt.Sprintf(format, a...)))
	}
	by := fmt.Sprintf("%.3f", float64(second.Behind))
	if len(tied) == 1 {
		s.Headline = fmt.Sprintf("%s wins, by %s over %s", chart.Upper(first.Player), by, second.Player)
		text("%s scores %.3f in mean (95%% interval %.3f to %.3f), %s more than %s (p %s, corrected for %d comparisons).",
			first.Player, first.Score, first.Lo, first.Hi, by, second.Player, pValue(second.P), len(r.Pairs))
	} else {
		s.Headline = fmt.Sprintf("%s leads by %s, which may be chance", chart.Upper(first.Player), by)
		text("%s scores %.3f in mean (95%% interval %.3f to %.3f); %s is %s behind (p %s, corrected for %d comparisons), and over %d units %s cannot be told from the first at 5%%.",
			first.Player, first.Score, first.Lo, first.Hi, second.Player, by, pValue(second.P), len(r.Pairs), r.Units, list(tied[1:]))
	}
	last := &r.Ranking[len(r.Ranking)-1]
	text("It agrees in %.0f of 100 talks and leaves those it meets %.3f; the last, %s, scores %.3f.", percent(first.Agreement), float64(first.Other), last.Player, float64(last.Score))
	if b := r.Game.Basins; len(b) > 0 {
		text("If what does better spreads, %s%.0f of 100 starts end at %s.", "", percent(b[0].Share), b[0].words())
	}
	s.Facts = []report.Fact{
		{Big: fmt.Sprintf("%.3f", float64(first.Score)), Small: "mean score of " + first.Player},
		{Big: by, Small: "ahead of " + second.Player},
		{Big: fmt.Sprintf("%d of %d", first.DomainsBest, len(r.Domains)), Small: "domains on which it is best"},
	}
	s.Trust = []string{
		fmt.Sprintf("Means are compared over %d units (%s), each player's against each other's on the same luck.", r.Units, r.Unit),
		"The intervals are about units like these; the domains are not a random sample of negotiations.",
		"Who wins depends on who plays: the equilibria and basins below say what would last.",
	}
	if r.Errors > 0 {
		s.Trust = append(s.Trust, fmt.Sprintf("%s ended in an error and are left out.", count(int(r.Errors), "session")))
	}
	return s
}

func pValue(p Num) string {
	switch {
	case math.IsNaN(float64(p)):
		return "unknown"
	case p < 0.001:
		return "below 0.001"
	}
	return fmt.Sprintf("%.3f", float64(p))
}

func list(names []string) string {
	const most = 4
	if len(names) > most {
		return fmt.Sprintf("%d others", len(names))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// words is a mixture in words: "boulware 62%, micro 38%".
func (m *Mixture) words() string {
	var out []string
	for _, name := range m.order {
		if x := m.Of[name]; x > 0.995 {
			return name + " alone"
		}
		out = append(out, fmt.Sprintf("%s %.0f%%", name, percent(m.Of[name])))
	}
	return strings.Join(out, ", ")
}

// spread is a mean and how far its interval reaches to either side.
func spread(x Num, ci [2]Num, times float64) string {
	if math.IsNaN(float64(x)) {
		return ""
	}
	unit, format := "", "%.3f"
	if times == 100 {
		unit, format = "%", "%.1f"
	}
	out := fmt.Sprintf(format, times*float64(x)) + unit
	if half := float64(ci[1]-ci[0]) / 2; !math.IsNaN(half) {
		out += " ± " + fmt.Sprintf(format, times*half)
	}
	return out
}

func num3(x Num) string {
	if math.IsNaN(float64(x)) {
		return ""
	}
	return strings.Replace(fmt.Sprintf("%.3f", float64(x)), "-", "−", 1)
}

// Tables are the page's.
func (r *Result) Tables() []report.Table {
	rank := report.Table{
		Title: "The ranking", Note: fmt.Sprintf("Means over %s. Intervals and ± are 95%%, what all players share in a unit left out; p is of the distance behind the first, Holm-corrected.", count(r.Units, "unit")),
		Head: []string{"", "player", "score", "95% interval", "behind", "p", "agreement", "best on", "errors"},
	}
	more := report.Table{
		Title: "What else was measured", Note: fmt.Sprintf("Means with ± 95%%, in %s. Joint is the sum over both sides; talks without a deal count with the point of no deal.", r.scoreWord()),
		Head: []string{"player", "other’s score", "joint", "to frontier", "to Nash", "to Kalai-Smorodinsky", "round of deals"},
	}
	for _, l := range r.Ranking {
		rank.Rows = append(rank.Rows, []string{
			fmt.Sprint(l.Place), l.Player, num3(l.Score), num3(l.Lo) + " to " + num3(l.Hi), num3(l.Behind), pValue(l.P),
			spread(l.Agreement, l.AgreementCI, 100), fmt.Sprint(l.DomainsBest), fmt.Sprint(l.Errors),
		})
		more.Rows = append(more.Rows, []string{
			l.Player, spread(l.Other, l.OtherCI, 1), spread(l.Joint, l.JointCI, 1),
			spread(l.ToFrontier, l.FrontierCI, 1), spread(l.ToNash, l.NashCI, 1), spread(l.ToKS, l.KSCI, 1), fmt.Sprintf("%.0f", float64(l.Round)),
		})
	}
	diff := report.Table{Title: "Differences", Note: "Paired over the units, with Student's 95% interval; p Holm-corrected over all pairs.", Head: []string{"player", "over", "by", "95% interval", "p"}}
	for k, d := range r.Pairs {
		if k == 60 {
			diff.Note += fmt.Sprintf(" The first 60 of %d; summary.json has all.", len(r.Pairs))
			break
		}
		diff.Rows = append(diff.Rows, []string{d.Better, d.Worse, num3(d.By), num3(d.Lo) + " to " + num3(d.Hi), pValue(d.P)})
	}
	out := []report.Table{rank, more, diff}
	g := &r.Game
	if len(g.Basins) > 0 {
		t := report.Table{Title: "What would last", Note: "The replicator's rule, with a trickle of mutants, from starts spread over all mixtures, and the symmetric equilibria with at most three strategies. Means are taken as exact.", Head: []string{"", "mixture", "payoff", "share of starts", "stable"}}
		yes := map[bool]string{true: "yes", false: "no"}
		for k := range g.Basins {
			b := &g.Basins[k]
			t.Rows = append(t.Rows, []string{"basin", b.words(), num3(b.Payoff), fmt.Sprintf("%.0f%%", percent(b.Share)), yes[b.Stable]})
		}
		for k := range g.Symmetric {
			e := &g.Symmetric[k]
			t.Rows = append(t.Rows, []string{"equilibrium", e.words(), num3(e.Payoff), "", yes[e.Stable]})
		}
		for _, p := range g.Pure {
			if p[0] != p[1] {
				t.Rows = append(t.Rows, []string{"equilibrium", p[0] + " against " + p[1], "", "", ""})
			}
		}
		out = append(out, t)
		dev := report.Table{Title: "The best change where all play one", Note: "What one player gains most by where everybody else plays the first; nothing to gain is an equilibrium.", Head: []string{"all play", "better off with", "gain"}}
		for _, d := range g.Deviations {
			to := d.To
			if d.Gain == 0 {
				to = "nothing"
			}
			dev.Rows = append(dev.Rows, []string{d.All, to, num3(d.Gain)})
		}
		out = append(out, dev)
	}
	dom := report.Table{Title: "By domain", Note: "Mean score of each player; the best of each domain first.", Head: append([]string{"domain", "best"}, r.Players...)}
	for _, d := range r.ByDomain {
		row := []string{d.Domain, d.Best}
		for _, s := range d.Scores {
			row = append(row, num3(s))
		}
		dom.Rows = append(dom.Rows, row)
	}
	return append(out, dom)
}

func (r *Result) scoreWord() string {
	if r.Score == "gain" {
		return "shares of the most each side could get"
	}
	return "utility"
}

// Page is the whole page.
func (r *Result) Page(m Made) *report.Page {
	title := r.Title
	if title == "" {
		title = "Tournament " + m.Name
	}
	p := &report.Page{
		Title: title, When: fmt.Sprintf("seed %d, %s sessions", r.Seed, chart.Num(float64(r.Sessions))),
		Said: r.Said(), Figures: r.Figures(m), Tables: r.Tables(), Config: m.TOML,
		Numbers: []store.Number{
			{Key: "rounds", Label: "Deadline", Value: fmt.Sprint(r.Rounds), Unit: "rounds", Source: "the tournament's file"},
			{Key: "repetitions", Label: "Repetitions of each pair in both seats", Value: fmt.Sprint(r.Repeated), Source: "the tournament's file"},
			{Key: "score", Label: "What is compared", Value: r.Score, Source: "the tournament's file"},
		},
	}
	for _, f := range []report.Fact{
		{Big: "Players", Small: strings.Join(r.Players, ", ")},
		{Big: "Domains", Small: fmt.Sprint(len(r.Domains))},
		{Big: "Sessions", Small: chart.Num(float64(r.Sessions))},
		{Big: "Seed", Small: fmt.Sprint(r.Seed)},
		{Big: "Experiment", Small: m.Hash},
		{Big: "Parley", Small: m.Version},
		{Big: "The same again", Small: m.Command},
	} {
		if f.Small != "" {
			p.Made = append(p.Made, f)
		}
	}
	return p
}
