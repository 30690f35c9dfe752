package config

// Design is what to vary on purpose: points, each with its own settings, each played runs_each times.
type Design struct {
	// How points are laid out. "grid": every combination of the values in vary.
	Plan string `toml:"plan" check:"grid"`
	// Runs at each point, 1 or more. Default 1,000.
	RunsEach int64 `toml:"runs_each" check:">=1"`
	// What to vary, by path, with its values: "issue.investment.max" = [200, 400]. A path is as in --set.
	Vary []Factors `toml:"vary"`
}

// Factors is one key that is varied, with its values.
type Factors struct {
	Path   string   `toml:",key"` // as in --set
	Values []string // as TOML, so that Path + "=" + Value is an override
}
