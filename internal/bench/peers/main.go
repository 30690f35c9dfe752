// Command peers measures Parley beside NegMAS on the same domains, agents and rounds, on one core, in one
// run, and prints both with their ratio. Run it from the repository's root:
//
//	go run ./internal/bench/peers [-seconds S] [-rounds 100,1000] [DOMAIN]...
//
// NegMAS runs by ../shared/peers/bench_negmas.py in the Python that PARLEY_PYTHON names, else python3. Where
// there is none, or NegMAS is not installed, Parley is measured alone and set beside what NegMAS took when
// it was last measured.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// domains are those measured unless others are named: a small one and the largest that NegMAS plays in seconds.
var domains = []string{"anac2010_ItexvsCypress", "anac2012_SupermarketA"}

// pairs are the pairs of agents by their name in bench_negmas.py.
var pairs = []pair{
	{"boulware_vs_conceder", [2]string{"negmas/boulware", "negmas/conceder"}, 3000, 20_000},
	{"micro_vs_micro", [2]string{"negmas/micro", "negmas/micro"}, 2000, 0},
}

type pair struct {
	name   string
	agents [2]string
	target float64 // times NegMAS's offers a second
	once   float64 // times its negotiations a second at 112,896 outcomes, set-up done once
}

// At 112,896 outcomes the promises are of negotiations a second too; targetEach is with the set-up done each time.
const (
	largeOutcomes = 100_000
	targetEach    = 200
)

func main() {
	seconds := flag.Float64("seconds", 4, "how long NegMAS plays each pair; Parley plays as long, half of it with the set-up each time")
	rounds := flag.String("rounds", "100,1000", "how many rounds, comma-separated")
	shared := flag.String("shared", filepath.Join("..", "shared"), "the folder that holds data/domains and peers")
	flag.Parse()
	if flag.NArg() > 0 {
		domains = flag.Args()
	}
	if err := run(*shared, *rounds, *seconds); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(shared, rounds string, seconds float64) error {
	runtime.GOMAXPROCS(1)
	var ns []int32
	for _, w := range strings.Split(rounds, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(w), 10, 32)
		if err != nil || n < 1 {
			return fmt.Errorf("-rounds: %q is not a whole number from 1", w)
		}
		ns = append(ns, int32(n))
	}
	them, why := negmas(shared, domains, ns, seconds)
	if why != nil {
		fmt.Printf("NegMAS is not measured (%v);\nits column is what it took when ../shared/peers was written: 110 us an offer at the least, at most 84 negotiations\na second at 180 outcomes and 3 at 112,896\n\n", why)
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "domain\toutcomes\tagents\trounds\tPARLEY ns/offer\tNEGMAS us/offer\ttimes\tof\tPARLEY talks/s\twith set-up\tNEGMAS talks/s\ttimes\tof\twith set-up\tof\t")
	missed := 0
	verdict := func(got, target float64) string {
		switch {
		case target == 0:
			return "-"
		case why != nil: // NegMAS's column is not of this machine
			return fmt.Sprintf("%.0f", target)
		case got < target:
			missed++
			return fmt.Sprintf("%.0f MISSED", target)
		}
		return fmt.Sprintf("%.0f", target)
	}
	for _, name := range domains {
		for _, p := range pairs {
			for _, n := range ns {
				ours, err := measure(filepath.Join(shared, "data", "domains", name), p.agents, n, time.Duration(seconds/2*float64(time.Second)))
				if err != nil {
					return err
				}
				their, ok := them[key{name, p.name, n}]
				if !ok {
					their = recorded(ours.outcomes)
				}
				once, each := 0.0, 0.0
				if ours.outcomes >= largeOutcomes {
					once, each = p.once, targetEach
				}
				perOffer := their.offer * 1000 / ours.offer
				fmt.Fprintf(out, "%s\t%d\t%s\t%d\t%.1f\t%.0f\t%.0f\t%s\t%.0f\t%.0f\t%.2f\t%.0f\t%s\t%.0f\t%s\t\n", name, ours.outcomes, p.name, n,
					ours.offer, their.offer, perOffer, verdict(perOffer, p.target),
					ours.once, ours.each, their.talks, ours.once/their.talks, verdict(ours.once/their.talks, once), ours.each/their.talks, verdict(ours.each/their.talks, each))
			}
		}
	}
	out.Flush()
	fmt.Println("\ntimes: Parley's rate over NegMAS's, both by processor time; talks/s with model, parties and agents made once, with set-up: made anew for every talk")
	if missed > 0 {
		return fmt.Errorf("%d figures missed", missed)
	}
	return nil
}
