package config

// Hold is what keeps a deal when nobody can enforce it: how far each side looks ahead (party.X.discount),
// what breaking brings, and what of the plants built is lost by it. Read by parley enforce only.
type Hold struct {
	// How long the deal lasts if nobody breaks it: "while_kept", or "duration": the years that the issue duration says. Default "while_kept".
	Lasts string `toml:"lasts" check:"while_kept|duration"`
	// What a side does that breaks it, with what it gives: the "best" answer for a year, or back to "today". Default "best".
	Breaks string `toml:"breaks" check:"best|today"`
	// Years of no deal that punish a break, after which both keep again; 0 for ever. Default 0.
	PunishYears int64 `toml:"punish_years" check:">=0"`
	// The share of a year in which a break goes unanswered, above 0 up to 1, by choice of the issue `enforcement`. Default 1.
	Unanswered *Numbers `toml:"unanswered"`
	// What plants earn, gross, a year per unit built; the investor's part is delivery.stake. What a hostage is worth. Default 0: plants bind nobody.
	Return Number `toml:"return" check:">=0"`
	// The share of the investor's return that it loses if the deal is broken, by either side. Default 1.
	Lost Number `toml:"lost" check:"share"`
	// The share of that which the country where the plants stand gains if it takes them; then there is no deal ever after. Default 0.
	Taken Number `toml:"taken" check:"share"`
	// The share of the worth of built plants to that country that goes on after a break. Default 1.
	Left Number `toml:"left" check:"share"`
	// Interests that come with the plants, as they are built, and not with the signature: security, sovereignty. Those that delivery brings do so anyway.
	WithPlants []string `toml:"with_plants"`
	Backing
}
