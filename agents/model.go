package agents

import "github.com/parley-sim/parley/sim/deal"

// Model is an opponent model by itself: what a study of models, or a negotiator of one's own, can use. It is not safe for use by
// several goroutines.
type Model struct {
	m     model
	last  deal.Offer
	any   bool
	space *deal.Space
}

// NewModel makes an opponent model by its name, with its default parameters where params says nothing. "none" is no model,
// and an error.
func NewModel(name string, params map[string]float64) (*Model, error) {
	part, err := find(models, Opponent, name)
	if err != nil {
		return nil, err
	}
	m, knobs := part.make()
	if m == nil {
		return nil, unknown("opponent model", name, Names(Opponent)[1:])
	}
	a := &agent{}
	a.add(part, knobs)
	if err := a.Tune(params); err != nil {
		return nil, err
	}
	return &Model{m: m}, nil
}

// Begin forgets everything and starts with a space.
func (m *Model) Begin(space *deal.Space) {
	if m.space != space {
		m.space, m.last = space, space.NewOffer()
	}
	m.any = false
	m.m.begin(space)
}

// Hear takes in an offer of the other at a time from 0 to 1. Like negotiators, models are told of an offer only when it
// differs from the one before.
func (m *Model) Hear(o deal.Offer, at float64) {
	if m.any && m.last.Equal(o) {
		return
	}
	m.any = true
	copy(m.last, o)
	m.m.hear(o, at)
}

// Estimate is what the other is thought to like, on no particular scale. It is the model's own, valid until the next call.
func (m *Model) Estimate() deal.Additive { return m.m.estimate().additive() }
