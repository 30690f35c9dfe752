package config

// Known is what the rest of the program knows by name. A nil list leaves those names unchecked.
type Known struct {
	Bidding   []string // bidding strategies
	Before    []string // what a bidding strategy's name may begin with instead of being one of these: exec:
	Accept    []string // acceptance strategies
	Opponent  []string // opponent models
	Params    []string // parameters of any of these, such as concession
	Protocols []string
	Policies  []string // ways with threats
	Models    []string // trade models

	// CheckLine says what is wrong with a red line's expression over these issues, nil if nothing.
	CheckLine func(issues []Issue, expr string) error
}
