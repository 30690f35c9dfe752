package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// theirs is what NegMAS does.
type theirs struct {
	offer float64 // us of processor time an offer
	talks float64 // negotiations a second of it
}

type key struct {
	domain, pair string
	rounds       int32
}

// recorded are the figures of ../shared/peers/README.md at their fastest.
func recorded(outcomes int64) theirs {
	if outcomes >= largeOutcomes {
		return theirs{110, 3}
	}
	return theirs{110, 84}
}

// negmas runs the benchmark of NegMAS, or says why it cannot.
func negmas(shared string, domains []string, rounds []int32, seconds float64) (map[key]theirs, error) {
	python := os.Getenv("PARLEY_PYTHON")
	if python == "" {
		python = "python3"
	}
	script := filepath.Join(shared, "peers", "bench_negmas.py")
	if _, err := os.Stat(script); err != nil {
		return nil, err
	}
	if out, err := exec.Command(python, "-c", "import negmas").CombinedOutput(); err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		return nil, fmt.Errorf("%s: %w: %s; PARLEY_PYTHON names another", python, err, lines[len(lines)-1])
	}
	var ns []string
	for _, n := range rounds {
		ns = append(ns, strconv.Itoa(int(n)))
	}
	cmd := exec.Command(python, script, strings.Join(domains, ","), strconv.FormatFloat(seconds, 'g', -1, 64))
	cmd.Env = append(os.Environ(), "NS=("+strings.Join(ns, ",")+",)", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
	cmd.Stderr = os.Stderr
	fmt.Fprintln(os.Stderr, "measuring NegMAS; it takes a while")
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", script, err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s printed no table: %w", script, err)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	out := map[key]theirs{}
	for _, r := range rows[1:] {
		n, err1 := strconv.Atoi(r[at["n_steps"]])
		offer, err2 := strconv.ParseFloat(r[at["cpu_us_per_offer"]], 64)
		each, err3 := strconv.ParseFloat(r[at["offers_per_neg"]], 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, fmt.Errorf("%s printed a row that is none: %s", script, strings.Join(r, ","))
		}
		out[key{r[at["domain"]], r[at["pair"]], int32(n)}] = theirs{offer, 1e6 / (offer * each)}
	}
	return out, nil
}
