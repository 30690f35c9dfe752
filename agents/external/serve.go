package external

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// Serve is the other end of the protocol: it plays negotiators of this process for a Parley that has started it. A program
// written in Go is
//
//	func main() {
//		if err := external.Serve(os.Stdin, os.Stdout, func() sim.Negotiator { return &mine{} }); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// Each live session has a negotiator of its own, used again for the session that takes its number. Serve returns nil when the
// input ends.
func Serve(in io.Reader, out io.Writer, mk func() sim.Negotiator) error {
	s := &server{mk: mk, live: map[int32]*played{}}
	r := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriter(out)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		said, err := s.line(line)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(said, '\n')); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}

type server struct {
	mk     func() sim.Negotiator
	models []*deal.Model
	sides  []int
	live   map[int32]*played
}

// played is one session.
type played struct {
	n     sim.Negotiator
	space int
	party *deal.Party
	pcg   rand.PCG
	rng   *rand.Rand
	view  sim.View
	out   deal.Offer
	seen  deal.Offer
	text  deal.Offer
}

// spoken are the answers as they are written.
type spoken struct {
	Parley  int        `json:"parley"`
	ID      uint64     `json:"id"`
	Answers []spokenDo `json:"answers"`
}

type spokenDo struct {
	Session int32      `json:"session"`
	Do      string     `json:"do"`
	Offer   deal.Offer `json:"offer,omitempty"`
}

func (s *server) line(line []byte) ([]byte, error) {
	var q request
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, fmt.Errorf("external: a line that is not of the protocol: %w", err)
	}
	if q.Parley != Version {
		return nil, fmt.Errorf("external: version %d of the protocol, and this is %d", q.Parley, Version)
	}
	for i := range q.Spaces {
		if err := s.space(&q.Spaces[i]); err != nil {
			return nil, err
		}
	}
	a := spoken{Parley: Version, ID: q.ID, Answers: []spokenDo{}}
	for i := range q.Turns {
		d, err := s.turn(&q.Turns[i])
		if err != nil {
			return nil, err
		}
		a.Answers = append(a.Answers, d)
	}
	return json.Marshal(&a)
}

// space compiles what is on the table with this side's preferences; nothing is known of the other's.
func (s *server) space(d *space) error {
	if d.Space != len(s.models) || d.Side != 0 && d.Side != 1 {
		return fmt.Errorf("external: space %d for side %d out of order", d.Space, d.Side)
	}
	var issues []deal.Issue
	for _, is := range d.Issues {
		issues = append(issues, deal.Issue{Name: is.Name, Unit: is.Unit, Values: is.Values, Numbers: is.Numbers, Now: -1})
	}
	sp, err := deal.NewSpace(issues)
	if err != nil {
		return err
	}
	var p [2]deal.Profile
	for _, in := range d.Interests {
		p[d.Side].Interests = append(p[d.Side].Interests, deal.Interest(in))
	}
	for _, l := range d.Lines {
		p[d.Side].Lines = append(p[d.Side].Lines, deal.Line(l))
	}
	m, err := deal.Compile(sp, p, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		return err
	}
	s.models, s.sides = append(s.models, m), append(s.sides, d.Side)
	return nil
}

func (s *server) turn(t *turn) (spokenDo, error) {
	if t.Round < 1 || t.Rounds < 1 || math.IsNaN(t.NoDeal) || math.IsInf(t.NoDeal, 0) {
		return spokenDo{}, fmt.Errorf("external: session %d: round %d of %d, no deal worth %v: not a turn", t.Session, t.Round, t.Rounds, t.NoDeal)
	}
	p := s.live[t.Session]
	if p == nil {
		p = &played{n: s.mk(), space: -1}
		p.rng = rand.New(&p.pcg)
		s.live[t.Session] = p
	}
	if b := t.Begin; b != nil {
		if b.Space < 0 || b.Space >= len(s.models) {
			return spokenDo{}, fmt.Errorf("external: session %d begins in space %d, which was not described", t.Session, b.Space)
		}
		m := s.models[b.Space]
		if p.space != b.Space {
			p.space, p.party = b.Space, m.NewParty(s.sides[b.Space])
			p.out, p.seen, p.text = m.Space.NewOffer(), m.Space.NewOffer(), m.Space.NewOffer()
		}
		terms := deal.Terms{Weight: b.Weight, NoDeal: t.NoDeal}
		for _, c := range b.Cost {
			if c == nil {
				terms.Cost = append(terms.Cost, math.Inf(1))
			} else {
				terms.Cost = append(terms.Cost, *c)
			}
		}
		if err := terms.Check(&m.Profile[s.sides[b.Space]]); err != nil {
			return spokenDo{}, err
		}
		p.party.Set(terms)
		p.pcg.Seed(b.Seed, uint64(s.sides[b.Space]))
		p.n.Begin(p.party, p.rng)
	}
	if p.party == nil {
		return spokenDo{}, fmt.Errorf("external: session %d was not begun", t.Session)
	}
	p.party.SetNoDeal(t.NoDeal)
	v := &p.view
	*v = sim.View{Round: t.Round, Rounds: t.Rounds, Hold: t.Hold, Fresh: t.Fresh, Has: t.Offer != nil, Space: p.party.Model().Space, Theirs: p.seen}
	if t.Offer != nil {
		if err := v.Space.Check(*t.Offer); err != nil {
			return spokenDo{}, err
		}
		copy(p.seen, *t.Offer)
	}
	if t.Text != nil {
		copy(p.text, *t.Text)
		v.Text = p.text
	}
	switch k := p.n.Respond(v, p.out); k {
	case sim.Accept:
		return spokenDo{Session: t.Session, Do: "accept"}, nil
	case sim.Walk:
		return spokenDo{Session: t.Session, Do: "walk"}, nil
	case sim.Propose:
		return spokenDo{Session: t.Session, Do: "offer", Offer: p.out}, nil
	default:
		return spokenDo{}, errors.New("external: session " + strconv.Itoa(int(t.Session)) + ": the negotiator answered with " + k.String())
	}
}
