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
	// How far its answer may stray from its score: the standard deviation of what moves it besides, on the scenario's scale. Default 0: it agrees or does not.
	Noise Number `toml:"noise" check:">=0"`
	// Who they are, for readers.
	Note string `toml:"note"`
	Backing
}

// Ratify is how a signed deal is agreed to at home.
type Ratify struct {
	// The rule by party, vetoes apart: "share > 0.5" of the audiences that agree, or "members > 0.5 of 435" of a legislature whose blocs the audiences are. Default "share > 0.5".
	Rule []Rule `toml:"rule"`
	// What negotiators know of it: "known", "estimated" (with error) or "ignored". Default "estimated".
	KnownToNegotiators string `toml:"known_to_negotiators" check:"known|estimated|ignored"`
	// If estimated: the standard deviation of the error about the score from which an audience agrees, on the scenario's scale. Default 0.
	Error Number `toml:"error" check:">=0"`
	Backing
}

// Rule is one party's rule of ratification.
type Rule struct {
	Party     string  `toml:",key"` // its key
	Threshold float64 // 0 to 1
	Strict    bool    // share > Threshold; otherwise >=
	Members   int64   // of a legislature; 0: the shares are counted
}
