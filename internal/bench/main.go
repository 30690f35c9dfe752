// Command bench measures the figures that Parley promises and prints each beside its target.
// Run it from the repository's root: go run ./internal/bench [NAME-PART]...
// It runs the benchmarks of the packages and a few whole commands with bin/parley, one at a time.
// docs/performance.md says what each figure means and what limits it.
package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

func main() {
	out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(out, "FIGURE\tMEASURED\tTARGET\t")
	missed := 0
	for _, f := range figures {
		if !wanted(f.name, os.Args[1:]) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring %s\n", f.name)
		got, err := f.measure()
		if err != nil {
			fmt.Fprintf(out, "%s\tnot measured: %v\t%s\t\n", f.name, err, f.target)
			missed++
			continue
		}
		verdict := ""
		if !f.target.met(got) {
			verdict, missed = "missed", missed+1
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", f.name, quantity(got, f.target.unit), f.target, verdict)
	}
	out.Flush()
	if missed > 0 {
		fmt.Printf("%d figures missed or not measured\n", missed)
		os.Exit(1)
	}
}

// wanted tells whether a name holds one of the parts asked for; without parts every name is wanted.
func wanted(name string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(name, p) {
			return true
		}
	}
	return len(parts) == 0
}
