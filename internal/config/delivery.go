package config

// Delivery is what paper becomes, year by year.
type Delivery struct {
	// Years looked ahead, 1 to 50. Default 10.
	Years int64 `toml:"years" check:">=1"`
	// The share of announced investment, once cleared, that is built.
	BuiltShare Number `toml:"built_share" check:"share"`
	// The share of all inputs bought from China that plants of $1bn use: what relief on inputs reaches
	// grows by it with what is built. Default 0.0005.
	InputReach Number `toml:"input_reach" check:"share"`
	// The share of extra purchases promised that the promise brings about, over what would be bought anyway.
	PurchaseShare Number `toml:"purchase_share" check:"share"`
	// The share of takeovers that review lets through, under full foreign control, by choice of the issue `screening`.
	Cleared *Numbers `toml:"cleared"`
	// The chance a year that a side leaves the deal; each side, in calm years. Default 0.
	Withdrawal Number `toml:"withdrawal" check:"share"`
	// The chance that a deal that has run its `duration` is renewed, and that a renegotiation succeeds. Default 1.
	Renewal Number `toml:"renewal" check:"share"`

	// The share of announced investment that is new plants, outside national review. Default 0: all is reviewed.
	Greenfield Number `toml:"greenfield" check:"share"`
	// The share of new plants that states and localities let pass. Default 1.
	Local Number `toml:"local" check:"share"`
	// Size of the median project, $bn. Default 3.3.
	ProjectSize Number `toml:"project_size" check:">0"`
	// Standard deviation of the logarithm of projects' sizes. Default 1.1.
	ProjectSpread Number `toml:"project_spread" check:">=0"`
	// Years over which projects start. Default 4.
	Over Number `toml:"over" check:">0"`
	// The most that can start, $bn a year. Default: no cap.
	Pace Number `toml:"pace" check:">0"`
	// Years from the start of a new plant to its output: shortest, likely, longest. Default 2, 2.7, 4.
	PlantLag *Numbers `toml:"plant_lag"`
	// The same for a takeover. Default 0.1, 0.3, 0.6.
	TakeoverLag *Numbers `toml:"takeover_lag"`
	// The share of investment in sensitive sectors. Default 0.3.
	Sensitive Number `toml:"sensitive" check:"share"`
	// How far review tells sensitive sectors from others, 0 to 1, by choice of `screening`. Default 0.
	BySector *Numbers `toml:"by_sector"`
	// The share of cleared takeovers that is cleared on conditions only. Default 0.2.
	Mitigated Number `toml:"mitigated" check:"share"`
	// The share of refused takeovers that is blocked; the others withdraw. Default 0.1.
	Blocked Number `toml:"blocked" check:"share"`
	// The chance a year that a plant is ordered sold. Default 0.01.
	ForcedSale Number `toml:"forced_sale" check:"share"`
	// The chance a year that a plant under construction is cancelled once the deal is over. Default 0.3.
	Shock Number `toml:"shock" check:"share"`
	// The share of refusals that a form of control avoids, by choice of the issue `control`. Default 0.
	Eased *Numbers `toml:"eased"`
	// The share of returns that the investor keeps, by choice of `control`. Default 1.
	Stake *Numbers `toml:"stake"`
	// The share of the risk of a forced sale that is left, by choice of `control`. Default 1.
	SaleRisk *Numbers `toml:"sale_risk"`
	// The share of the know-how that the host comes to hold, by choice of `control`. Default 0.
	KnowHow *Numbers `toml:"know_how"`
	// Jobs for each $bn built. Default 1000.
	Jobs Number `toml:"jobs" check:">=0"`
	// Value added by a job, $bn a year. Default 0.00017.
	ValuePerJob Number `toml:"value_per_job" check:">=0"`
	// Yardsticks for what is built in a year, such as the best year so far, $bn.
	Records *Numbers `toml:"records"`
	// Sales a year that promised purchases come on top of, $bn. Default 0: they are not followed.
	Sales Number `toml:"sales" check:">=0"`
	// Standard deviation of the logarithm of those sales a year. Default 0.1.
	SalesSpread Number `toml:"sales_spread" check:"share"`
	Backing
}

// fillIn gives what the file leaves out its default.
func (d *Delivery) fillIn() {
	if d.Years == 0 {
		d.Years = 10
	}
	for _, n := range []struct {
		at   *Number
		path string
		v    float64
		why  string
	}{
		{&d.InputReach, "input_reach", 0.0005, "plants of $100bn use a twentieth of the inputs bought from China"},
		{&d.Greenfield, "greenfield", 0, "the default: all of it is reviewed"},
		{&d.Local, "local", 1, "the default: no state or locality refuses"},
		{&d.ProjectSize, "project_size", 3.3, "the default: the middle of five plants of 0.6 to 10"},
		{&d.ProjectSpread, "project_spread", 1.1, "the default: the spread of the same five"},
		{&d.Over, "over", 4, "the default"},
		{&d.Sensitive, "sensitive", 0.3, "the default"},
		{&d.Mitigated, "mitigated", 0.2, "the default"},
		{&d.Blocked, "blocked", 0.1, "the default: most withdraw rather than be blocked"},
		{&d.ForcedSale, "forced_sale", 0.01, "the default"},
		{&d.Shock, "shock", 0.3, "the default: the pace of cancellations of early 2025"},
		{&d.Jobs, "jobs", 1000, "the default: the likely value of nine plants and surveys"},
		{&d.ValuePerJob, "value_per_job", 0.00017, "the default: the mean of foreign-owned firms"},
		{&d.SalesSpread, "sales_spread", 0.1, "the default"},
	} {
		n.at.orElse("delivery."+n.path, n.v, n.why)
	}
}
