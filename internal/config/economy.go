package config

// Economy names the trade models behind interests with from = "economy".
type Economy struct {
	// The trade model for tariffs.
	Tariffs string `toml:"tariffs"`
	// The model for what the farm tariff adds; empty: the same.
	Farm string `toml:"farm"`
	// The model for what relief on inputs adds; empty: the same.
	Inputs string `toml:"inputs"`
	// Further models the report repeats its headline under.
	Also []string `toml:"also"`
	// Parameters of a model, by its name: [economy.linear].
	Params []ModelParams `toml:",rest"`
	Backing
}

// ModelParams are the parameters of one trade model.
type ModelParams struct {
	// The model's name.
	Key string `toml:",key"`
	Numbers
}
