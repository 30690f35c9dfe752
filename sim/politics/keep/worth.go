package keep

// Worth is what a deal that is kept brings one side a year on average over the years looked ahead, over
// no deal.
type Worth struct {
	Flow   float64 // what lasts as long as the deal is in force: tariffs, rules, words
	Bought float64 // what comes of purchases
	Built  float64 // what comes of plants; those that stand stay when the deal ends
}

// Promised is the worth of a deal that is kept.
func (w Worth) Promised() float64 { return w.Flow + w.Bought + w.Built }

// Paths is what is delivered by year from 0 in one life, as parts of what is delivered on average if the
// deal is kept: Built[y] stands at the end of year y, whether the deal is in force or not; Bought[y] is
// what a year in force buys. Both have a place for every year looked ahead.
type Paths struct{ Built, Bought []float64 }

// Realised is what a life of the deal was worth a year on average over the years looked ahead: in a
// year in force w.Flow + w.Bought x Bought[y] + w.Built x Built[y]; in a year suspended, and after the
// end, only the plants that stand. No deal is worth 0.
func (w Worth) Realised(l *Life, p Paths) float64 {
	sum := 0.0
	for y := range p.Built {
		if l.InForce(y) {
			sum += w.Flow + float64(w.Bought*p.Bought[y])
		}
		sum += float64(w.Built * p.Built[y])
	}
	return sum / float64(len(p.Built))
}

// InForce reports whether the deal was in force in year y from 0, and not suspended.
func (l *Life) InForce(y int) bool { return y < l.Years && l.Suspended>>y&1 == 0 }

// Even fills built with plants that rise evenly as long as the deal is in force, and then stay: in
// parts of what stands on average if it is kept for all these years.
func (l *Life) Even(built []float64) {
	step := 2 / float64(len(built)+1) // the mean of step, 2 step, ... is 1
	stand := 0.0
	for y := range built {
		if l.InForce(y) {
			stand += step
		}
		built[y] = stand
	}
}
