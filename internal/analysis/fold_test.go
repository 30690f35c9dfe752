package analysis

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/store"
	"pgregory.net/rapid"
)

func newTest(t testing.TB, o rowtest.Options) *Fold {
	t.Helper()
	f, err := New(rowtest.Schema(), rowtest.Brief(o))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func summed(t testing.TB, o rowtest.Options, n int64) *Summary {
	f := newTest(t, o)
	rowtest.Each(o, 0, n, f.Add)
	return f.Summary()
}

func within(t *testing.T, what string, got Share, truth float64) {
	t.Helper()
	// Four standard errors: one run of the tests in 16,000 would fail if the rows were not fixed.
	if d := 4 * math.Sqrt(truth*(1-truth)/float64(max(got.Of, 1))); math.Abs(got.Share-truth) > d {
		t.Errorf("%s: %v, true %v", what, got, truth)
	}
}

func TestSharesAgainstTheTruth(t *testing.T) {
	const n = 40_000
	s := summed(t, rowtest.Options{}, n)
	if s.Runs != (Runs{n, n / rowtest.ErrorOne, n - n/rowtest.ErrorOne}) {
		t.Fatalf("runs: %+v", s.Runs)
	}
	possible := 1 - rowtest.NoZOPA
	deal := possible * (1 - rowtest.WalkOut) * (rowtest.Base + rowtest.Slope/2 + rowtest.Micro/2)
	within(t, "success", s.Success, deal)
	if len(s.Stages) != 3 || !s.Stages[2].Goal {
		t.Fatalf("stages: %+v", s.Stages)
	}
	within(t, "possible", s.Stages[1].Share, possible)
	within(t, "signed", s.Stages[2].Share, deal)

	if len(s.Losses) != 2 || s.Losses[0].Key != "never_possible" || s.Losses[1].Key != "not_found" {
		t.Fatalf("losses: %+v", s.Losses)
	}
	causes := map[string]Cause{}
	var lost int64
	for _, l := range s.Losses {
		of := int64(0)
		for i, c := range l.Causes {
			causes[c.Key] = c
			of += c.Share.N
			if i > 0 && c.Share.N > l.Causes[i-1].Share.N {
				t.Errorf("%s: causes out of order", l.Key)
			}
		}
		if of != l.Share.N {
			t.Errorf("%s: causes %d of %d", l.Key, of, l.Share.N)
		}
		lost += l.Share.N
	}
	if lost+s.Success.N != s.Runs.Counted {
		t.Errorf("lost %d and won %d of %d", lost, s.Success.N, s.Runs.Counted)
	}
	within(t, "red line", causes["no_zopa:us.taiwan"].Share, rowtest.NoZOPA/2)
	within(t, "interests", causes["no_zopa:interests"].Share, rowtest.NoZOPA/4)
	within(t, "walk-out", causes["walk_out:us"].Share, possible*rowtest.WalkOut/2)
	if c := causes["no_zopa:us.taiwan"]; c.Party != "us" || c.Kind != "red_line" || c.Words != "US red line taiwan (never taiwan = opposes)" {
		t.Errorf("cause: %+v", c)
	}

	r := s.Stages[2].Range
	if r == nil || r.Groups != 4 || r.Small != 0 {
		t.Fatalf("range: %+v", r)
	}
	base := possible * (1 - rowtest.WalkOut) * (rowtest.Base + rowtest.Slope/2)
	within(t, "lowest pair", r.Lo.Share, base)
	within(t, "highest pair", r.Hi.Share, base+possible*(1-rowtest.WalkOut)*rowtest.Micro)
	if len(s.Strategies) != 4 {
		t.Errorf("%d pairs", len(s.Strategies))
	}
	if s.Numbers != (Numbers{Total: 5, Assumed: 2, Sourced: 2, Neither: 1, Drawn: 3}) {
		t.Errorf("numbers: %+v", s.Numbers)
	}
}

func TestHomeAndDelivery(t *testing.T) {
	s := summed(t, rowtest.Options{Home: true}, 40_000)
	if len(s.Stages) != 5 || !s.Stages[4].Goal || s.Criterion != "lasting" {
		t.Fatalf("stages: %+v", s.Stages)
	}
	signed := s.Stages[2].Share
	within(t, "ratified", Share{N: s.Stages[3].Share.N, Of: signed.N, Share: float64(s.Stages[3].Share.N) / float64(signed.N)}, 0.75)
	within(t, "lasting", Share{N: s.Stages[4].Share.N, Of: signed.N, Share: float64(s.Stages[4].Share.N) / float64(signed.N)}, 0.5)
	if len(s.Losses) != 4 || s.Losses[2].Key != "refused" || s.Losses[3].Key != "broke" {
		t.Fatalf("losses: %+v", s.Losses)
	}
	if c := s.Losses[2].Causes[0]; c.Kind != "audience" || c.Party == "" {
		t.Errorf("refusal: %+v", c)
	}
	if len(s.Delivery) != 1 || math.Abs(s.Delivery[0].Spread.Middle-50) > 2 || s.Delivery[0].Spread.N != s.Success.N {
		t.Errorf("delivery: %+v", s.Delivery)
	}
}

// What success asks for may not be played yet: then what is played counts, and the summary says so.
func TestSuccessThatIsNotPlayed(t *testing.T) {
	b := rowtest.Brief(rowtest.Options{})
	b.Success = "lasting"
	f, err := New(rowtest.Schema(), b)
	if err != nil {
		t.Fatal(err)
	}
	rowtest.Each(rowtest.Options{}, 0, 2000, f.Add)
	s := f.Summary()
	if s.Asked != "lasting" || s.Criterion != "signed" || s.Success.N == 0 || len(s.Warnings) == 0 {
		t.Errorf("asked %s, counted %s, %+v, warnings %q", s.Asked, s.Criterion, s.Success, s.Warnings)
	}
}

func TestTermsAndWorth(t *testing.T) {
	o := rowtest.Options{}
	f := newTest(t, o)
	var invest, worth, share []float64
	control := map[uint64]int64{}
	rowtest.Each(o, 0, 20_000, func(r store.Row) {
		f.Add(r)
		if r[rowtest.Status] == 0 {
			invest = append(invest, r.F(rowtest.Investment))
			worth = append(worth, r.F(rowtest.WorthUS))
			share = append(share, r.F(rowtest.ShareLeft))
			control[r[rowtest.Control]]++
		}
	})
	s := f.Summary()
	if len(s.Terms) != 3 || s.Terms[0].Now != "51.1" || s.Terms[2].Spread != nil {
		t.Fatalf("terms: %+v", s.Terms)
	}
	term := s.Terms[1]
	if term.Spread.N != int64(len(invest)) || term.Spread.Middle != plain(invest, 0.5) || term.Spread.Lo != plain(invest, 0.1) || term.Spread.Hi != plain(invest, 0.9) {
		t.Errorf("investment %+v, by sorting %v %v %v", term.Spread, plain(invest, 0.1), plain(invest, 0.5), plain(invest, 0.9))
	}
	for i, l := range s.Terms[2].Levels {
		if l.Share.N != control[uint64(i)] || l.Share.Of != int64(len(invest)) || l.Now != (i == 0) {
			t.Errorf("control %s: %+v, counted %d", l.Value, l, control[uint64(i)])
		}
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 0.01+2*accuracy*math.Abs(want) {
			t.Errorf("%s: %v, by sorting %v", what, got, want)
		}
	}
	near("worth, middle", s.Worth[0].Deals.Middle, plain(worth, 0.5))
	near("worth, low", s.Worth[0].Deals.Lo, plain(worth, 0.1))
	near("worth, high", s.Worth[0].Deals.Hi, plain(worth, 0.9))
	near("left", s.Left.Middle, plain(share, 0.5))
	below := int64(0)
	for _, w := range worth {
		below += one(w < 0)
	}
	if s.Worth[0].Worse.N != below {
		t.Errorf("worse off: %d, counted %d", s.Worth[0].Worse.N, below)
	}
	if s.ECDF[0].At[50] != s.Worth[0].Deals.Middle || len(s.ECDF[0].At) != 101 {
		t.Errorf("ecdf: %v", s.ECDF[0])
	}
	inside := sum(s.Violins[0].Counts)
	if n := s.Violins[0].Spread.N; inside < n*98/100 || inside > n {
		t.Errorf("violin holds %d of %d", inside, n)
	}
	if s.Gains.N != int64(len(invest)) || len(s.Gains.Points) != MaxPoints || len(s.Parallel.Deals) != MaxLines {
		t.Errorf("gains %d of %d, %d points, %d lines", s.Gains.N, len(invest), len(s.Gains.Points), len(s.Parallel.Deals))
	}
}

// plain is the quantile by sorting: the least value with at least a share p at or below it.
func plain(v []float64, p float64) float64 {
	v = append([]float64(nil), v...)
	order := ascending(v)
	return v[order[max(int(math.Ceil(p*float64(len(v))))-1, 0)]]
}

func TestWhatDecides(t *testing.T) {
	s := summed(t, rowtest.Options{}, 60_000)
	if len(s.Decides) != 4 || s.Decides[0].Key != "party.us.pressure" {
		t.Fatalf("decides: %+v", s.Decides)
	}
	d := s.Decides[0]
	base := (1 - rowtest.NoZOPA) * (1 - rowtest.WalkOut)
	within(t, "lowest fifth", d.Low.Share, base*(rowtest.Base+rowtest.Micro/2+0.1*rowtest.Slope))
	within(t, "highest fifth", d.High.Share, base*(rowtest.Base+rowtest.Micro/2+0.9*rowtest.Slope))
	if math.Abs(*d.Low.Below-0.2) > 0.01 || math.Abs(*d.High.Above-0.8) > 0.01 || !d.Clear || d.Evidence != Assumed {
		t.Errorf("pressure: below %v, above %v, %+v", *d.Low.Below, *d.High.Above, d)
	}
	for _, d := range s.Decides[1:] {
		if math.Abs(d.Swing) > 0.03 {
			t.Errorf("%s has no effect, but swings %v", d.Key, d.Swing)
		}
		switch d.Key {
		case "party.us.noise":
			if n := d.Low.Share.Of; n < 10_000 || n > 14_000 || d.Evidence != Sourced {
				t.Errorf("noise: a fifth of %d, %s", n, d.Evidence)
			}
		case "party.china.holds":
			if d.Low.Is != "no" || d.High.Is != "yes" {
				t.Errorf("holds: %+v", d)
			}
		case "party.china.style":
			if d.Kind != "level" || d.Evidence != Assumed || d.Swing < 0 {
				t.Errorf("style: %+v", d)
			}
		}
	}
	m := s.Levers
	if m == nil || len(m.X.Edges) != eighths+1 || m.Rows != s.Runs.Counted || m.Thin {
		t.Fatalf("levers: %+v", m)
	}
	var n, won int64
	for _, row := range m.Cells {
		for x, c := range row {
			n, won = n+c.Of, won+c.N
			within(t, "cell", c, base*(rowtest.Base+rowtest.Micro/2+rowtest.Slope*(float64(x)+0.5)/eighths))
		}
	}
	if n != s.Runs.Counted || won != s.Success.N {
		t.Errorf("cells hold %d runs, %d won; all %d, %d", n, won, s.Runs.Counted, s.Success.N)
	}
}

func TestEndings(t *testing.T) {
	s := summed(t, rowtest.Options{}, 20_000)
	e := s.Endings
	if e.By != "date" || e.Start != "2025-09-14" || e.Width != 1 {
		t.Fatalf("endings: %+v", e)
	}
	if last := e.Steps[len(e.Steps)-1]; last.Date != "2025-10-30" || last.At != rowtest.TalkDays {
		t.Errorf("last step: %+v", last)
	}
	for k, kind := range e.Kinds {
		n := int64(0)
		for _, st := range e.Steps {
			n += st.N[k]
		}
		if n != kind.Share.N {
			t.Errorf("%s %s: %d by date, %d in all", kind.Key, kind.Party, n, kind.Share.N)
		}
	}
	if e.Kinds[0].Key != "success" || e.Kinds[0].Share != s.Success {
		t.Errorf("first kind %+v, success %+v", e.Kinds[0], s.Success)
	}
}

// The summary does not depend on how rows are cut into shards, in what order shards are merged, or
// whether a fold has been a file in between.
func TestMergeIsOrderFree(t *testing.T) {
	o := rowtest.Options{Home: true}
	const n = 6000
	whole := newTest(t, o)
	whole.thin.limit = 500
	rowtest.Each(o, 0, n, whole.Add)
	want := toJSON(t, whole.Summary())
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.Int64Range(97, n).Draw(rt, "size")
		var parts []*Fold
		for first := int64(0); first < n; first += size {
			f := whole.Empty()
			f.thin.limit = 500
			rowtest.Each(o, first, min(size, n-first), f.Add)
			if rapid.Bool().Draw(rt, "file") {
				b, err := f.MarshalBinary()
				if err != nil {
					rt.Fatal(err)
				}
				g := whole.Empty()
				g.thin.limit = 500
				if err := g.UnmarshalBinary(b); err != nil {
					rt.Fatal(err)
				}
				again, _ := g.MarshalBinary()
				if !bytes.Equal(b, again) {
					rt.Fatal("a fold read and written has other bytes")
				}
				f = g
			}
			parts = append(parts, f)
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 1))
		for len(parts) > 1 {
			i := rng.IntN(len(parts) - 1)
			if err := parts[i].Merge(parts[len(parts)-1]); err != nil {
				rt.Fatal(err)
			}
			parts = parts[:len(parts)-1]
		}
		if got := toJSON(t, parts[0].Summary()); !bytes.Equal(got, want) {
			rt.Fatalf("shards of %d give another summary", size)
		}
	})
}

