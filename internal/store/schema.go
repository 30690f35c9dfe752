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
//	run, point, replication, seed, schema_version   id      Int; run is from 0
//	status, cause, first                            end     Level; first is the party that opened
//	signed, ratified                                end     Int, 0 or 1; ratified Missing without a deal or with nobody at home to ask
//	round, date                                     end     Int from 1, Date; date Missing without dates in the scenario
//	issue.KEY                                       issue   Float (numbers) or Level (choices); Missing without a deal
//	worth.PARTY, ideal.PARTY                        worth   Float: over no deal, of the end and of the most PARTY could have
//	                                                        with the other no worse off than without a deal
//	share_left, left_epsilon                        worth   Float: share of the attainable joint gain not taken, 0 to 1;
//	                                                        the certified error of that gain, 0 = exact
//	agent.PARTY                                     agent   Level: the bidding strategy
//	threats_made.PARTY to no_deal_moved.PARTY       escalation   what threats and tariffs in force came to while they talked
//	delivery.*                                      delivery     announced, cleared, built ...; Missing without a deal
//	passes.PARTY, vote.PARTY.AUDIENCE               home    the chance of a yes at home, 0 to 1; how each voted
//	years, broke_year, ended, realised.PARTY        years   what became of the deal
//	part.PARTY.INTEREST                             part    Float: what each interest adds to worth
//	draw.KEY                                        draw    Float or Level: every drawn number
//
// A scenario without escalation, delivery or audiences has none of their columns.
type Column struct {
	Name    string   `json:"name"`             // as in runs.csv: "issue.us_tariff", "draw.party.us.cost_of_delay"
	Kind    Kind     `json:"kind"`             //
	Role    string   `json:"role"`             // id | end | issue | worth | agent | escalation | delivery | home | years | part | draw | factor (of a design)
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
