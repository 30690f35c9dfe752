package analysis

// Format is the version of summary.json; it grows when a key changes its meaning.
const Format = 1

// Summary is what many runs say. It is written as summary.json: keys are stable, there is no time
// and no host in it, and the same runs give the same bytes.
//
// Shares are 0..1. Worth is in the scenario's unit over no deal. Lists are in the order stated.
// What there is no data for is absent.
type Summary struct {
	Format     int        `json:"format"`
	Scenario   string     `json:"scenario"`             // its name
	Question   string     `json:"question,omitempty"`   //
	Unit       string     `json:"unit"`                 // of worth: usd_bn_year | unit
	Asked      string     `json:"asked"`                // success as the scenario has it: signed | ratified | lasting
	Criterion  string     `json:"criterion"`            // success as counted: Asked, or the furthest stage before it that is played
	Runs       Runs       `json:"runs"`                 //
	Success    Share      `json:"success"`              // of the counted runs
	Stages     []Stage    `json:"stages"`               // start, possible, signed, then ratified and lasting once they are played
	Losses     []Loss     `json:"losses"`               // what is lost between the stages, in their order; empty ones left out
	Statuses   []Count    `json:"statuses"`             // every status with its count, in the column's order, errors too
	Strategies []Group    `json:"strategies,omitempty"` // every pair of strategies that was played, in the columns' order
	Terms      []Term     `json:"terms"`                // issue by issue, of the successful deals, in the scenario's order
	Worth      []Worth    `json:"worth,omitempty"`      // party by party, of the successful deals, in seat order
	Left       *Left      `json:"left,omitempty"`       // joint gain left on the table, of the successful deals
	Endings    *Endings   `json:"endings,omitempty"`    // when and how talks end
	Gains      *Gains     `json:"gains,omitempty"`      // both sides' gains together, of the successful deals
	Delivery   []Quantity `json:"delivery,omitempty"`   // what came of the successful deals, once delivery is played
	Interests  []Quantity `json:"interests,omitempty"`  // what each interest adds to the worth of the successful deals, as agreed
	Threats    []Threats  `json:"threats,omitempty"`    // what each party's threats came to while they talked, of counted runs
	Home       *Home      `json:"home,omitempty"`       // how signed deals fared at home
	Years      *Years     `json:"years,omitempty"`      // what became of the deals agreed to at home
	Decides    []Driver   `json:"decides"`              // drawn numbers by what success hangs on them, largest first
	Levers     *Map       `json:"levers,omitempty"`     // two numbers together
	Violins    []Violin   `json:"violins,omitempty"`    // worth of the successful deals by the party's own strategy
	ECDF       []Curve    `json:"ecdf,omitempty"`       // worth of the successful deals, party by party
	Parallel   *Parallel  `json:"parallel,omitempty"`   // some successful deals, whole
	Numbers    Numbers    `json:"numbers"`              // what the scenario's numbers rest on
	Warnings   []string   `json:"warnings,omitempty"`   // what to be careful with, in words
}

// Runs counts runs. Counted is Total less Errors: the denominator of every share.
type Runs struct {
	Total   int64 `json:"total"`
	Errors  int64 `json:"errors"`
	Counted int64 `json:"counted"`
}

// Share is n of of, with Wilson's 95% interval. With none to count, the share is 0 within 0..1.
type Share struct {
	N     int64   `json:"n"`
	Of    int64   `json:"of"`
	Share float64 `json:"share"`
	Lo    float64 `json:"lo"`
	Hi    float64 `json:"hi"`
}

// Count is how many runs a level of a column has.
type Count struct {
	Key string `json:"key"`
	N   int64  `json:"n"`
}

// Stage is a step on the way, and how many runs come so far.
type Stage struct {
	Key   string `json:"key"`             // start | possible | signed | ratified | lasting
	Share Share  `json:"share"`           //
	Goal  bool   `json:"goal,omitempty"`  // the stage that counts as success
	Range *Range `json:"range,omitempty"` // over pairs of strategies; absent if there is only one
}

// Range is the least and the most over groups of runs. Groups under MinGroup runs are left out,
// unless all are.
type Range struct {
	Lo      Extreme `json:"lo"`
	Hi      Extreme `json:"hi"`
	Groups  int     `json:"groups"`             // compared
	Small   int     `json:"small,omitempty"`    // left out as too small
	AllTiny bool    `json:"all_tiny,omitempty"` // all are too small and were compared all the same
}

// MinGroup is how many runs a group must have to stand in a range.
const MinGroup = 100

