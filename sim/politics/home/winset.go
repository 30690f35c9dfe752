package home

// Likely is the chance from which a deal counts as one that would pass.
const Likely = 0.5

// WinSet lists which deals would pass: out[i] is whether the chance of deal i, whose scores by audience
// are score[i], is at least Likely. Putnam's win-set (1988, p. 437): the deals that would gain the majority
// needed at home when simply voted up or down.
func (e *Electorate) WinSet(score [][]float64, out []bool) {
	for i := range score {
		out[i] = e.ChanceOf(score[i]) >= Likely
	}
}

// Interval is the win-set of a pivotal audience on one line, with the status quo q and single-peaked,
// symmetric preferences around m: all that is no farther from m than q is, [min(q, 2m-q), max(q, 2m-q)].
func Interval(q, m float64) (lo, hi float64) { return min(q, 2*m-q), max(q, 2*m-q) }

// Open reports whether two pivots with ideals m1 and m2 can agree to anything but the status quo: if both
// lie strictly on the same side of it. Both win-sets hold q, so that they meet proves nothing.
func Open(q, m1, m2 float64) bool { return (m1-q)*(m2-q) > 0 }
