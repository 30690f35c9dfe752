package config

// Party is one side.
type Party struct {
	// The word for it in this file and in columns.
	Key string `toml:",key"`
	// Its name in sentences; the key if empty.
	Name string `toml:"name"`
	// Its name where room is short; the name if empty.
	Short string `toml:"short"`
	// The chance that it makes the first offer. Say it of one party; the other moves first otherwise. Default 0.5.
	MovesFirst Number `toml:"moves_first" check:"chance"`
	// What each week of talks takes off the worth of any deal to it, 0 or more. Default 0.
	CostOfDelay Number `toml:"cost_of_delay" check:">=0"`
	// What it counts the next year for against this one, 0 to below 1, where it weighs keeping a deal against breaking it. Default 0.9.
	Discount Number `toml:"discount" check:"share"`
	// What no deal is worth to it, on worth = "unit" only (its reservation value). Default 0.
	NoDeal Number `toml:"no_deal"`
	// Its attitude to risk. Default "neutral".
	Risk Risk `toml:"risk"`
	// What it cares about; its utility is their sum.
	Interests []Interest `toml:"interest"`
	// What it will never sign, or signs only at a cost.
	RedLines []RedLine `toml:"red_line"`
	// Who plays for it.
	Negotiator Negotiator `toml:"negotiator"`
	// Groups at home that must live with the deal.
	Audiences []Audience `toml:"audience"`
	// A change of those in power that is to be expected.
	Election *Election `toml:"election"`
	Backing
}

// Election is a day from which others may be in power, again and again.
type Election struct {
	// The first day of those elected, such as an inauguration.
	Office Date `toml:"office"`
	// Years from one to the next, 1 or more. Default 4.
	Every int64 `toml:"every" check:">=1"`
	// The chance that the party leaves a deal in force in the year in which that day falls, in place of delivery.withdrawal.
	Leaves Number `toml:"leaves" check:"share"`
	Backing
}

// Negotiator is the agent that plays for a party.
type Negotiator struct {
	// How it makes offers: a bidding strategy, or { choice = { boulware = 1, tit_for_tat = 1 } }, drawn once a run. Default "boulware".
	Bidding Pick `toml:"bidding"`
	// When it accepts. Default: the rule of the program that the bidding strategy is from, else "next": when the offer is worth what it would ask for next.
	Accept Pick `toml:"accept"`
	// What it makes of the other's offers. Default: the model that goes with the bidding strategy, else "frequency".
	Opponent Pick `toml:"opponent"`
	// Parameters of these by name, such as concession (Faratin's beta: below 1 holds out, above 1 gives way early).
	Params []NamedNumber `toml:",rest"`
	Backing
}

// RedLine is what a party will never sign (never), or signs only at a cost (when, costs).
type RedLine struct {
	// The word for it in this file and in causes.
	Key string `toml:",key"`
	// What it never signs: comparisons of issues with values, joined by and, or, not; "taiwan = opposes and investment > 200". `now` stands for today's value.
	Never string `toml:"never"`
	// What it signs only at the cost below, written as in never.
	When string `toml:"when"`
	// The price of breaking the line, on the scenario's scale, above 0.
	Costs Number `toml:"costs" check:">0"`
	// The chance that the line holds in a run. Default 1.
	Holds Number `toml:"holds" check:"chance"`
	Backing
}

// Hard reports whether the line, where it holds, forbids what breaks it.
func (l *RedLine) Hard() bool { return l.Never != "" }

// Expr is the line's expression: what breaks it.
func (l *RedLine) Expr() string {
	if l.Never != "" {
		return l.Never
	}
	return l.When
}

// Risk is an attitude to risk, applied to the sure total worth of an outcome.
type Risk struct {
	Kind string // neutral, cara, crra, power; empty is neutral
	Coef Number // of absolute or relative risk aversion, or the exponent; neutral has none
	Base Number // crra: wealth at worth 0; power: the reference point; unset is 0
}
