package keep

// Worth is what a deal brings one side in a year in which all of it is delivered, over no deal.
type Worth struct {
	Flow   float64 // what lasts as long as the deal is in force: tariffs, rules, words
	Bought float64 // what comes of purchases
	Built  float64 // what comes of plants; those that stand stay when the deal ends
}

// Promised is the worth of a year with everything delivered.
func (w Worth) Promised() float64 { return w.Flow + w.Bought + w.Built }

// Paths is what is delivered by year from 0 if the deal holds, as parts of what is delivered in the end:
// Built[y] of the plants stand in year y, Bought[y] of a full year's purchases are made in it. Both have
// a place for every year looked ahead.
type Paths struct{ Built, Bought []float64 }

// Realised is what a life of the deal was worth a year on average over the years looked ahead: in a
// year in force w.Flow + w.Bought x Bought[y] + w.Built x Built[y]; in a year suspended, and after the
// end, only the plants that stand, as many as in the last year they were built in. No deal is worth 0.
func (w Worth) Realised(l *Life, p Paths) float64 {
	sum, stand := 0.0, 0.0
	for y := range p.Built {
		if y < l.Years && l.Suspended>>y&1 == 0 {
			stand = p.Built[y]
			sum += w.Flow + float64(w.Bought*p.Bought[y])
		}
		sum += float64(w.Built * stand)
	}
	return sum / float64(len(p.Built))
}

// Delivered is how many of the plants stand at the end, as a part of all that would be built, and how
// many full years' purchases were made.
func (l *Life) Delivered(p Paths) (built, bought float64) {
	for y := range min(l.Years, len(p.Built)) {
		if l.Suspended>>y&1 == 0 {
			built = p.Built[y]
			bought += p.Bought[y]
		}
	}
	return built, bought
}
