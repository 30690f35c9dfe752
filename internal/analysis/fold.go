package analysis

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/internal/store"
)

// Version is the version of what a fold gathers and of its bytes: the name of the fold in shard files.
const Version = codecVersion

// Fold gathers rows. It is made by New, and is not safe for concurrent use; make one a shard and
// merge them.
type Fold struct {
	l *layout

	status  []int64       // by level; the last is none
	causes  []int64       // by level of cause, counted runs; the last is none
	errors  []int64       // the same, runs that are errors
	reached [stages]int64 // counted runs by the stage they ended at
	played  [2]int64      // runs whose ratification was played, successes whose delivery was
	groups  []int64       // [strategy of the first][of the second][stage]
	terms   [][]int64     // by issue and value, successes
	odd     []int64       // by issue: successes whose value is not among the issue's
	worth   [2]sketch     // successes
	own     [2][]sketch   // the same by the party's strategy
	worse   [2]int64      // successes worth less than no deal
	gain    [2]sketch     // successes, share of the ideal
	pairs   [gainCells][gainCells]int64
	left    sketch   // successes
	epsilon float64  // the largest
	draws   []drawn  // as layout.draws
	after   []sketch // as layout.delivery, successes
	parts   []sketch // as layout.parts, successes
	threats []int64  // as layout.threats, summed over counted runs
	later   after    // what comes after the signature
	time    timeline //
	thin    thin     //
	notes   []string // warnings of the summary being made
}

// What may have been played after the signature.
const (
	home = iota
	delivery
)

// The grid of Gains: 40 cells of 5% from half the ideal below no deal to half above the ideal.
const (
	gainCells = 40
	gainFrom  = -0.5
	gainWidth = 0.05
)

// What the thinned set keeps of a run: its stage, its gains, its worth, its terms, its draws.
const (
	keptStage = iota
	keptGain
	keptWorth = keptGain + 2
	keptRest  = keptWorth + 2
)

// New makes an empty fold for rows of this schema. It returns an error if the columns run, status
// and cause are missing or the brief is not of two parties.
func New(schema store.Schema, brief store.Brief) (*Fold, error) {
	l, err := newLayout(schema, &brief)
	if err != nil {
		return nil, err
	}
	return newFold(l), nil
}

func newFold(l *layout) *Fold {
	f := &Fold{l: l}
	causes := len(schemaLevels(l, l.cause)) + 1
	f.status = make([]int64, len(schemaLevels(l, l.status))+1)
	f.causes, f.errors = make([]int64, causes), make([]int64, causes)
	f.groups = make([]int64, f.strategies(0)*f.strategies(1)*int(stages))
	f.terms, f.odd = make([][]int64, len(l.issues)), make([]int64, len(l.issues))
	for i, is := range l.brief.Issues {
		f.terms[i] = make([]int64, len(is.Values))
	}
	for i := range f.own {
		f.own[i] = make([]sketch, f.strategies(i))
	}
	f.draws = make([]drawn, len(l.draws))
	for i, c := range l.draws {
		if l.schema.Columns[c].Kind == store.Level {
			f.draws[i].levels = make([]bin, len(l.schema.Columns[c].Levels))
		}
	}
	f.after, f.parts = make([]sketch, len(l.delivery)), make([]sketch, len(l.parts))
	f.later = newAfter(l)
	f.threats = make([]int64, len(l.threats))
	f.time = timeline{kinds: len(l.ends), loose: make([]int64, len(l.ends))}
	f.thin = thin{width: keptRest + len(l.issues) + len(l.draws)}
	return f
}

func schemaLevels(l *layout, c int) []string { return l.schema.Columns[c].Levels }

// strategies is the number of strategies of a party; 1 if they are not told apart.
func (f *Fold) strategies(party int) int {
	if c := f.l.agent[party]; c >= 0 {
		return max(len(f.l.schema.Columns[c].Levels), 1)
	}
	return 1
}

// Empty makes an empty fold of the same layout.
func (f *Fold) Empty() *Fold { return newFold(f.l) }

// Add counts one run. The row is not kept.
func (f *Fold) Add(r store.Row) {
	l := f.l
	run := int64(r[l.run])
	status := level(r[l.status], len(f.status))
	cause := level(r[l.cause], len(f.causes))
	f.status[status]++
	if status == len(f.status)-1 || l.statuses[status] == isError {
		f.errors[cause]++
		f.thin.reach(run + 1)
		return
	}
	st := l.stage(l.statuses[status], cause)
	won := st >= l.goal
	f.causes[cause]++
	f.reached[st]++
	f.played[home] += one(l.ratified >= 0 && r[l.ratified] != store.Missing)

	f.later.add(l, r)
	f.addThreats(r)

	own := [2]int{}
	for i, c := range l.agent {
		if c >= 0 {
			own[i] = int(min(r[c], uint64(f.strategies(i)-1)))
		}
	}
	f.groups[(own[0]*f.strategies(1)+own[1])*int(stages)+int(st)]++
	f.addTime(r, l.end(st, won, cause))

	var gain [2]float64
	for i := range gain {
		gain[i] = math.NaN()
		if l.worth[i] >= 0 && l.ideal[i] >= 0 {
			if ideal := r.F(l.ideal[i]); ideal > 0 {
				gain[i] = r.F(l.worth[i]) / ideal
			}
		}
	}
	if won {
		f.addSuccess(r, own, gain)
	}
	for i, c := range l.draws {
		d := &f.draws[i]
		if d.levels != nil {
			d.addLevel(r[c], won)
		} else {
			d.add(l.number(r, c), won)
		}
	}
	if keep := f.thin.see(run); keep != nil {
		f.keep(r, keep, st, gain)
	}
}

