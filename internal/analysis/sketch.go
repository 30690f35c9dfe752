package analysis

import (
	"math"
	"sort"

	"github.com/DataDog/sketches-go/ddsketch"
	"github.com/DataDog/sketches-go/ddsketch/mapping"
	"github.com/DataDog/sketches-go/ddsketch/store"
)

// accuracy is the relative error of a sketch's values.
const accuracy = 0.002

// grid is the sketches' one division of the numbers into bins. Sketches share it, so bins of one can
// be set against bins of another.
var grid = func() mapping.IndexMapping {
	m, err := mapping.NewLogarithmicMapping(accuracy)
	if err != nil {
		panic("analysis: " + err.Error())
	}
	return m
}()

// tiny is the least absolute value that is told from zero: it bounds the number of bins.
const tiny = 1e-12

// sketch counts values in bins of 0.4%, and keeps the extremes. The zero value is empty.
type sketch struct {
	bins   *ddsketch.DDSketch
	lo, hi float64
}

// leastBin and mostBin are the bins of the smallest and the largest value that can be added.
var (
	leastBin = grid.Index(tiny)
	mostBin  = grid.Index(grid.MaxIndexableValue())
)

// halves are the counts of the positive and of the negative values.
func (s *sketch) halves() [2]store.Store {
	return [2]store.Store{s.bins.GetPositiveValueStore(), s.bins.GetNegativeValueStore()}
}

func newBins() *ddsketch.DDSketch {
	return ddsketch.NewDDSketchFromStoreProvider(grid, store.DenseStoreConstructor)
}

// add counts v; NaN and infinities are left out.
func (s *sketch) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	if s.bins == nil {
		s.bins = newBins()
		s.lo, s.hi = v, v
	}
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	if math.Abs(v) < tiny {
		v = 0
	}
	if s.bins.Add(v) != nil { // beyond what the grid can index, about 1e308
		_ = s.bins.Add(math.Copysign(grid.MaxIndexableValue()/2, v))
	}
}

func (s *sketch) merge(t *sketch) error {
	switch {
	case t.bins == nil:
		return nil
	case s.bins == nil:
		*s = sketch{t.bins.Copy(), t.lo, t.hi}
		return nil
	}
	s.lo, s.hi = min(s.lo, t.lo), max(s.hi, t.hi)
	return s.bins.MergeWith(t.bins)
}

func (s *sketch) n() int64 {
	if s.bins == nil {
		return 0
	}
	return int64(s.bins.GetCount())
}

// at is the p-quantile, 0..1, within the extremes seen. The sketch must not be empty.
func (s *sketch) at(p float64) float64 {
	switch {
	case p <= 0:
		return Tidy(s.lo)
	case p >= 1:
		return Tidy(s.hi)
	}
	v, err := s.bins.GetValueAtQuantile(p)
	if err != nil {
		panic("analysis: quantile of an empty sketch")
	}
	return Tidy(min(max(v, s.lo), s.hi))
}

func (s *sketch) spread() Spread {
	if s.n() == 0 {
		return Spread{}
	}
	return Spread{N: s.n(), Lo: s.at(0.1), Middle: s.at(0.5), Hi: s.at(0.9)}
}

// density gathers what lies above 0 into four bins a doubling.
func (s *sketch) density() []Density {
	const each = 4.0
	n := s.n()
	var out []Density
	last := math.MinInt
	for _, b := range s.list() {
		if !(b.at > 1e-2) {
			continue
		}
		k := int(math.Floor(each * math.Log2(b.at)))
		if k != last {
			for last++; len(out) > 0 && last < k; last++ { // bins with nothing in them
				out = append(out, Density{At: Tidy(math.Exp2((float64(last) + 0.5) / each))})
			}
			last = k
			out = append(out, Density{At: Tidy(math.Exp2((float64(k) + 0.5) / each))})
		}
		out[len(out)-1].Share += float64(b.n) / float64(n)
	}
	for i := range out {
		out[i].Share = Tidy(out[i].Share)
	}
	return out
}

// bin is a bin's value with its count of runs and, among these, of successes.
type bin struct {
	at     float64
	n, won int64
}

// list gives the bins with anything in them, ascending.
func (s *sketch) list() []bin {
	if s.bins == nil {
		return nil
	}
	var out []bin
	s.bins.ForEach(func(v, n float64) bool {
		out = append(out, bin{at: v, n: int64(n)})
		return false
	})
	sort.Slice(out, func(i, j int) bool { return out[i].at < out[j].at })
	return out
}

// few is how many distinct values a number may take and still be counted by value: a chance, a choice
// of numbers, the levels of a design.
const few = 16

// drawn counts one drawn number over all runs and over the successes.
type drawn struct {
	all, won sketch
	exact    []bin // by value, in no order, while there are at most few; else nil and many is set
	many     bool
	levels   []bin // of a Level column, by index; then nothing else is used
}

func (d *drawn) add(v float64, won bool) {
	if math.IsNaN(v) {
		return
	}
	d.all.add(v)
	if won {
		d.won.add(v)
	}
	d.count(bin{at: v, n: 1, won: one(won)})
}

func (d *drawn) count(b bin) {
	if d.many {
		return
	}
	for i := range d.exact {
		if d.exact[i].at == b.at {
			d.exact[i].n += b.n
			d.exact[i].won += b.won
			return
		}
	}
	if len(d.exact) == few {
		d.exact, d.many = nil, true
		return
	}
	d.exact = append(d.exact, b)
}

func (d *drawn) addLevel(i uint64, won bool) {
	if i < uint64(len(d.levels)) {
		d.levels[i].n++
		d.levels[i].won += one(won)
	}
}

func (d *drawn) merge(e *drawn) error {
	for i := range e.levels {
		d.levels[i].n += e.levels[i].n
		d.levels[i].won += e.levels[i].won
	}
	if e.many {
		d.exact, d.many = nil, true
	}
	for _, b := range e.exact {
		d.count(b)
	}
	if err := d.all.merge(&e.all); err != nil {
		return err
	}
	return d.won.merge(&e.won)
}

// steps gives the number's values with their counts, ascending: distinct values if they are few,
// else bins.
func (d *drawn) steps() (list []bin, distinct bool) {
	if !d.many {
		list = append(list, d.exact...)
		sort.Slice(list, func(i, j int) bool { return list[i].at < list[j].at })
		return list, true
	}
	list = d.all.list()
	won := d.won.list()
	for i, j := 0, 0; i < len(list) && j < len(won); i++ {
		if list[i].at == won[j].at {
			list[i].won = won[j].n
			j++
		}
	}
	return list, false
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
