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
