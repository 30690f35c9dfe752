package config

// Observed is what really came of it. Only hindcasts read it.
type Observed struct {
	// Where it is reported.
	Source string `toml:"source"`
	// The value of each issue, by key; issues not named are unknown.
	Values []ObservedValue `toml:",rest"`
}

// ObservedValue is what came of one issue. A number need not be one of the issue's values.
type ObservedValue struct {
	Issue string `toml:",key"`
	Value
}