func toJSON(t testing.TB, v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNoRunsNoDealsOnlyErrors(t *testing.T) {
	f := newTest(t, rowtest.Options{})
	if s := f.Summary(); s.Success.Of != 0 || len(s.Warnings) == 0 || s.Levers != nil || len(toJSON(t, s)) == 0 {
		t.Errorf("no runs: %+v", s)
	}
	rowtest.Each(rowtest.Options{}, 0, 50, func(r store.Row) {
		r[rowtest.Status], r[rowtest.Cause] = 5, 10
		f.Add(r)
	})
	if s := f.Summary(); s.Runs != (Runs{50, 50, 0}) || s.Statuses[5].N != 50 {
		t.Errorf("only errors: %+v", s.Runs)
	}
	g := f.Empty()
	rowtest.Each(rowtest.Options{}, 0, 50, func(r store.Row) {
		r[rowtest.Status], r[rowtest.Cause] = 4, 1
		g.Add(r)
	})
	s := g.Summary()
	if s.Success.N != 0 || s.Stages[1].Share.N != 0 || s.Worth != nil || s.Gains != nil || s.Terms[0].Spread != nil {
		t.Errorf("never possible: %+v", s)
	}
	toJSON(t, s)
}

func TestBadInput(t *testing.T) {
	if _, err := New(store.Schema{Columns: []store.Column{{Name: "run"}}}, rowtest.Brief(rowtest.Options{})); err == nil {
		t.Error("a schema without status is taken")
	}
	b := rowtest.Brief(rowtest.Options{})
	b.Success = "hoped"
	if _, err := New(rowtest.Schema(), b); err == nil {
		t.Error("success = hoped is taken")
	}
	b = rowtest.Brief(rowtest.Options{})
	b.Parties = b.Parties[:1]
	if _, err := New(rowtest.Schema(), b); err == nil {
		t.Error("one party is taken")
	}
	o := rowtest.Brief(rowtest.Options{})
	o.Issues = o.Issues[:1]
	other, err := New(rowtest.Schema(), o)
	if err != nil {
		t.Fatal(err)
	}
	f := newTest(t, rowtest.Options{})
	if f.Merge(other) == nil {
		t.Error("folds of different scenarios merge")
	}
	x, _ := other.MarshalBinary()
	if f.UnmarshalBinary(x) == nil {
		t.Error("a fold of another scenario is read")
	}
	if f.UnmarshalBinary(nil) == nil {
		t.Error("nothing is read as a fold")
	}
}

// Values at the ends of what can be counted.
func TestSketchExtremes(t *testing.T) {
	var s sketch
	for _, v := range []float64{0, math.Copysign(0, -1), 1e-300, -1e-300, 1e300, -1e300, math.MaxFloat64, math.NaN(), math.Inf(1), 5} {
		s.add(v)
	}
	if s.n() != 8 || s.at(0) != -1e300 || s.at(1) < 1.7e308 {
		t.Errorf("n %d, from %v to %v", s.n(), s.at(0), s.at(1))
	}
	w := &writer{}
	w.sketch(&s)
	var u sketch
	r := &reader{b: w.b}
	r.sketch(&u)
	if r.err != nil || u.n() != 8 {
		t.Errorf("read back: %v, %d", r.err, u.n())
	}
}

func FuzzUnmarshal(f *testing.F) {
	fold := newTest(f, rowtest.Options{})
	rowtest.Each(rowtest.Options{}, 0, 40, fold.Add)
	b, _ := fold.MarshalBinary()
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		g := fold.Empty()
		if g.UnmarshalBinary(b) != nil {
			return
		}
		toJSON(t, g.Summary())
		if _, err := g.MarshalBinary(); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	f := newTest(b, rowtest.Options{})
	var rows []store.Row
	rowtest.Each(rowtest.Options{}, 0, 4096, func(r store.Row) { rows = append(rows, append(store.Row(nil), r...)) })
	i := 0
	for b.Loop() {
		f.Add(rows[i%len(rows)])
		i++
	}
}
