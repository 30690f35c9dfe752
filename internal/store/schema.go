package store

import "math"

// Kind is the type of a column's cells.
type Kind string

const (
	Int   Kind = "int"   // an int64
	Float Kind = "float" // a float64, never NaN or Inf: such a cell is Missing
	Level Kind = "level" // an index into Column.Levels
	Date  Kind = "date"  // days since 1970-01-01, an int64; printed as 2025-10-30
)

// Missing marks an empty cell of any kind. As a float64 it is one particular NaN.
const Missing uint64 = 0x7ff8_0000_0000_dead

// Column describes one column of a run's row. The usual columns, in order:
//
//	run, point, replication, seed, schema_version      Int, role id
//	status, cause, first                               Level, role end
//	signed, ratified                                   Int 0 or 1, role end (ratified Missing until it is played)
//	round                                              Int, role end; date: Date, role end
//	issue.KEY                                          Float (numeric issues) or Level (choices), role issue; Missing without a deal
//	worth.PARTY                                        Float, role worth: over no deal
//	ideal.PARTY                                        Float, role worth: the most PARTY could get with the other no worse off than without a deal
//	share_left, left_epsilon                           Float, role worth: share of the attainable joint gain not taken; its certified error
//	agent.PARTY                                        Level, role agent: the bidding strategy
//	draw.KEY                                           Float or Level, role draw: every drawn number
//	threats_made.PARTY and others                      role escalation: what threats and tariffs in force came to while they talked
//	home.PARTY.AUDIENCE, delivery.*                    role home, delivery: reserved, Missing until played
type Column struct {
	Name    string   `json:"name"`             // as in runs.csv: "issue.us_tariff", "draw.party.us.cost_of_delay"
	Kind    Kind     `json:"kind"`             //
	Role    string   `json:"role"`             // id | end | issue | worth | gain | agent | draw | escalation | home | delivery
	Label   string   `json:"label,omitempty"`  // in words, for charts
	Unit    string   `json:"unit,omitempty"`   //
	Party   string   `json:"party,omitempty"`  // whose it is, if one party's
	Levels  []string `json:"levels,omitempty"` // of a Level column, in order
	Assumed bool     `json:"assumed,omitempty"`
}

// Schema is the columns of an experiment's rows, in order.
type Schema struct {
	Version int      `json:"version"`
	Columns []Column `json:"columns"`
}

// Row is one run: a cell a column. Float cells hold math.Float64bits, Int cells the int64's bits,
// Level cells the index.
type Row []uint64

// F returns the cell as a float64; NaN if it is missing.
func (r Row) F(i int) float64 { return math.Float64frombits(r[i]) }

// PutF stores a float64; NaN and infinities become Missing.
func (r Row) PutF(i int, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		r[i] = Missing
		return
	}
	r[i] = math.Float64bits(v)
}
