package main

// figure is one promise: how it is measured and what it must reach.
type figure struct {
	name    string
	target  target
	measure func() (float64, error)
}

// bench is a figure read from a Go benchmark: the worst of its sub-benchmarks.
func bench(pkg, name, metric string, t target) func() (float64, error) {
	return func() (float64, error) {
		values, err := gobench(pkg, name, "0.5s", 3, metric, t.atLeast)
		if err != nil {
			return 0, err
		}
		return worst(values, t.atLeast), nil
	}
}

// ratio is a figure that compares two benchmarks, a over b, by the same metric.
func ratio(pkg, a, b, metric string) func() (float64, error) {
	return func() (float64, error) {
		va, err := gobench(pkg, a, "0.5s", 3, metric, true)
		if err != nil {
			return 0, err
		}
		vb, err := gobench(pkg, b, "0.5s", 3, metric, true)
		if err != nil {
			return 0, err
		}
		return worst(va, true) / worst(vb, true), nil
	}
}

func of(name string, t target, pkg, bm, metric string) figure {
	return figure{name, t, bench(pkg, bm, metric, t)}
}

const (
	dealPkg     = "./sim/deal"
	simPkg      = "./sim"
	agentsPkg   = "./agents"
	importerPkg = "./internal/importer"
	scenarioPkg = "./internal/scenario"
	economyPkg  = "./sim/economy"
	ossaPkg     = "./sim/economy/ossa2014"
	liberation  = "./sim/economy/liberation2025"
	fieldPkg    = "./internal/study/tournament"
)

// figures are the promises, in the order of docs/performance.md.
var figures = []figure{
	{"hub over plain table, madrid, batch 256", atLeast(0.9, "times"), ratio(scenarioPkg, "BenchmarkMadridHub", "BenchmarkMadridPlain", "offers/s")},
	{"the same, batch 64, the default", atLeast(0.9, "times"), ratio(scenarioPkg, "BenchmarkMadridHub64", "BenchmarkMadridPlain", "offers/s")},
	of("hub table, allocations an offer, to a thousandth", atMost(0, "allocs"), scenarioPkg, "BenchmarkMadridHub", "allocs/offer"),
	of("frontier and solutions, 20 issues x 10 values", atMost(1e6, "ns"), dealPkg, "BenchmarkFrontier20x10", "ns/op"),
	of("solutions of a drawn madrid type", atMost(150e3, "ns"), scenarioPkg, "BenchmarkMadridSolve", "ns/op"),
	of("opposed and zero-sum, certified", atMost(50e6, "ns"), dealPkg, "BenchmarkZeroSum", "ns/op"),
	of("boulware against conceder, 10^4 outcomes", atLeast(10e6, "offers/s"), simPkg, "BenchmarkPlain$/^outcomes=10000", "offers/cpu-s"),
	of("all statistics of 390,625 outcomes", atMost(20e6, "ns"), importerPkg, "BenchmarkStatistics", "ns/op"),
	of("MiCRO against MiCRO, 10^20 outcomes, 10,000 rounds", atMost(0.1e9, "ns"), agentsPkg, "BenchmarkVastMicro", "ns/op"),
	of("the same, memory from the system", atMost(100, "MB"), agentsPkg, "BenchmarkVastMicro", "MB"),
	of("madrid, shares left in every row", atLeast(2000, "runs/s"), scenarioPkg, "BenchmarkMadridRuns", "runs/s"),
	of("madrid, without shares left", atLeast(10000, "runs/s"), scenarioPkg, "BenchmarkMadridRunsPlainRows", "runs/s"),
	of("ossa2014, one solve, cold or warm", atMost(0.5e6, "ns"), ossaPkg, "BenchmarkSolve$/^(cold|warm)", "ns/op"),
	of("ossa2014, war of 7 governments by sector", atMost(2e9, "ns"), economyPkg, "BenchmarkOssaNash", "ns/op"),
	of("liberation2025, one warm solve", atMost(50e6, "ns"), liberation, "BenchmarkSolveWarm", "ns/op"),
	of("payoff surfaces like madrid's, first time", atMost(30e9, "ns"), economyPkg, "BenchmarkSurfaces$/^first", "ns/op"),
	of("payoff surfaces like madrid's, from cache", atMost(0.2e9, "ns"), economyPkg, "BenchmarkSurfaces$/^cached", "ns/op"),
	of("Bayesian opponent model, an offer", atMost(2000, "ns"), agentsPkg, "BenchmarkModel$/^bayesian", "ns/op"),
	of("20 agents on 91 domains, 1,000 rounds, one worker", atLeast(607, "talks/s"), fieldPkg, "BenchmarkField", "talks/s"),
}
