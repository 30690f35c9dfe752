// Package house holds the layout of the project: who may import whom.
package house

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/parley-sim/parley/"

// floors lists the rooms from the ground up. A package may import packages of its own line's
// children and of lines above it, never below. Order within the list is the order of the house.
var floors = []struct {
	room string
	only []string // if set, the rooms of this module it may import; nothing else
}{
	{room: "sim/deal", only: []string{}},
	{room: "sim/chance", only: []string{}},
	{room: "configs", only: []string{}},
	{room: "sim/economy", only: []string{"sim/economy", "configs"}},
	{room: "sim/politics", only: []string{"sim/deal", "sim/chance", "sim/politics"}},
	{room: "sim", only: []string{"sim/deal", "sim/chance"}},
	{room: "agents", only: []string{"sim", "sim/deal", "sim/chance", "sim/politics", "agents"}},
	{room: "internal/store", only: []string{"internal/store"}},
	{room: "internal/importer", only: []string{"sim/deal", "internal/importer"}},
	{room: "internal/config", only: []string{"sim/chance", "internal/config"}},
	{room: "internal/experiment", only: []string{"internal/store", "internal/experiment"}},
	{room: "internal/scenario"},
	{room: "internal/analysis/egt", only: []string{"sim/chance"}},
	{room: "internal/analysis", only: []string{"internal/store", "internal/analysis", "internal/analysis/egt"}},
	{room: "internal/chart", only: []string{"internal/chart"}},
	{room: "internal/report", only: []string{"internal/store", "internal/analysis", "internal/chart", "internal/report"}},
	{room: "internal/study"},
	{room: "cmd/parley"},
	{room: "examples", only: []string{"sim", "sim/deal", "sim/chance", "agents"}},
}

// tools are commands that stand outside the house: they build data or print figures.
var tools = []string{"internal/economydata", "internal/surfacedata", "internal/bench", "internal/house", "internal/shareddata"}

func room(pkg string) (string, int) {
	best, at := "", -1
	for i, f := range floors {
		exact := f.room == "sim" && pkg != "sim" // the root of the library has rooms of its own below it
		if pkg == f.room || !exact && strings.HasPrefix(pkg, f.room+"/") {
			if len(f.room) > len(best) {
				best, at = f.room, i
			}
		}
	}
	return best, at
}

func within(pkg string, rooms []string) bool {
	r, _ := room(pkg)
	for _, x := range rooms {
		if r == x || pkg == x {
			return true
		}
	}
	return false
}

func TestImportsGoOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		f := strings.Fields(line)
		pkg := strings.TrimPrefix(f[0], module)
		if within(pkg, tools) || isTool(pkg) {
			continue
		}
		_, at := room(pkg)
		if at < 0 {
			t.Errorf("%s stands in no room of the house: add it to floors and to docs/architecture.md", pkg)
			continue
		}
		seen++
		for _, imp := range f[1:] {
			if !strings.HasPrefix(imp, module) {
				if floors[at].room == "sim/deal" && strings.Contains(imp, ".") {
					t.Errorf("%s imports %s: sim/deal is standard library only", pkg, imp)
				}
				continue
			}
			dep := strings.TrimPrefix(imp, module)
			_, to := room(dep)
			switch {
			case isTool(dep):
				t.Errorf("%s imports the tool %s", pkg, dep)
			case to > at:
				t.Errorf("%s imports %s, which stands above it", pkg, dep)
			case to == at:
			case floors[at].only != nil && !within(dep, floors[at].only):
				t.Errorf("%s may not know %s", pkg, dep)
			}
		}
	}
	if seen < 3 {
		t.Fatalf("only %d packages were looked at", seen)
	}
}

func isTool(pkg string) bool {
	for _, x := range tools {
		if pkg == x || strings.HasPrefix(pkg, x+"/") {
			return true
		}
	}
	return false
}
