package enforce

import "github.com/parley-sim/parley/sim/deal"

// Answer is what parley enforce says, and prints as JSON: keys are stable, and the same scenario, seed and runs
// give the same bytes. Worth is on the scenario's scale a year over no deal; present values are in the
// year they are of. Shares are 0 to 1. Sides are by party key.
type Answer struct {
	Scenario string             `json:"scenario"`
	Unit     string             `json:"unit"` // usd_bn_year | unit
	Seed     uint64             `json:"seed"`
	Runs     int                `json:"runs"`     // draws
	Parties  [2]string          `json:"parties"`  // keys, in seat order
	Owner    int                `json:"-"`        // the side whose plants they are; -1: none
	Discount map[string]float64 `json:"discount"` // factor a year, at the middle
	Assumed  bool               `json:"discount_assumed,omitempty"`
	Rules    Rules              `json:"rules"`
	Notes    []string           `json:"notes,omitempty"` // what cannot be judged, in words

	Middle Efficient `json:"middle"`     // at the middle of every drawn number
	Draws  Draws     `json:"over_draws"` //
	Deals  []Deal    `json:"deals"`      // the one asked about if any, the bargaining solutions at the middle, the fairest found with the largest investment, the best that holds if it is another
	Best   string    `json:"best_that_holds,omitempty"`
	Sample int       `json:"sample"` // deals looked at besides the efficient ones, for the chart
}

// Rules are those the deals were judged by.
type Rules struct {
	Lasts       string              `json:"lasts"`                // while_kept | duration
	Breaks      string              `json:"breaks"`               // best | today
	PunishYears int                 `json:"punish_years"`         // 0: for ever
	Unanswered  map[string]float64  `json:"unanswered,omitempty"` // share of a year, by choice of enforcement, at the middle
	Home        bool                `json:"asked_at_home"`        // whether anybody at home must agree; else every deal passes
	Ends        float64             `json:"ends"`                 // chance a year that the deal ends in peace
	Takes       map[string][]string `json:"could_take_back"`      // issues by side
}

// Efficient counts the efficient outcomes that both sides prefer to no deal.
type Efficient struct {
	Points  int                `json:"points"`
	Epsilon float64            `json:"epsilon"` // the frontier's certified error; 0: exact
	Passes  float64            `json:"passes"`  // share that would pass at home
	Holds   float64            `json:"holds"`   // share that each side would keep in every year
	Both    float64            `json:"passes_and_holds"`
	Breaks  map[string]float64 `json:"breaks"` // share that a side would break
	// Of those that do not hold, the share that each remedy would make hold by itself. Absent: all hold.
	Remedies []RemedyPart `json:"remedies,omitempty"`
	// The smallest payment a year and the smallest investment, of those that one makes hold. Absent: none.
	Payment    *Spread `json:"payment,omitempty"`
	Investment *Spread `json:"investment,omitempty"`
}

// Draws is the same over many draws; those without a deal that both prefer to none are left out but of ZOPA.
type Draws struct {
	ZOPA     Share  `json:"zopa"`
	Passes   Spread `json:"passes"` // shares of the efficient outcomes
	Holds    Spread `json:"holds"`
	Both     Spread `json:"passes_and_holds"`
	AnyHolds Share  `json:"any_holds"` // draws in which an efficient outcome passes and holds

	Nash     Share              `json:"nash_holds"`                // draws in which the Nash solution holds
	Breaks   map[string]Share   `json:"nash_breaks"`               // draws in which a side would break it
	ByYear   map[string][]Share `json:"nash_breaks_by_year"`       // from year 1; the last stands for all later years
	Remedies []RemedyShare      `json:"nash_remedies"`             // draws in which it holds with a remedy, those in which it holds without included
	Payment  *Spread            `json:"nash_payment,omitempty"`    // a year, of the draws in which one is needed and enough
	Least    *Spread            `json:"nash_investment,omitempty"` // the smallest that holds, of the draws in which one does and that agreed does not
}

// RemedyPart is a remedy and the part of the deals it serves.
type RemedyPart struct {
	Key   string  `json:"key"` // payment | snapback | investment | shadow | longer
	Share float64 `json:"share"`
}

// RemedyShare is how often a remedy works.
type RemedyShare struct {
	Key   string `json:"key"` // payment | snapback | investment | shadow | longer
	Share Share  `json:"share"`
}

