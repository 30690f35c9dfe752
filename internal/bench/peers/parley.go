package main

import (
	"context"
	"errors"
	"time"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// ours is what Parley does.
type ours struct {
	outcomes int64
	offer    float64 // ns an offer, set-up done once
	once     float64 // negotiations a second, set-up done once
	each     float64 // the same, set-up done for each
}

// measure plays two agents on a domain: once with everything made once, once with everything but reading the
// file made for each talk. NegMAS's figures are without reading files too. No reservation, as there.
func measure(dir string, names [2]string, rounds int32, span time.Duration) (ours, error) {
	d, err := importer.Open(dir)
	if err != nil {
		return ours{}, err
	}
	for k := range d.Profiles {
		d.Profiles[k].Reservation = 0
	}
	s, err := seat(d, names, rounds, deal.Options{})
	if err != nil {
		return ours{}, err
	}
	out := ours{outcomes: s.set.Party[0].Model().Space.Size().Int64()}
	if _, err := s.play(10); err != nil { // as NegMAS's, whose first talk is not counted
		return out, err
	}
	const parts = 9 // the best of so many: the machine is shared
	for range parts {
		talks, offers := 0, 0
		start, from := time.Now(), used()
		for time.Since(start) < span/parts {
			n := 100
			if talks == 0 {
				n = 1
			}
			o, err := s.play(n)
			if err != nil {
				return out, err
			}
			talks, offers = talks+n, offers+o
		}
		took := used() - from
		if ns := float64(took.Nanoseconds()) / float64(offers); out.offer == 0 || ns < out.offer {
			out.offer = ns
		}
		out.once = max(out.once, float64(talks)/took.Seconds())
		talks, start, from = 0, time.Now(), used()
		for time.Since(start) < span/parts {
			fresh, err := seat(d, names, rounds, deal.Options{Once: true})
			if err != nil {
				return out, err
			}
			if _, err := fresh.play(1); err != nil {
				return out, err
			}
			talks++
		}
		out.each = max(out.each, float64(talks)/(used()-from).Seconds())
	}
	return out, nil
}

// seated is a source of the same talk again and again.
type seated struct {
	set   sim.Setup
	table sim.Table
	left  int
}

func seat(d *importer.Domain, names [2]string, rounds int32, opt deal.Options) (*seated, error) {
	m, terms, err := d.CompileWith(opt)
	if err != nil {
		return nil, err
	}
	s := &seated{table: sim.NewPlain()}
	s.set = sim.Setup{Rounds: rounds, Seed: [2]uint64{1, 2}}
	for k := range names {
		spec, err := agents.Parse(names[k])
		if err != nil {
			return nil, err
		}
		if s.set.Negotiator[k], err = agents.New(spec); err != nil {
			return nil, err
		}
		s.set.Party[k] = m.NewParty(k)
		s.set.Party[k].Set(deal.Terms{Weight: terms[k].Weight, NoDeal: 0})
	}
	return s, nil
}

func (s *seated) Next(_ int, out *sim.Setup) bool {
	if s.left == 0 {
		return false
	}
	s.left--
	*out = s.set
	return true
}

// play plays n talks and counts their offers.
func (s *seated) play(n int) (offers int, err error) {
	s.left = n
	err = s.table.Play(context.Background(), s, func(_ int, r *sim.Result) error {
		offers += int(r.Offers)
		if r.Status == sim.Error {
			return errors.New(r.Err)
		}
		return nil
	})
	return offers, err
}