// level is a cell's index, or the last for what is missing.
func level(cell uint64, n int) int {
	if cell < uint64(n-1) {
		return int(cell)
	}
	return n - 1
}

// number is a cell of a number, whatever its kind; NaN if missing.
func (l *layout) number(r store.Row, c int) float64 {
	if r[c] == store.Missing {
		return math.NaN()
	}
	if l.schema.Columns[c].Kind == store.Float {
		return r.F(c)
	}
	return float64(int64(r[c]))
}

func (l *layout) stage(s statusOf, cause int) stage {
	switch s {
	case isLasting, isSigned:
		return lasting
	case isBroke:
		return ratified
	case isRefused:
		return signed
	}
	if cause < len(l.endOf) && l.ends[l.endOf[cause]].key == "never_possible" {
		return impossible
	}
	return unfound
}

func (l *layout) end(s stage, won bool, cause int) uint8 {
	switch {
	case won:
		return endSuccess
	case s == ratified:
		return endBroke
	case s == signed:
		return endRefused
	case cause < len(l.endOf):
		return l.endOf[cause]
	}
	return uint8(len(l.ends) - 2) // deadline: no deal without a cause
}

func (f *Fold) addTime(r store.Row, kind uint8) {
	l := f.l
	switch {
	case l.dated && r[l.date] != store.Missing:
		f.time.add(int64(r[l.date])-l.start, kind)
	case !l.dated && l.round >= 0 && r[l.round] != store.Missing:
		f.time.add(int64(r[l.round]), kind)
	default:
		f.time.loose[kind]++
	}
}

// addSuccess counts what only successful deals have.
func (f *Fold) addSuccess(r store.Row, own [2]int, gain [2]float64) {
	l := f.l
	for i := range l.issues {
		switch v := l.issues[i].value(r); {
		case v >= 0:
			f.terms[i][v]++
		case l.issues[i].at >= 0:
			f.odd[i]++
		}
	}
	for i, c := range l.worth {
		if c < 0 || r[c] == store.Missing {
			continue
		}
		f.worth[i].add(r.F(c))
		f.own[i][own[i]].add(r.F(c))
		f.worse[i] += one(r.F(c) < 0)
		f.gain[i].add(gain[i])
	}
	if !math.IsNaN(gain[0]) && !math.IsNaN(gain[1]) {
		f.pairs[gainCell(gain[0])][gainCell(gain[1])]++
	}
	if l.share >= 0 {
		f.left.add(r.F(l.share))
	}
	if l.epsilon >= 0 && r[l.epsilon] != store.Missing {
		f.epsilon = max(f.epsilon, r.F(l.epsilon))
	}
	for i, c := range l.parts {
		f.parts[i].add(l.number(r, c))
	}
	after := false
	for i, c := range l.delivery {
		if v := l.number(r, c); !math.IsNaN(v) {
			f.after[i].add(v)
			after = true
		}
	}
	// What a deal would bring if it held says nothing of whether it does.
	f.played[delivery] += one(after && l.statuses[r[l.status]] != isSigned)
}

func gainCell(g float64) int {
	return int(min(max(math.Floor((g-gainFrom)/gainWidth), 0), gainCells-1))
}

// keep writes the run into its place of the thinned set.
func (f *Fold) keep(r store.Row, to []float32, st stage, gain [2]float64) {
	l := f.l
	to[keptStage] = float32(st)
	for i := range gain {
		to[keptGain+i] = float32(gain[i])
		to[keptWorth+i] = float32(math.NaN())
		if c := l.worth[i]; c >= 0 {
			to[keptWorth+i] = float32(r.F(c))
		}
	}
	for i := range l.issues {
		to[keptRest+i] = float32(l.issues[i].value(r))
	}
	for i, c := range l.draws {
		to[keptRest+len(l.issues)+i] = float32(l.number(r, c))
	}
}

// Merge adds what another fold of the same layout has gathered. The order of merges does not matter.
func (f *Fold) Merge(g *Fold) error {
	if f.l != g.l && f.l.key() != g.l.key() {
		return fmt.Errorf("folds of different scenarios cannot be merged")
	}
	counts, others := f.tallies(), g.tallies()
	for i := range counts {
		for j, n := range others[i] {
			counts[i][j] += n
		}
	}
	f.epsilon = max(f.epsilon, g.epsilon)
	mine, theirs := f.sketches(), g.sketches()
	for i := range mine {
		if err := mine[i].merge(theirs[i]); err != nil {
			return err
		}
	}
	for i := range f.draws {
		if err := f.draws[i].merge(&g.draws[i]); err != nil {
			return err
		}
	}
	f.time.merge(&g.time)
	f.thin.merge(&g.thin)
	return nil
}

// sketches lists those that are merged and written alike, in a fixed order; drawn numbers apart.
func (f *Fold) sketches() []*sketch {
	list := []*sketch{&f.worth[0], &f.worth[1], &f.gain[0], &f.gain[1], &f.left}
	for i := range f.own {
		for j := range f.own[i] {
			list = append(list, &f.own[i][j])
		}
	}
	for i := range f.after {
		list = append(list, &f.after[i])
	}
	for i := range f.parts {
		list = append(list, &f.parts[i])
	}
	return append(list, f.later.sketches()...)
}

// counted is the denominator of every share.
func (f *Fold) counted() int64 { return sum(f.reached[:]) }

func (f *Fold) warn(s string) { f.notes = append(f.notes, s) }