// Share is n of of with Wilson's 95% interval.
type Share struct {
	N     int     `json:"n"`
	Of    int     `json:"of"`
	Share float64 `json:"share"`
	Lo    float64 `json:"lo"`
	Hi    float64 `json:"hi"`
}

// Spread is the mean with its 95% interval, the middle and 8 in 10 of n numbers.
type Spread struct {
	N      int     `json:"n"`
	Mean   float64 `json:"mean"`
	MeanLo float64 `json:"mean_lo"`
	MeanHi float64 `json:"mean_hi"`
	Lo     float64 `json:"lo"`
	Middle float64 `json:"middle"`
	Hi     float64 `json:"hi"`
}

// Deal is one outcome, judged at the middle.
type Deal struct {
	Key      string             `json:"key"`            // asked | nash | kalai_smorodinsky | egalitarian | utilitarian | largest_investment | best_that_holds
	Also     []string           `json:"also,omitempty"` // other solutions that pick the same outcome
	Worth    map[string]float64 `json:"worth"`
	Outcome  map[string]any     `json:"outcome"`
	Passes   float64            `json:"passes"` // chance that both sides agree at home
	Holds    bool               `json:"holds"`
	Sides    map[string]Side    `json:"sides"`
	Remedies *Remedies          `json:"remedies,omitempty"` // of one that does not hold

	offer []uint16
}

// Side is one side's answer to a deal.
type Side struct {
	Keeps    bool           `json:"keeps"`
	Worst    int            `json:"worst_year"`
	Slack    float64        `json:"slack"`             // keeping less breaking in that year, present value
	Gain     float64        `json:"gain"`              // what breaking brings in that year over keeping
	Takes    bool           `json:"takes_plants"`      // it would take the plants too, for no deal ever after
	Critical *float64       `json:"critical_discount"` // from which factor on it keeps; null: none
	Answer   map[string]any `json:"answer"`            // the issues that it would set otherwise in that year
	Slacks   []float64      `json:"slack_by_year"`     // from year 1; the last stands for all later years
}

// Remedies are what would make a deal hold, each by itself unless it says otherwise. Null: it does not.
type Remedies struct {
	Payment    *Payment           `json:"payment"`
	Snapback   *Clause            `json:"snapback"`
	Investment *Investment        `json:"investment"`
	Shadow     map[string]float64 `json:"shadow"`                // the discount factor that each side which breaks would need
	Together   *Payment           `json:"payment_with_snapback"` // where neither does by itself
	Longer     *int               `json:"longer"`                // years without a deal after a break; 0: for ever
	Bonds      map[string]float64 `json:"bonds"`                 // deposits, by side, that who breaks forfeits: the smallest with which both keep
	Hostage    *Hostage           `json:"hostage"`               // the smallest plants with which their owner keeps; null: it keeps, or has no stake
}

// Hostage is what would have to stand besides what is planned, in its owner's hands, at the start of each year, for the owner
// to keep the deal in that year, all else as agreed.
type Hostage struct {
	Owner string    `json:"owner"`
	Most  float64   `json:"most"`    // the largest of the years, in the unit
	Years []float64 `json:"by_year"` // from year 1; the last stands for all later years
}

// Payment is made at the end of every year from Start on that both keep.
type Payment struct {
	From   string  `json:"from"`
	Amount float64 `json:"amount"`
	Most   float64 `json:"most"`      // that the payer could pay and still keep
	Start  int     `json:"from_year"` // from 1: the earliest from which payments do
}

// Clause is a choice of the issue enforcement.
type Clause struct {
	Choice string `json:"choice"`
}

// Investment is the smallest that makes the deal hold with all else as agreed, and how fast it must stand.
type Investment struct {
	Amount  float64  `json:"amount"`           // in the unit
	Agreed  float64  `json:"agreed"`           //
	Within  *int     `json:"within_years"`     // all of what is built stands after so many years; null: as planned
	Built   float64  `json:"built"`            // of it, in the end, in mean
	Soonest *float64 `json:"smallest_at_once"` // the smallest if all of it stood from the first day; null: none
}

// Offer is the deal's outcome; not to be modified.
func (d *Deal) Offer() deal.Offer { return d.offer }
