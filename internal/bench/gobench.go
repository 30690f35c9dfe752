package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// gobench runs one benchmark and returns the values of one of its metrics by sub-benchmark name,
// the best of count runs: on a shared machine the noise only ever slows.
func gobench(pkg, name, benchtime string, count int, metric string, higher bool) (map[string]float64, error) {
	profile, err := filepath.Abs("cmd/parley/default.pgo") // as the command is built
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("go", "test", "-pgo="+profile, "-run", "^$", "-bench", "^"+name+"$", "-benchmem",
		"-benchtime", benchtime, "-count", strconv.Itoa(count), "-cpu", "1", pkg)
	text, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, text)
	}
	return parseBench(string(text), metric, higher)
}

// parseBench reads the text of `go test -bench`: name, iterations, then pairs of value and metric.
func parseBench(text, metric string, higher bool) (map[string]float64, error) {
	best := map[string]float64{}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
			continue
		}
		for k := 2; k+1 < len(f); k += 2 {
			if f[k+1] != metric {
				continue
			}
			v, err := strconv.ParseFloat(f[k], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", strings.TrimSpace(line), err)
			}
			old, seen := best[f[0]]
			if !seen || (higher && v > old) || (!higher && v < old) {
				best[f[0]] = v
			}
		}
	}
	if len(best) == 0 {
		return nil, fmt.Errorf("no benchmark printed %s", metric)
	}
	return best, nil
}

// worst is the worst sub-benchmark: a figure holds for all of them.
func worst(values map[string]float64, higher bool) float64 {
	first, w := true, 0.0
	for _, v := range values {
		if first || (higher && v < w) || (!higher && v > w) {
			first, w = false, v
		}
	}
	return w
}
