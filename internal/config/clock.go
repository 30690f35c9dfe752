package config

import "time"

// Clock holds the rules of talk and turns rounds into dates. Either rounds, or start and summit.
type Clock struct {
	// The rules of talk. Default "alternating_offers".
	Protocol string `toml:"protocol"`
	// The first day of talks.
	Start Date `toml:"start"`
	// The last day: after it no deal is possible, unless extended.
	Summit Date `toml:"summit"`
	// Days from one round (an offer by each side) to the next, above 0. Default 1.
	DaysPerRound Number `toml:"days_per_round" check:">0"`
	// How many rounds there are, 1 or more, where no dates are given. Default 100.
	Rounds int64 `toml:"rounds" check:">=1"`
	// The chance that the last day is moved, and by how much.
	Extended *Extension `toml:"extended"`
	Backing
}

// Extension is a last day that may be moved.
type Extension struct {
	// The chance that it is moved.
	Chance Number `toml:"chance" check:"chance"`
	// By how many days, above 0.
	Days Number `toml:"days" check:">0"`
	// When the negotiators learn that it is moved: "from_the_start", or "on_the_day" when the day comes. Default "from_the_start".
	Known string `toml:"known" check:"from_the_start|on_the_day"`
	Backing
}

// Date is a day without a time; the zero value is no date.
type Date struct{ time.Time }

// String is the date as 2025-10-05, empty for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}
