package analysis

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// codecVersion is the version of a fold's bytes.
const codecVersion = 3

// MarshalBinary writes the fold: the same rows give the same bytes, in whatever order they were added
// within a shard.
func (f *Fold) MarshalBinary() ([]byte, error) {
	w := &writer{}
	w.uint(codecVersion)
	w.b = binary.LittleEndian.AppendUint64(w.b, f.l.key())
	for _, list := range f.tallies() {
		w.ints(list)
	}
	w.float(f.epsilon)
	for _, s := range f.sketches() {
		w.sketch(s)
	}
	for i := range f.draws {
		w.drawn(&f.draws[i])
	}
	w.uint(uint64(f.time.shift))
	w.uint(uint64(len(f.time.n) / f.time.kinds))
	w.ints(f.time.n)
	w.ints(f.time.loose)
	w.uint(uint64(f.thin.max))
	w.uint(uint64(len(f.thin.runs)))
	last := int64(0)
	f.thin.each(func(run int64, cells []float32) {
		w.uint(uint64(run - last))
		last = run
		for _, c := range cells {
			w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(c))
		}
	})
	return w.b, nil
}

// UnmarshalBinary replaces what an empty fold holds by what was written of one of the same layout. It
// returns an error, and leaves the fold unusable, if the bytes are damaged or of another scenario.
func (f *Fold) UnmarshalBinary(b []byte) error {
	r := &reader{b: b}
	if v := r.uint(); v != codecVersion && r.err == nil {
		return fmt.Errorf("a fold of version %d; this program reads %d", v, codecVersion)
	}
	if key := r.fixed(8); r.err == nil && binary.LittleEndian.Uint64(key) != f.l.key() {
		return errors.New("a fold of another scenario, or of other columns")
	}
	limit := f.thin.limit
	*f = *newFold(f.l)
	f.thin.limit = limit
	for _, list := range f.tallies() {
		r.ints(list)
	}
	f.epsilon = r.float()
	for _, s := range f.sketches() {
		r.sketch(s)
	}
	for i := range f.draws {
		r.drawn(&f.draws[i])
	}
	if f.time.shift = uint(r.uint()); f.time.shift > 62 {
		r.fail()
	}
	f.time.n = make([]int64, r.count(maxSteps)*f.time.kinds)
	r.ints(f.time.n)
	r.ints(f.time.loose)
	f.thin.reach(r.tally())
	run := int64(0)
	for range r.count(len(b)) {
		run += r.tally()
		if run < 0 || run >= f.thin.max {
			r.fail()
			break
		}
		to := f.thin.see(run)
		for i := range f.thin.width {
			c := math.Float32frombits(binary.LittleEndian.Uint32(r.fixed(4)))
			if to != nil {
				to[i] = c
			}
		}
		if r.err != nil {
			return r.err
		}
	}
	if r.err == nil && len(r.b) > 0 {
		r.fail()
	}
	return r.err
}

// tallies lists the plain counts in a fixed order.
func (f *Fold) tallies() [][]int64 {
	list := [][]int64{f.status, f.causes, f.errors, f.reached[:], f.groups, f.odd, f.worse[:], f.played[:], f.later.votes, f.later.years, f.threats}
	list = append(list, f.terms...)
	for i := range f.pairs {
		list = append(list, f.pairs[i][:])
	}
	return list
}

// writer appends; runs of zeros are kept short.
type writer struct{ b []byte }

func (w *writer) uint(v uint64) { w.b = binary.AppendUvarint(w.b, v) }

func (w *writer) float(v float64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
}

// ints writes counts: a zero, then how many more zeros follow it.
func (w *writer) ints(v []int64) {
	for i := 0; i < len(v); i++ {
		w.uint(uint64(v[i]))
		if v[i] != 0 {
			continue
		}
		k := i
		for k+1 < len(v) && v[k+1] == 0 {
			k++
		}
		w.uint(uint64(k - i))
		i = k
	}
}

func (w *writer) sketch(s *sketch) {
	if s.bins == nil {
		w.uint(0)
		return
	}
	w.uint(1)
	w.float(s.lo)
	w.float(s.hi)
	w.uint(uint64(s.bins.GetZeroCount()))
	for _, half := range s.halves() {
		n := 0
		half.ForEach(func(int, float64) bool { n++; return false })
		w.uint(uint64(n))
		last := leastBin
		half.ForEach(func(i int, c float64) bool {
			w.uint(uint64(i - last))
			w.uint(uint64(c))
			last = i
			return false
		})
	}
}

func (w *writer) drawn(d *drawn) {
	if d.levels != nil {
		for _, b := range d.levels {
			w.uint(uint64(b.n))
			w.uint(uint64(b.won))
		}
		return
	}
	w.sketch(&d.all)
	w.sketch(&d.won)
	if d.many {
		w.uint(few + 1)
		return
	}
	list, _ := d.steps()
	w.uint(uint64(len(list)))
	for _, b := range list {
		w.float(b.at)
		w.uint(uint64(b.n))
		w.uint(uint64(b.won))
	}
}

var errDamaged = errors.New("a damaged fold")

// reader takes what a writer wrote; after an error it gives zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail() {
	r.err = errDamaged
	r.b = nil
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

// tally is a count of runs: small enough to be exact as a float64.
func (r *reader) tally() int64 {
	v := r.uint()
	if v > 1<<53 {
		r.fail()
		return 0
	}
	return int64(v)
}

// count is a number of things to come, at most limit.
func (r *reader) count(limit int) int {
	v := r.uint()
	if v > uint64(limit) {
		r.fail()
		return 0
	}
	return int(v)
}

func (r *reader) fixed(n int) []byte {
	if r.err != nil || len(r.b) < n {
		r.fail()
		return make([]byte, n)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) float() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(r.fixed(8)))
}

func (r *reader) ints(to []int64) {
	for i := 0; i < len(to); i++ {
		to[i] = r.tally()
		if to[i] == 0 {
			i += r.count(len(to) - i - 1)
		}
		if r.err != nil {
			return
		}
	}
}

func (r *reader) sketch(s *sketch) {
	if r.count(1) == 0 {
		return
	}
	s.lo, s.hi = r.float(), r.float()
	zeros := r.tally()
	if !(s.lo <= s.hi) || math.IsInf(s.lo, 0) || math.IsInf(s.hi, 0) {
		r.fail()
	}
	if r.err != nil {
		return
	}
	s.bins = newBins()
	if err := s.bins.AddWithCount(0, float64(zeros)); err != nil {
		r.fail()
	}
	for _, half := range s.halves() {
		at := leastBin
		for range r.count(mostBin - leastBin + 1) {
			at += r.count(mostBin - at)
			half.AddWithCount(at, float64(r.tally()))
			if r.err != nil {
				return
			}
		}
	}
	if s.n() == 0 {
		r.fail()
	}
}

func (r *reader) drawn(d *drawn) {
	if d.levels != nil {
		for i := range d.levels {
			d.levels[i] = bin{n: r.tally(), won: r.tally()}
		}
		return
	}
	r.sketch(&d.all)
	r.sketch(&d.won)
	n := r.count(few + 1)
	if d.many = n > few; d.many {
		return
	}
	for range n {
		d.exact = append(d.exact, bin{at: r.float(), n: r.tally(), won: r.tally()})
	}
}
