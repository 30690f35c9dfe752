package economy

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the replication table into docs/validation.md")

// figure is a line of the replication table: one number, or the numbers of one printed line.
type figure struct {
	model, what string
	published   []float64 // as printed by the authors; nil: not printed
	recomputed  []float64 // solved once from the same data by other programs (MODELS); nil: not
	ours        []float64
	within      []float64 // of recomputed, else of published; one, or one a number
	digits      int       // decimals shown
}

// one is a figure of a single number; NaN where nobody printed or recomputed it.
func one(model, what string, published, recomputed, ours, within float64, digits int) figure {
	f := figure{model: model, what: what, ours: []float64{ours}, within: []float64{within}, digits: digits}
	if !math.IsNaN(published) {
		f.published = []float64{published}
	}
	if !math.IsNaN(recomputed) {
		f.recomputed = []float64{recomputed}
	}
	return f
}

var none = math.NaN()

// largest is the largest difference from what is to be met, and whether all are within bounds.
func (f *figure) largest() (float64, bool) {
	want := f.recomputed
	if want == nil {
		want = f.published
	}
	most, good := 0.0, true
	for k, x := range f.ours {
		d := x - want[k]
		good = good && math.Abs(d) <= f.within[min(k, len(f.within)-1)]+1e-12
		if math.Abs(d) > math.Abs(most) {
			most = d
		}
	}
	return most, good
}

func (f *figure) row() string {
	list := func(x []float64, digits int) string {
		if x == nil {
			return ""
		}
		var out []string
		for _, v := range x {
			if digits < 0 {
				out = append(out, strconv.FormatFloat(v, 'g', -1, 64))
			} else {
				out = append(out, strconv.FormatFloat(v, 'f', digits, 64))
			}
		}
		return strings.Join(out, " / ")
	}
	d, _ := f.largest()
	recomputed := list(f.recomputed, f.digits)
	diff := strconv.FormatFloat(d, 'f', f.digits+1, 64)
	ours := list(f.ours, f.digits+1)
	if f.digits > 8 { // a distance from exact agreement
		diff, ours = fmt.Sprintf("%.0e", d), fmt.Sprintf("%.0e", f.ours[0])
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", f.model, f.what, list(f.published, -1), recomputed, ours, diff)
}

// shared is a folder of the published files, which stand beside the project, not in it.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	full := filepath.Join(append([]string{"..", "..", "..", "shared", "data", "economy"}, path...)...)
	if _, err := os.Stat(full); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the published files are not beside the project: " + full)
	}
	return full
}

const (
	begins = "<!-- the replication table: go test ./sim/economy -run Replication -update writes it -->\n"
	ends   = "<!-- end of the replication table -->\n"
)

// TestReplication prints the replication table: published, recomputed by others, ours, difference;
// and holds docs/validation.md to it.
func TestReplication(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	var rows []figure
	rows = append(rows, ossaRows(t)...)
	rows = append(rows, liberationRows(t)...)
	rows = append(rows, naftaRows(t)...)
	rows = append(rows, inputRows(t)...)
	rows = append(rows, warRows(t)...)
	table := "| model | number | published | recomputed | ours | largest difference |\n|---|---|---|---|---|---|\n"
	for k := range rows {
		r := &rows[k]
		if d, good := r.largest(); !good {
			t.Errorf("%s, %s: %v is off by %g, want within %g", r.model, r.what, r.ours, d, r.within)
		}
		table += r.row() + "\n"
	}
	t.Log("\n" + table)
	path := filepath.Join("..", "..", "docs", "validation.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), begins)
	kept, after, ok2 := strings.Cut(rest, ends)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", path)
	}
	if *update {
		if err := os.WriteFile(path, []byte(before+begins+table+ends+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if kept != table {
		t.Errorf("%s does not hold this table; go test ./sim/economy -run Replication -update writes it", path)
	}
}
