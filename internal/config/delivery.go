package config

// Delivery is what paper becomes, year by year.
type Delivery struct {
	// Years looked ahead, 1 or more. Default 10.
	Years int64 `toml:"years" check:">=1"`
	// The share of announced investment, once cleared, that is built.
	BuiltShare Number `toml:"built_share" check:"share"`
	// The share of all inputs bought from China that plants of $1bn use: what relief on inputs reaches
	// grows by it with what is built. Default 0.0005.
	InputReach Number `toml:"input_reach" check:"share"`
	// The share of promised purchases that is bought.
	PurchaseShare Number `toml:"purchase_share" check:"share"`
	// The share of investment that review lets through, by choice of the issue `screening`.
	Cleared *Numbers `toml:"cleared"`
	// The chance a year that a side leaves the deal.
	Withdrawal Number `toml:"withdrawal" check:"share"`
	Backing
}