// Extreme is one end of a range: the group and its share.
type Extreme struct {
	Group string `json:"group"` // "boulware × micro", seat order
	Share Share  `json:"share"`
}

// Group is one pair of strategies.
type Group struct {
	Agents  []string `json:"agents"`          // seat order
	Signed  Share    `json:"signed"`          //
	Success Share    `json:"success"`         //
	Small   bool     `json:"small,omitempty"` // fewer than MinGroup runs
}

// Loss is what ends talks between two stages.
type Loss struct {
	Key    string  `json:"key"`    // never_possible | not_found | refused | broke
	Share  Share   `json:"share"`  // of the counted runs
	Causes []Cause `json:"causes"` // the most frequent first
}

// Cause is one cause within a loss.
type Cause struct {
	Key   string `json:"key"`             // as in the cause column: no_zopa:us.taiwan
	Kind  string `json:"kind"`            // red_line | interests | deadline | walk_out | audience | breach | other
	Name  string `json:"name"`            // the part after the colon: us.taiwan; empty if none
	Party string `json:"party,omitempty"` // whose doing; empty if neither's or both's
	Words string `json:"words"`           // for a reader: "US red line taiwan: never taiwan = opposes"
	Share Share  `json:"share"`           // of the counted runs
}

// Term is what the successful deals say on one issue.
type Term struct {
	Key     string  `json:"key"`
	Label   string  `json:"label"`
	Unit    string  `json:"unit,omitempty"`
	Now     string  `json:"now,omitempty"`    // today's value as printed; empty if unknown
	Spread  *Spread `json:"spread,omitempty"` // numeric issues: exact, on the levels
	Levels  []Level `json:"levels"`           // in the scenario's order; all of them
	GivenBy string  `json:"given_by,omitempty"`
}

// Level is one value of an issue and how many deals take it.
type Level struct {
	Value  string   `json:"value"`            // as printed
	Number *float64 `json:"number,omitempty"` // of a numeric issue
	Share  Share    `json:"share"`
	Now    bool     `json:"now,omitempty"`
}

// Spread is the middle (median) and the ends of 8 in 10 (10th and 90th percentile) of n values.
type Spread struct {
	N      int64   `json:"n"`
	Lo     float64 `json:"lo"`
	Middle float64 `json:"middle"`
	Hi     float64 `json:"hi"`
}

// Worth is what the successful deals are worth to one party over no deal.
type Worth struct {
	Party string  `json:"party"`
	Deals Spread  `json:"deals"`
	Gain  *Spread `json:"gain,omitempty"` // as a share of the run's ideal for the party
	Worse Share   `json:"worse"`          // deals that leave the party worse off than without
}

// Left is the share of the attainable joint gain that the deals do not take.
type Left struct {
	Spread
	Epsilon float64 `json:"epsilon"` // the largest certified error of a run's share; 0 if all are exact
}

// Endings counts ends by time: not cumulated, steps ascending.
type Endings struct {
	By     string    `json:"by"`               // date | round
	Start  string    `json:"start,omitempty"`  // ISO date of step 0
	Summit string    `json:"summit,omitempty"` // ISO date
	Width  int       `json:"width"`            // days or rounds a step covers
	Kinds  []EndKind `json:"kinds"`            // successes first; those that occur
	Steps  []EndStep `json:"steps"`
}

// EndKind is one way to end.
type EndKind struct {
	Key   string `json:"key"` // success | signed | broke | refused | walk_out | deadline | never_possible
	Party string `json:"party,omitempty"`
	Share Share  `json:"share"`
}

// EndStep is the ends within one step of time.
type EndStep struct {
	At   int     `json:"at"`             // first day since the start, or first round, of the step
	Date string  `json:"date,omitempty"` // the same as an ISO date
	N    []int64 `json:"n"`              // a count a kind
}

// Gains is the joint distribution of both sides' gains, each as a share of that run's ideal for the
// side. Values beyond the grid count in its outermost cells.
type Gains struct {
	N      int64        `json:"n"`
	From   float64      `json:"from"`   // lower edge of the first cell, both axes
	Width  float64      `json:"width"`  // of a cell
	Counts [][]int64    `json:"counts"` // [first party][second party]
	Points [][2]float64 `json:"points"` // a sample of the pairs, by run, at most MaxPoints
}

// MaxPoints is how many pairs Gains.Points holds at most, MaxLines how many deals Parallel does.
const (
	MaxPoints = 650
	MaxLines  = 200
)

