package hold

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
