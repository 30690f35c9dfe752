package belief

import "sort"

// Auction is the sealed-bid double auction of Chatterjee and Samuelson (1983, "Bargaining under incomplete
// information"): a buyer's value and a seller's cost are uniform on [0, 1] and private; both name a
// price; if the buyer's is not below the seller's they trade at Share times the buyer's plus the rest of the
// seller's.
//
// Solve looks for an equilibrium in straight lines by best responses between N types of each side; Regret
// says how far it is from one, over all types and all bids.
type Auction struct {
	N     int     // types a side, >= 3
	Share float64 // weight of the buyer's price, 0 to 1
}

// Line is a price by type: Base at type 0, Slope more at type 1.
type Line struct{ Base, Slope float64 }

// At is the price of a type.
func (l Line) At(x float64) float64 { return l.Base + float64(l.Slope*x) }

// typ is the value or cost of a type, the middle of its share of [0, 1].
func (a *Auction) typ(i int) float64 { return (float64(i) + 0.5) / float64(a.N) }

// buyer is the best bid of a value against asks in rising order. Bidding above the highest ask it means to
// meet only raises the price, so the asks are all the bids to try. trades is how many asks it meets.
func (a *Auction) buyer(value float64, asks, sums []float64) (bid, gain float64, trades int) {
	for k, ask := range asks {
		n := float64(k + 1)
		g := (n*(value-a.Share*ask) - (1-a.Share)*sums[k]) / float64(a.N)
		if g > gain {
			bid, gain, trades = ask, g, k+1
		}
	}
	return bid, gain, trades
}

// flip turns a seller's problem into a buyer's: prices and types p become 1 - p.
func (a *Auction) flip() *Auction { return &Auction{a.N, 1 - a.Share} }

func (l Line) flip() Line { return Line{1 - l.Base - l.Slope, l.Slope} }

// prices are what N types name along a line, with their running sums.
func (a *Auction) prices(l Line) (p, sums []float64) {
	sum := 0.0
	for i := range a.N {
		p = append(p, l.At(a.typ(i)))
	}
	sort.Float64s(p)
	for _, x := range p {
		sum += x
		sums = append(sums, sum)
	}
	return p, sums
}

// answer is the line through the best bids of those buyers who trade, and not with all, against a
// seller's line: by least squares.
func (a *Auction) answer(seller Line) Line {
	asks, sums := a.prices(seller)
	var n, sx, sy, sxx, sxy float64
	for i := range a.N {
		v := a.typ(i)
		bid, _, trades := a.buyer(v, asks, sums)
		if trades < 2 || trades == a.N {
			continue
		}
		n, sx, sy, sxx, sxy = n+1, sx+v, sy+bid, sxx+v*v, sxy+v*bid
	}
	if d := n*sxx - sx*sx; n >= 2 && d > 0 {
		slope := (n*sxy - sx*sy) / d
		return Line{(sy - slope*sx) / n, slope}
	}
	return Line{0, 1}
}

// Solve starts from both telling the truth and lets each answer the other in turn until nothing moves.
func (a *Auction) Solve() (buyer, seller Line) {
	buyer, seller = Line{0, 1}, Line{0, 1}
	back := a.flip()
	for range 100 {
		was := [2]Line{buyer, seller}
		buyer = a.answer(seller)
		seller = back.answer(buyer.flip()).flip()
		if near(was[0], buyer) && near(was[1], seller) {
			break
		}
	}
	return buyer, seller
}

func near(a, b Line) bool {
	const tiny = 1e-9
	return abs(a.Base-b.Base) < tiny && abs(a.Slope-b.Slope) < tiny
}

func abs(x float64) float64 { return max(x, -x) }

// Trade is the chance of a trade and the expected gains of both from it.
func (a *Auction) Trade(buyer, seller Line) (chance, gains float64) {
	for i := range a.N {
		v := a.typ(i)
		for j := range a.N {
			if c := a.typ(j); buyer.At(v) >= seller.At(c) {
				chance++
				gains += v - c
			}
		}
	}
	n := float64(a.N * a.N)
	return chance / n, gains / n
}

// Regret is the most that any type of either side could gain by another bid.
func (a *Auction) Regret(buyer, seller Line) float64 {
	return max(a.regret(buyer, seller), a.flip().regret(seller.flip(), buyer.flip()))
}

func (a *Auction) regret(buyer, seller Line) float64 {
	asks, sums := a.prices(seller)
	most := 0.0
	for i := range a.N {
		v := a.typ(i)
		_, best, _ := a.buyer(v, asks, sums)
		bid, got := buyer.At(v), 0.0
		for _, ask := range asks {
			if bid >= ask {
				got += v - (a.Share*bid + (1-a.Share)*ask)
			}
		}
		most = max(most, best-got/float64(a.N))
	}
	return most
}
