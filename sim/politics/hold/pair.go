package hold

import "math"

// Pair is a deal between two sides, judged.
type Pair struct {
	Terms Terms
	Side  [2]Side
	By    [2]Verdict

	Holds bool // both keep in every year without any payment
	// Payment a year, at the end of every year that both keep, with which both keep: the smallest; From
	// is who pays it. Payable says that the payer still keeps. All are zero for a deal that holds.
	Payment float64
	From    int
	Payable bool
}

// Judge weighs both sides.
func (p *Pair) Judge() error {
	for s := range p.Side {
		if err := p.Terms.Judge(&p.Side[s], &p.By[s]); err != nil {
			return err
		}
	}
	p.Holds = p.By[0].Holds && p.By[1].Holds
	p.Payment, p.From, p.Payable = 0, 0, false
	if p.Holds {
		return nil
	}
	for s := range p.By {
		if !p.By[s].Holds {
			p.Payment, p.From = p.By[s].Pay, 1-s
			p.Payable = p.By[1-s].Holds && p.By[1-s].Spare >= p.Payment
			if !p.By[1-s].Holds {
				return nil // both break: no payment serves both
			}
		}
	}
	return nil
}

// Payments are made at the end of every year from Start on in which both kept.
type Payments struct {
	Start        int     // year, from 1
	Amount, Most float64 // the smallest with which who is paid keeps in every year; the largest with which who pays does
	From         int     // the side that pays
}

// Pay finds payments with which a judged deal holds: from the first year on if that does, else from the
// earliest year that does. A payment to come binds before it comes, and one that starts late does not burden the
// years in which who pays has little to spare. False: there are none, or none are needed.
func (p *Pair) Pay() (out Payments, ok bool) {
	if p.Holds || p.By[0].Holds == p.By[1].Holds {
		return out, false
	}
	from := 0
	if p.By[1].Holds {
		from = 1
	}
	payer, paid := &p.By[from], &p.By[1-from]
	n := len(paid.Keeping)
	for start := 1; start <= n; start++ {
		amount, most := 0.0, math.Inf(1)
		wp := newWeights(&p.Terms, p.Side[from].Discount, n, start)
		wr := newWeights(&p.Terms, p.Side[1-from].Discount, n, start)
		for y := n - 1; y >= 0; y-- {
			once, taking := wp.next(y)
			if once > 0 {
				most = min(most, (payer.Keeping[y]-payer.once[y])/once)
			}
			if taking > 0 && p.Side[from].Take != nil {
				most = min(most, (payer.Keeping[y]-payer.taking[y])/taking)
			}
			once, taking = wr.next(y)
			amount = max(amount, need(paid.Keeping[y]-paid.once[y], once))
			if p.Side[1-from].Take != nil {
				amount = max(amount, need(paid.Keeping[y]-paid.taking[y], taking))
			}
		}
		if amount <= most && amount > 0 {
			return Payments{start, amount, most, from}, true
		}
	}
	return out, false
}

// weights runs back through the years with what a payment of 1 a year from start on is worth, kept rather
// than broken.
type weights struct {
	t            *Terms
	d, coming    float64
	n, start     int
	back, onward float64
}

func newWeights(t *Terms, d float64, n, start int) weights {
	w := weights{t: t, d: d, n: n, start: start, onward: d * (1 - t.Ends)}
	if t.Punish > 0 {
		w.back = d * math.Pow(d, float64(t.Punish))
	}
	if t.Years == 0 {
		w.coming = 1 / (1 - w.onward) // all later years are like the last
	}
	return w
}

// next is the weight in year y, from 0, against a break after which both keep again, and against one after which
// they never do; years are asked for from the last down.
func (w *weights) next(y int) (once, taking float64) {
	after := w.coming
	if y < w.n-1 || w.t.Years > 0 {
		w.coming = float64(w.onward * after)
		if y+1 >= w.start {
			w.coming++
		}
	}
	return w.coming - float64(w.back*after), w.coming
}

// need is the payment that makes up for a slack below 0 where one of 1 is worth so much; +Inf if none does.
func need(slack, weight float64) float64 {
	switch {
	case weight > 0:
		return -slack / weight
	case slack < 0:
		return math.Inf(1)
	}
	return 0
}
