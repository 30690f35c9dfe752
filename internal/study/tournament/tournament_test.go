package tournament

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

// folderOf writes a two-issue domain as GENIUS has it.
func folderOf(t *testing.T, dir, name string, a, b [4]int) {
	t.Helper()
	at := filepath.Join(dir, name)
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	issues := func(ev [4]int) string {
		item := func(v string, n int) string { return fmt.Sprintf(`<item index="1" value="%s" evaluation="%d"/>`, v, n) }
		return `<issue index="1" name="price" type="discrete" etype="discrete">` + item("low", ev[0]) + item("high", ev[1]) + `</issue>` +
			`<issue index="2" name="time" type="discrete" etype="discrete">` + item("soon", ev[2]) + item("late", ev[3]) + `</issue>`
	}
	put := func(file, text string) {
		if err := os.WriteFile(filepath.Join(at, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("domain.xml", `<negotiation_template><utility_space number_of_issues="2"><objective index="0" name="any" type="objective" etype="objective">`+issues([4]int{})+`</objective></utility_space></negotiation_template>`)
	for k, ev := range [][4]int{a, b} {
		put(fmt.Sprintf("profile%d.xml", k+1), `<utility_space><objective index="0" name="any" type="objective" etype="objective">`+issues(ev)+`<weight index="1" value="0.6"/><weight index="2" value="0.4"/></objective></utility_space>`)
	}
}

func open(t *testing.T, text string, n int) *Job {
	t.Helper()
	dir := t.TempDir()
	for k := range n {
		folderOf(t, dir, fmt.Sprint("d", k), [4]int{4, 1 + k, 2, 3}, [4]int{1, 5, 4 + k, 2})
	}
	c, err := Parse("field.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c.Dir = dir
	ds, _, err := OpenDomains(context.Background(), c.Domains, c.Dir, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(c, ds, false)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

const small = `
domains = ["d*"]
repetitions = 3
rounds = 20
players = ["boulware", "conceder", "ponpoko", "micro"]
`

func run(t *testing.T, j *Job, dir string, workers int, runs uint64) *store.Folder {
	t.Helper()
	_, err := experiment.Run(context.Background(), j, experiment.Options{
		Runs: runs, Workers: workers, Dir: dir, Points: j.Points(), Scenario: "t", ShardSize: 10, Brief: store.Brief{Worth: "unit", Success: "signed"},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func bytesOf(t *testing.T, f *store.Folder) []byte {
	t.Helper()
	if _, err := f.WriteCSV(store.CSVLimit); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(f.Dir, store.CSVFile))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// One worker, three workers, and an interrupted start that is gone on with give the same bytes.
func TestSameBytes(t *testing.T) {
	j := open(t, small, 7)
	if want := uint64(7 * 16 * 3); j.Runs() != want {
		t.Fatalf("%d runs, not %d", j.Runs(), want)
	}
	one := bytesOf(t, run(t, j, t.TempDir(), 1, j.Runs()))
	three := bytesOf(t, run(t, j, t.TempDir(), 3, j.Runs()))
	dir := t.TempDir()
	run(t, j, dir, 2, 55)
	on := bytesOf(t, run(t, j, dir, 2, j.Runs()))
	if !bytes.Equal(one, three) || !bytes.Equal(one, on) {
		t.Error("the rows depend on workers or on an interruption")
	}
}

func TestResult(t *testing.T) {
	j := open(t, small, 7)
	r, err := Summarise(j, run(t, j, t.TempDir(), 2, j.Runs()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Sessions != 336 || r.Errors != 0 || r.Units != 7 || r.Unit != "domain" {
		t.Errorf("%d sessions, %d errors, %d units (%s)", r.Sessions, r.Errors, r.Units, r.Unit)
	}
	total := int64(0)
	for i, l := range r.Ranking {
		total += l.Sessions
		if !(l.Lo <= l.Score && l.Score <= l.Hi) || i > 0 && l.Score > r.Ranking[i-1].Score {
			t.Errorf("line %d: %+v", i, l)
		}
		if !(l.Agreement > 0) || math.IsNaN(float64(l.ToNash)) || !(l.ToFrontier <= l.ToNash+1e-9) {
			t.Errorf("line %d: %+v", i, l)
		}
	}
	if total != 2*r.Sessions {
		t.Errorf("%d seats in %d sessions", total, r.Sessions)
	}
	if len(r.Pairs) != 6 || len(r.Game.Basins) == 0 || len(r.Game.Simplex) != 3 {
		t.Errorf("%d differences, %d basins, simplex of %v", len(r.Pairs), len(r.Game.Basins), r.Game.Simplex)
	}
	for _, d := range r.Pairs {
		if d.By < 0 || d.P < 0 || d.P > 1 {
			t.Errorf("%+v", d)
		}
	}
	var page, text bytes.Buffer
	if err := r.Page(Made{Name: "t"}).Write(&page); err != nil {
		t.Fatal(err)
	}
	if err := r.Print(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{r.Ranking[0].Player, "cannot be told", "of starts end at"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the terminal does not say %q:\n%s", want, text.String())
		}
	}
	if strings.Contains(page.String(), "http://") && strings.Contains(page.String(), "src=") {
		t.Error("the page asks for something from elsewhere")
	}
}

// With one domain the repetitions are the units.
func TestFewDomains(t *testing.T) {
	j := open(t, small, 1)
	r, err := Summarise(j, run(t, j, t.TempDir(), 1, j.Runs()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Units != 3 || r.Unit != "domain and repetition" {
		t.Errorf("%d units (%s)", r.Units, r.Unit)
	}
}

func TestBadFiles(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "names none",
		"domains = 3":                           "field.toml:1",
		small + "roundss = 3":                   "did you mean rounds?",
		small + "[player.x]\nbiding = 'linear'": "did you mean bidding?",
		strings.Replace(small, "boulware", "boulwar", 1):             `did you mean "boulware"?`,
		strings.Replace(small, "rounds = 20", "rounds = 0", 1):       "field.toml:4: rounds: 0 is not from 1",
		strings.Replace(small, "repetitions = 3", "seed = -1", 1):    "-1 is not >= 0",
		strings.Replace(small, "conceder", "boulware", 1):            "stands twice",
		small + "score = 'fame'":                                     `"fame" is not one of utility, gain`,
		small + "[player.x]\nbidding='linear'\nexec='cat'":           "a program (exec) has no bidding",
		small + "[player.x]\nbidding='time'\nparams={concession=-3}": "-3 is not between",
		strings.Replace(small, "micro", "exec: ", 1):                 "names no command",
		"\x00": "field.toml",
	} {
		_, err := Parse("field.toml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %s", text, err, want)
		}
	}
	c, err := Parse("f", []byte(strings.Replace(small, "micro", "exec:cat", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(c, nil, false); err == nil || !strings.Contains(err.Error(), "not run unasked") {
		t.Errorf("%v", err)
	}
	if _, _, err := OpenDomains(context.Background(), []string{"none/*", "quickstrt"}, t.TempDir(), scenario.Options{}); err == nil || !strings.Contains(err.Error(), "matches no folder") || !strings.Contains(err.Error(), "quickstart") {
		t.Errorf("%v", err)
	}
}

// Student's interval and p against published numbers: Student (1908), the sleep data as in R's t.test(extra ~ group, paired = TRUE):
// mean difference -1.58, t = -4.0621, p = 0.002833, interval -2.4598858 to -0.7001142.
func TestStudent(t *testing.T) {
	a := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	b := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d := make([]float64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	e, p := student(d)
	if math.Abs(e.mean+1.58) > 1e-12 || math.Abs(e.lo+2.4598858) > 1e-6 || math.Abs(e.hi+0.7001142) > 1e-6 || math.Abs(p-0.002833) > 1e-6 {
		t.Errorf("%+v, p %v", e, p)
	}
	// Two columns: Cousineau and Morey's interval of each is sqrt(2) / 2 of that of the difference.
	var x [][]float64
	for i := range a {
		x = append(x, []float64{a[i], b[i]})
	}
	w := within(x)
	if got := w[0].hi - w[0].lo; math.Abs(got-(e.hi-e.lo)/math.Sqrt2) > 1e-9 {
		t.Errorf("width %v of %v", got, e.hi-e.lo)
	}
	if h := holm([]float64{0.01, 0.04, 0.03}); math.Abs(h[0]-0.03) > 1e-12 || math.Abs(h[1]-0.06) > 1e-12 || math.Abs(h[2]-0.06) > 1e-12 {
		t.Errorf("Holm: %v", h)
	}
}

// What a party pays for asking about its own preferences is taken off its utility, to the last bit of what a question costs.
func TestQuestionsCost(t *testing.T) {
	mean := func(cost string) float64 {
		j := open(t, strings.Replace(small, `"micro"`, `"uncertain/boulware:known=2:questions=2:question_cost=`+cost+`"`, 1), 2)
		r, err := Summarise(j, run(t, j, t.TempDir(), 2, j.Runs()))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range r.Ranking {
			if strings.HasPrefix(l.Player, "uncertain/") {
				return float64(l.Score)
			}
		}
		t.Fatal("it is not in the ranking")
		return 0
	}
	if free, dear := mean("0"), mean("0.01"); math.Abs(free-dear-0.02) > 1e-12 {
		t.Errorf("two questions at 0.01 cost %v", free-dear)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("players = [\"exec:x\", \"boulware\"]\ndomains = ['a']\n[player.x]\nbidding = 'time'\nparams = {concession = nan}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("f", data)
		if err != nil {
			return
		}
		if _, err := Parse("again", c.TOML()); err != nil {
			t.Errorf("its own text is refused: %v\n%s", err, c.TOML())
		}
	})
}
