package config

// Escalation holds threats, answers and breaches, by party.
type Escalation struct {
	// Each party's way with threats, by its key.
	Sides []Threats `toml:",rest"`
	// What is made of a breach.
	Breach *Breach `toml:"breach"`
	Backing
}

// Threats is one party's way of threatening and answering. Its threats are to raise tariffs by a step.
type Threats struct {
	// The party's key.
	Key string `toml:",key"`
	// When it threatens, answers and gives way: "audience_cost", "tit_for_tat", or { choice = { ... } }. Default "never".
	Policy Pick `toml:"policy"`
	// The chance that a threat that was not heeded is carried out, where nothing else decides it. Drawn as { chance = 0.5 }, all threats of a run are meant or none. Default 1.
	ThreatCarriedOut Number `toml:"threat_carried_out" check:"share"`
	// How often a year it threatens of its own accord (audience_cost, attrition). Default 4.
	Threatens Number `toml:"threatens" check:">=0"`
	// Days from a threat to its date, above 0; rounded to whole rounds, one at least. Default one round.
	Notice Number `toml:"notice" check:">0"`
	// The issue it raises. Empty: broad, all its numbers that [no_deal] moves, or the first issue that it gives.
	AimedAt string `toml:"aimed_at"`
	// What a step adds, in the unit of the issue, above 0. Default 10.
	Size Number `toml:"size" check:">0"`
	// How many steps it raises by at most, 1 to 4. Default 2.
	MostSteps int64 `toml:"most_steps" check:">=1"`
	// What backing down costs at home, on the scenario's scale, per week that the threat has stood. Default 0.
	AudienceCost Number `toml:"audience_cost" check:">=0"`
	// The chance that the other side gives at first to its threats being meant; then it goes by what became of them. Default 0.5.
	Believed Number `toml:"believed" check:"share"`
	// Loss a year from the other's tariffs from which it answers (threshold). Default 0.
	Threshold Number `toml:"threshold" check:">=0"`
	// The chance that it gives to a deal when it looks ahead (look_ahead). Default 0.5.
	ExpectsDeal Number `toml:"expects_deal" check:"share"`
	Backing
}

// Breach is how breaches are seen and answered.
//
// Each side has a private signal of what the other did, so both can honestly say that the other broke
// the deal.
type Breach struct {
	// The chance a year that a side in truth breaks its word. Default 0.
	Breaks Number `toml:"breaks" check:"share"`
	// The chance a year that a true breach is seen. Default 1.
	SeenIfTrue Number `toml:"seen_if_true" check:"share"`
	// The chance a year that one is seen where there was none. Default 0.
	SeenIfFalse Number `toml:"seen_if_false" check:"share"`
	// The answer to a breach that is seen: "protest", "renegotiate" (suspended for a year), "snapback" (the end, but where the deal's `enforcement` is snapback, a year's suspension) or "collapse". Default "protest".
	Answer Pick `toml:"answer"`
	Backing
}
