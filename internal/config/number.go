package config

import "github.com/parley-sim/parley/sim/chance"

// Backing says what a number, or all numbers of a table, rest on. A number without a backing of its
// own has that of the table around it.
type Backing struct {
	// Where the number comes from: a fact of data/facts with its date, or a publication.
	Source string `toml:"source"`
	// That it is assumed, and why this value.
	Assumed string `toml:"assumed"`
}

// Number is a number of the scenario: fixed, or drawn once a run.
//
//	30                                   fixed; { value = 30, source = "..." } with its backing
//	{ uniform = [low, high] }
//	{ triangular = [low, likely, high] }
//	{ pert = [low, likely, high] }
//	{ normal = [mean, sd, low, high] }         or { normal = [mean, sd], lo = low, hi = high }
//	{ lognormal = [median, sigma, low, high] } or with lo and hi; sigma is the sd of the logarithm
//	{ beta = [a, b] }                          from 0 to 1; { beta = [a, b, low, high] } from low to high
//	{ choice = { 3 = 1, "2.5" = 2 } }          numbers with their weights
//	{ chance = 0.7 }                           1 with this chance, else 0
type Number struct {
	Path   string    // its place in the scenario, such as party.us.cost_of_delay; names its random stream
	Kind   string    // fixed, uniform, triangular, pert, normal, lognormal, beta, choice, chance; empty if absent
	Params []float64 // as in the forms above; of choice, the weights
	Values []float64 // of choice: the numbers, in the order of Params
	Unit   string
	Label  string // the words for it in charts; made from the path if empty
	Backing

	dist chance.Dist // of what takes long to make
}

// Given reports whether the number is there at all.
func (n *Number) Given() bool { return n.Kind != "" }

// Drawn reports whether the number is drawn, so differs from run to run.
func (n *Number) Drawn() bool { return n.Kind != "" && n.Kind != "fixed" }

// NamedNumber is a number with a name, in the order of the file.
type NamedNumber struct {
	Key string `toml:",key"`
	Number
}

// Pick is one of several names: fixed, or drawn once a run.
//
//	"boulware"
//	{ choice = { boulware = 0.5, tit_for_tat = 0.5 } }   names with their weights
type Pick struct {
	Path    string    // its place in the scenario; names its random stream
	Names   []string  // one name: fixed; empty if absent
	Weights []float64 // as many as names; not normalised
	Label   string    // the words for it in charts; made from the path if empty
	Backing
}

// Given reports whether a name is there at all.
func (p *Pick) Given() bool { return len(p.Names) > 0 }

// Drawn reports whether the name is drawn, so differs from run to run.
func (p *Pick) Drawn() bool { return len(p.Names) > 1 }

// Numbers is a table of numbers by name, in the order of the file.
type Numbers struct {
	// Numbers by name.
	Entries []NamedNumber `toml:",rest"`
	Backing
}

// Get returns the number with this name.
func (t *Numbers) Get(key string) (*Number, bool) {
	for i := range t.Entries {
		if t.Entries[i].Key == key {
			return &t.Entries[i].Number, true
		}
	}
	return nil, false
}
