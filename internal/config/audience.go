package config

// Audience is a group at home that must live with the deal.
type Audience struct {
	// The word for it in this file and in causes.
	Key string `toml:",key"`
	// Its part of the vote, 0 to 1.
	Share Number `toml:"share" check:"share"`
	// Whether its no alone refuses a deal.
	Veto bool `toml:"veto"`
	// Which of the party's interests it cares about, and how much.
	Likes []NamedNumber `toml:"likes"`
	// The score from which it agrees, on the scenario's scale. Default 0: better than no deal.
	Agree Number `toml:"agree"`
	// Who they are, for readers.
	Note string `toml:"note"`
	Backing
}

// Ratify is how a signed deal is agreed to at home.
type Ratify struct {
	// The rule by party: "share > 0.5" of the audiences that agree, vetoes apart.
	Rule []Rule `toml:"rule"`
	// What negotiators know of it: "known", "estimated" (with error) or "ignored". Default "estimated".
	KnownToNegotiators string `toml:"known_to_negotiators" check:"known|estimated|ignored"`
	Backing
}

// Rule is one party's rule of ratification.
type Rule struct {
	Party     string  `toml:",key"` // its key
	Threshold float64 // 0 to 1
	Strict    bool    // share > Threshold; otherwise >=
}
