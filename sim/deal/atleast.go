package deal

type atLeast struct{ ready bool }

// AtLeast writes the allowed outcome of lowest utility >= u into out, exact or within Resolution.
// ok is false when no allowed outcome is worth u.
func (p *Party) AtLeast(u float64, out Offer) (got float64, ok bool) {
	d := p.Descend()
	o := p.m.Space.NewOffer()
	for {
		v, more := d.Next(o)
		if !more || v < u {
			return got, ok
		}
		copy(out, o)
		got, ok = v, true
	}
}

// Resolution is how far above the lowest utility >= u the answer of AtLeast may lie; 0 = exact.
func (p *Party) Resolution() float64 { return 0 }
