package config

// Escalation holds threats, answers and breaches, by party.
type Escalation struct {
	// Each party's way with threats, by its key.
	Sides []Threats `toml:",rest"`
	// What is made of a breach.
	Breach *Breach `toml:"breach"`
	Backing
}

// Threats is one party's way of threatening and answering.
type Threats struct {
	// The party's key.
	Key string `toml:",key"`
	// When it threatens: "audience_cost", "tit_for_tat".
	Policy string `toml:"policy"`
	// The chance that a threat that was not heeded is carried out.
	ThreatCarriedOut Number `toml:"threat_carried_out" check:"chance"`
	// The issue its answers are aimed at.
	AimedAt string `toml:"aimed_at"`
	// The size of an answer, in the unit of that issue.
	Size Number `toml:"size"`
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
