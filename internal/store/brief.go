// Package store keeps runs: shard files that are whole or absent, the manifest, and the CSV and
// Parquet exports. It knows rows and columns, not negotiations.
package store

// Brief is what a reader of the rows must know of the scenario they came from. It stands in
// manifest.json, so that analysis, charts and the page need no scenario file.
type Brief struct {
	Name     string       `json:"name"`
	Title    string       `json:"title,omitempty"`
	Question string       `json:"question,omitempty"`
	AsOf     string       `json:"as_of,omitempty"`   // ISO date
	Worth    string       `json:"worth"`             // usd_bn_year | unit
	Success  string       `json:"success"`           // signed | ratified | lasting
	Lasting  int          `json:"lasting,omitempty"` // years after which a deal in force counts as lasting
	Horizon  int          `json:"horizon,omitempty"` // years looked ahead; 0: none are played
	Outcomes string       `json:"outcomes"`          // size of the space, exact, in digits
	Parties  []BriefParty `json:"parties"`           // two, seat order
	Issues   []BriefIssue `json:"issues"`            // in the scenario's order
	Clock    BriefClock   `json:"clock"`
	Numbers  []Number     `json:"numbers"`          // every number of the scenario, fixed or drawn
	Models   []string     `json:"models,omitempty"` // trade models behind the worth, main first
	Notes    []string     `json:"notes,omitempty"`
	// Records are yardsticks for what is built in a year, such as the best year so far, in $bn.
	Records map[string]float64 `json:"records,omitempty"`
}

// BriefParty is one side.
type BriefParty struct {
	Key   string            `json:"key"`             // us
	Name  string            `json:"name"`            // United States
	Short string            `json:"short"`           // US
	Lines map[string]string `json:"lines,omitempty"` // red line -> its text in words
}

// BriefIssue is one item on the table.
type BriefIssue struct {
	Key     string             `json:"key"`
	Label   string             `json:"label"`
	Unit    string             `json:"unit,omitempty"`
	Values  []string           `json:"values"`            // as printed
	Numbers []float64          `json:"numbers,omitempty"` // nil for choices
	Now     int                `json:"now"`               // index into Values; -1 unknown
	Marks   map[string]float64 `json:"marks,omitempty"`   // yardsticks
	GivenBy string             `json:"given_by,omitempty"`
}

// BriefClock turns rounds into dates.
type BriefClock struct {
	Protocol     string  `json:"protocol"`
	Start        string  `json:"start,omitempty"`          // ISO date; empty: rounds only
	Summit       string  `json:"summit,omitempty"`         // ISO date
	DaysPerRound float64 `json:"days_per_round,omitempty"` //
	Rounds       int     `json:"rounds"`                   // the last round before the summit
}

// Number is one number of the scenario with where it comes from.
type Number struct {
	Key     string `json:"key"`               // party.us.cost_of_delay
	Label   string `json:"label,omitempty"`   // US cost of delay
	Value   string `json:"value"`             // as written: "uniform 0 to 2"
	Unit    string `json:"unit,omitempty"`    // $bn a year per week
	Source  string `json:"source,omitempty"`  //
	Assumed string `json:"assumed,omitempty"` //
	Drawn   bool   `json:"drawn"`             //
	Origin  string `json:"origin,omitempty"`  // file:line, or --set
}
