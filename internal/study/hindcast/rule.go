package hindcast

import (
	"slices"

	"github.com/parley-sim/parley/sim/chance"
)

// rule is how talks become forecasts. Its numbers are priors, those of the shared RULE.md but for whole
// (rollbacks to nothing were missed without it) and widened:
// on 34 terms that it was not written from that rule's 8-in-10 band held .59. If the class says nothing in
// a share e of terms and the band would else hold .8, e is 1 - .59/.8 = .26, of a sample of 34 between .1
// and .4; a third is to the cautious side of it.
type rule struct {
	refused  float64 // a signed deal falls at home, or the talks over something that is not on the list
	carried  float64 // a threat is carried out when there is no deal
	widened  float64 // the class says nothing: anywhere in the range
	beyond   float64 // more than was asked: up to half as much again
	spared   float64 // a K1 is as good as bargained away: its sanction is dropped, whatever the talk
	targeted float64 // the same of a K2
	whole    float64 // a tariff is rolled back, or a pledge made, as asked: whole
	listed   float64 // without a deal an open term comes to something all the same: it stands in a list because it did
}

var prior = rule{refused: 0.15, carried: 0.5, widened: 1.0 / 3, beyond: 0.1, spared: 0.9, targeted: 0.1, whole: 0.1, listed: 0.5}

// Variables of the rule, indexed by the term's name so that leaving one out moves none of the others.
var (
	idRefused = chance.ID("hindcast.refused")
	idCarried = chance.ID("hindcast.carried")
	idWiden   = chance.ID("hindcast.widened")
	idWhere   = chance.ID("hindcast.where")
	idBeyond  = chance.ID("hindcast.beyond")
	idFar     = chance.ID("hindcast.far")
	idSpared  = chance.ID("hindcast.spared")
	idHow     = chance.ID("hindcast.how")
	idShare   = chance.ID("hindcast.share")
	idWhole   = chance.ID("hindcast.whole")
	idOpen    = chance.ID("hindcast.open")
	idRank    = chance.ID("hindcast.percentile")
)

// forecast is the rising sample of every term, on its scale, and the chance of a deal. With plain the
// talks are left out: what they came to is one uniform draw a term instead (the ablation).
func (r *rule) forecast(g *game, t *talks, seed uint64, n int, plain bool) (z [][]float64, deal float64) {
	seed ^= g.id
	z = make([][]float64, len(g.frames))
	for i := range z {
		z[i] = make([]float64, n)
	}
	deals := 0
	for k := range n {
		run := uint64(k)
		u := func(id, term uint64) float64 { return chance.U(seed, run, id, term) }
		signed := u(idRefused, 0) >= r.refused && (plain || t.closed(k))
		if signed {
			deals++
		}
		for i := range g.frames {
			f, term := &g.frames[i], g.names[i]
			if u(idWiden, term) < r.widened {
				z[i][k] = u(idWhere, term)
				continue
			}
			m := u(idShare, term)
			if !plain {
				m = t.share[k*t.terms+i]
			}
			z[i][k] = f.place(r.settle(f, m, signed, term, u))
		}
	}
	for i := range z {
		slices.Sort(z[i])
	}
	return z, float64(deals) / float64(n)
}

// settle turns the share m that a talk came to into the share that comes about.
func (r *rule) settle(f *frame, m float64, signed bool, term uint64, u func(id, term uint64) float64) float64 {
	threat := f.class == Sanction || f.class == Target
	switch {
	case !signed && threat && u(idCarried, 0) < r.carried:
		return 1
	case !signed && f.class == Open && u(idOpen, term) < r.listed:
		return m
	case !signed:
		return 0
	}
	spared := 0.0
	switch f.class {
	case Sanction:
		spared = r.spared
	case Target:
		spared = r.targeted
		m = f.from + m*(1-f.from)
	case Open:
		return m
	}
	if (f.class == Rollback || f.class == Pledge) && u(idWhole, term) < r.whole {
		return 1
	}
	if u(idSpared, term) < spared {
		switch how := u(idHow, term); {
		case how < 0.8:
			return 0
		case how < 0.9:
			return m
		}
		return -u(idFar, term) / 4
	}
	if u(idBeyond, term) < r.beyond {
		return 1 + u(idFar, term)/2
	}
	return m
}

// place is where a share of the way from today lies on the term's scale.
func (f *frame) place(m float64) float64 {
	if f.class == Open {
		from, _ := f.scale(f.s)
		return from + m*(1-from)
	}
	z, _ := f.scale(f.s + m*(f.to-f.s))
	return z
}
