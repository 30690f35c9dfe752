package config

// Worth is the one scale that everything in a scenario is valued on.
const (
	USDBnYear = "usd_bn_year" // $bn a year over no deal; no deal is worth 0, politics priced in
	Unit      = "unit"        // 0 to 1, for benchmarks; no deal is worth the party's no_deal
)

// Scenario is one scenario file, decoded and checked.
type Scenario struct {
	// What the runs are to answer, in one sentence; the small line over the report's headline.
	Question string `toml:"question"`
	// The date the scenario stands on: no fact known later is used. Empty for benchmarks.
	AsOf Date `toml:"as_of"`
	// The one scale of worth: "usd_bn_year" is $bn a year over no deal, "unit" is 0 to 1 for benchmarks.
	Worth string `toml:"worth" check:"usd_bn_year|unit"`
	// How many negotiations to play, 1 or more. Default 10,000.
	Runs int64 `toml:"runs" check:">=1"`
	// The file of common assumptions that fills in what this file leaves out: "priors.toml", beside it or the program's own. Empty: none.
	Priors string `toml:"priors"`
	// The master seed, 0 or more: the same seed gives the same runs. Default 1.
	Seed int64 `toml:"seed" check:">=0"`

	// What is on the table, one line an issue. The order is the order of columns and charts.
	Issues []Issue `toml:"issue"`
	// What follows if talks end without a deal; not the same as today.
	NoDeal NoDeal `toml:"no_deal"`
	// The two sides, in the order of their columns.
	Parties []Party `toml:"party"`
	// Yardsticks by name, such as what others have pledged: fixed numbers above 0, for shapes with beats and share_of.
	References []NamedNumber `toml:"reference"`
	// Another table at which one of the parties talks at once.
	Second *Second `toml:"second_table"`
	// Who at home must agree to a signed deal, and by what rule.
	Ratify *Ratify `toml:"ratify"`
	// Rounds and dates.
	Clock Clock `toml:"clock"`
	// Threats, answers and breaches.
	Escalation *Escalation `toml:"escalation"`
	// The trade models behind every interest with from = "economy".
	Economy *Economy `toml:"economy"`
	// What becomes of what is signed; behind every interest with from = "delivery".
	Delivery *Delivery `toml:"delivery"`
	// What keeps the deal when nobody can enforce it.
	Hold *Hold `toml:"hold"`
	// What to vary on purpose. Without it a run is a plain batch of `runs`.
	Design *Design `toml:"design"`
	// What really came of it, for hindcasts; never read by a run.
	Observed *Observed `toml:"observed"`
	// What counts as success, and what is written.
	Output Output `toml:"output"`

	name    string            // the scenario's name, for people
	tree    *node             // as read, overrides applied
	known   Known             // what it was checked against
	dists   *dists            // those made so far
	sets    int               // how many overrides it was read with
	origins map[string]places // where each key was set, by path
}

// NoDeal is what follows when talks end without a deal.
type NoDeal struct {
	// The chance that the truce in force lapses, so that the values below come about; otherwise
	// everything stays as today. Default 1.
	TruceLapses Number `toml:"truce_lapses" check:"chance"`
	// The truce in force: a pause with an end.
	Truce *Truce `toml:"truce"`
	// Values of issues if it does, by issue: a number (it need not be one of the issue's values), or
	// one of its choices. Issues not named stay as today.
	Values []NoDealValue `toml:",rest"`
	Backing
}

// Truce is a pause with an end.
type Truce struct {
	// Its first day.
	From Date `toml:"from"`
	// Its last day, after From.
	Until Date `toml:"until"`
	// Whether a breach that is seen ([escalation.breach], chances a year) can end it before; truce_lapses is then the chance that it lapses at its end. Default false: truce_lapses covers both.
	Watched bool `toml:"watched"`
	Backing
}

// NoDealValue is the value of one issue without a deal.
type NoDealValue struct {
	Issue  string `toml:",key"` // the issue's key
	Number Number // of numeric issues
	Choice Pick   // of issues with choices
}

// Output says what counts and what is written.
type Output struct {
	// What counts as success: "signed", "ratified" by both, or "lasting": still in force after lasting_years.
	Success string `toml:"success" check:"signed|ratified|lasting"`
	// Years after which a deal that is still in force counts as lasting, 1 or more. Default 4.
	LastingYears int64 `toml:"lasting_years" check:">=1"`
	// Formats of the exported rows: "csv", "parquet".
	Rows []string `toml:"rows" check:"csv|parquet"`
	// Formats of the charts: "svg", "png", "pdf".
	Charts []string `toml:"charts" check:"svg|png|pdf"`
	// Whether every row carries the exact share of the joint gain left on the table (a frontier a run). Default true.
	ShareLeft bool `toml:"share_left" check:"always"`
}
