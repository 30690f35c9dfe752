package config

// Observed is what really came of it. Only hindcasts read it.
type Observed struct {
	// Where it is reported.
	Source string `toml:"source"`
	// How it ended: "agreed", "partial", "extended" (all three count as a deal), "collapsed" or "never_ratified". Empty: not said.
	OutcomeClass string `toml:"outcome_class" check:"agreed|partial|extended|collapsed|never_ratified"`
	// The name of the episode in a file of outcomes, where that is not the scenario's.
	Episode string `toml:"episode"`
	// The episodes it is not independent of share a group. Default: its own.
	Group string `toml:"group"`
	// The value of each issue, by key; issues not named are unknown.
	Values []ObservedValue `toml:",rest"`
}

// ObservedValue is what came of one issue. A number need not be one of the issue's values, but lies
// between its lowest and its highest.
type ObservedValue struct {
	Issue string `toml:",key"`
	Value
}
