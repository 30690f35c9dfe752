package deal

import "math/bits"

// maxTrials bounds how many sets of lines Blockers tries before it settles for one set from which no
// line can be left out.
const maxTrials = 1 << 12

// Blockers are the smallest sets of hard lines whose removal opens the ZOPA: all sets of the smallest
// size that does, in order of side and line. One empty set says that the interests alone leave none.
// Nil says that there is a ZOPA, or that the parties are not of this solver's model.
//
// Lines at a price stay. With so many lines that more than 4096 sets would have to be tried, it is one
// set from which no line can be left out.
func (s *Solver) Blockers(a, b *Party) [][]LineRef {
	open := func(drop [2]uint64) bool {
		ok, err := s.zopa(a, b, drop)
		return ok || err != nil
	}
	if open([2]uint64{}) {
		return nil
	}
	all := [2]uint64{a.hard, b.hard}
	if !open(all) {
		return [][]LineRef{{}}
	}
	var lines []LineRef
	for side, set := range all {
		for ; set != 0; set &= set - 1 {
			lines = append(lines, LineRef{side, bits.TrailingZeros64(set)})
		}
	}
	trials := 0
	for size := 1; size <= len(lines); size++ {
		var found [][]LineRef
		done := choose(len(lines), size, func(pick []int) bool {
			var drop [2]uint64
			refs := make([]LineRef, 0, size)
			for _, i := range pick {
				drop[lines[i].Side] |= 1 << lines[i].Line
				refs = append(refs, lines[i])
			}
			if trials++; trials > maxTrials {
				return false
			}
			if open(drop) {
				found = append(found, refs)
			}
			return true
		})
		if !done {
			return [][]LineRef{leanest(lines, all, open)}
		}
		if found != nil {
			return found
		}
	}
	return nil // not reached: removing all lines opens it
}

// leanest starts from all lines and keeps back each that it can.
func leanest(lines []LineRef, drop [2]uint64, open func([2]uint64) bool) []LineRef {
	var need []LineRef
	for _, l := range lines {
		less := drop
		less[l.Side] &^= 1 << l.Line
		if open(less) {
			drop = less
		} else {
			need = append(need, l)
		}
	}
	return need
}

// choose calls f with every set of k of n, in order, until f says false.
func choose(n, k int, f func([]int) bool) bool {
	pick := make([]int, k)
	var rec func(at, from int) bool
	rec = func(at, from int) bool {
		if at == k {
			return f(pick)
		}
		for i := from; i <= n-(k-at); i++ {
			pick[at] = i
			if !rec(at+1, i+1) {
				return false
			}
		}
		return true
	}
	return rec(0, 0)
}