// Quantity is one measured number of the successful deals.
type Quantity struct {
	Key    string `json:"key"`
	Label  string `json:"label,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Party  string `json:"party,omitempty"`
	Spread Spread `json:"spread"`
	// Density is the share of the deals in each of some bins of equal ratio, four to a doubling; only
	// those above 0 are in it, and none for a quantity that is never above 0.
	Density []Density `json:"density,omitempty"`
}

// Density is one bin of a quantity.
type Density struct {
	At    float64 `json:"at"`    // the middle of the bin
	Share float64 `json:"share"` // of all the deals
}

// Evidence is what a number rests on.
type Evidence string

const (
	Assumed Evidence = "assumed"
	Sourced Evidence = "sourced"
	Bare    Evidence = "neither" // no source, and not declared as assumed
)

// Driver is one drawn number and the success at both its ends.
type Driver struct {
	Key      string   `json:"key"` // party.us.cost_of_delay
	Label    string   `json:"label,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Party    string   `json:"party,omitempty"`
	Evidence Evidence `json:"evidence"`
	Kind     string   `json:"kind"`     // number: lowest and highest fifth | level: of a choice, the levels of least and most success
	Low      End      `json:"low"`      // number: the lowest fifth; level: least success
	High     End      `json:"high"`     // number: the highest fifth; level: most success
	Swing    float64  `json:"swing"`    // high's share less low's: negative if more of the number means fewer successes
	SwingLo  float64  `json:"swing_lo"` // Newcombe's 95% interval
	SwingHi  float64  `json:"swing_hi"`
	Clear    bool     `json:"clear"` // the interval excludes 0
}

// End is one end of a drawn number.
type End struct {
	Below *float64 `json:"below,omitempty"` // number: runs where it is below this
	Above *float64 `json:"above,omitempty"` // number: runs where it is above this
	Is    string   `json:"is,omitempty"`    // runs where it is this: a level, or a value of a number that takes few; yes and no for a chance
	Share Share    `json:"share"`
}

// Map is success by two numbers: those a design sets, else the two that decide most of those that
// take many values, else of all.
type Map struct {
	X     Axis      `json:"x"`
	Y     Axis      `json:"y"`
	Cells [][]Share `json:"cells"`             // [y][x], ascending
	Rows  int64     `json:"rows"`              // runs it rests on
	Thin  bool      `json:"thinned,omitempty"` // those are a sample
}

// Axis is one number of a Map, cut into eighths or into its levels.
type Axis struct {
	Key      string    `json:"key"`
	Label    string    `json:"label,omitempty"`
	Unit     string    `json:"unit,omitempty"`
	Party    string    `json:"party,omitempty"`
	Evidence Evidence  `json:"evidence"`
	Edges    []float64 `json:"edges,omitempty"`  // one more than cells; the outermost are the extremes seen
	Levels   []string  `json:"levels,omitempty"` // one a cell
	Set      bool      `json:"set,omitempty"`    // set on purpose by a design, not drawn
}

// Curve is a distribution by its quantiles.
type Curve struct {
	Party string    `json:"party"`
	N     int64     `json:"n"`
	At    []float64 `json:"at"` // the 0th, 1st ... 100th percentile
}

// Violin is a distribution as a histogram.
type Violin struct {
	Party    string  `json:"party"`
	Strategy string  `json:"strategy,omitempty"` // of that party; empty: all
	Spread   Spread  `json:"spread"`
	From     float64 `json:"from"`   // lower edge of the first bin
	Width    float64 `json:"width"`  // of a bin
	Counts   []int64 `json:"counts"` // runs beyond the edges are left out: the lowest and highest 1 in 200
}

// Parallel holds whole deals.
type Parallel struct {
	Issues  []string  `json:"issues"`  // keys
	Parties []string  `json:"parties"` // keys
	Deals   []OneDeal `json:"deals"`   // by run, at most MaxLines
}

// OneDeal is one successful deal.
type OneDeal struct {
	Run   int64     `json:"run"`
	Terms []int     `json:"terms"` // index of the value, an issue each
	Worth []float64 `json:"worth"` // a party each
}

// Numbers counts the scenario's numbers by what they rest on.
type Numbers struct {
	Total   int `json:"total"`
	Assumed int `json:"assumed"` // declared so, wholly or in part
	Sourced int `json:"sourced"`
	Neither int `json:"neither"`
	Drawn   int `json:"drawn"`
}

// Noise is the half width of the success share's interval.
func (s *Summary) Noise() float64 { return (s.Success.Hi - s.Success.Lo) / 2 }
