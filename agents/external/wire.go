package external

import (
	"encoding/json"
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// request is a line to the program.
type request struct {
	Parley int     `json:"parley"`
	Hello  bool    `json:"hello,omitempty"` // the first line
	ID     uint64  `json:"id"`
	Spaces []space `json:"spaces,omitempty"` // described once to each process
	Turns  []turn  `json:"turns,omitempty"`
}

// space is what is bargained over, and what a side's worth is made of.
type space struct {
	Space     int        `json:"space"`
	Side      int        `json:"side"`
	Issues    []issue    `json:"issues"`
	Interests []interest `json:"interests"`
	Lines     []line     `json:"lines"`
}

type issue struct {
	Name    string    `json:"name"`
	Unit    string    `json:"unit,omitempty"`
	Values  []string  `json:"values"`
	Numbers []float64 `json:"numbers,omitempty"`
}

// interest is a table over the issues of its scope, row-major, the last issue fastest.
type interest struct {
	Name  string    `json:"name"`
	Scope []int     `json:"scope"`
	Table []float64 `json:"table"`
}

type line struct {
	Name   string `json:"name"`
	Scope  []int  `json:"scope"`
	Broken []bool `json:"broken"`
}

// turn is one session's.
type turn struct {
	Session int32       `json:"session"`
	Begin   *begin      `json:"begin,omitempty"` // a new session has taken this number
	Round   int32       `json:"round"`
	Rounds  int32       `json:"rounds"`
	Offer   *deal.Offer `json:"offer"` // before this side; null if nothing
	Fresh   bool        `json:"fresh,omitempty"`
	Hold    bool        `json:"hold,omitempty"`
	Text    *deal.Offer `json:"text,omitempty"` // offer is a draft to vote on against this
	NoDeal  float64     `json:"no_deal"`
}

type begin struct {
	Space  int        `json:"space"`
	Weight []float64  `json:"weight"`
	Cost   []*float64 `json:"cost"` // by line; null: never to be crossed
	Seed   uint64     `json:"seed"`
}

func beginOf(p *deal.Party, at int, seed uint64) *begin {
	t := p.Terms()
	b := &begin{Space: at, Weight: append([]float64{}, t.Weight...), Cost: []*float64{}, Seed: seed >> 11}
	for _, c := range t.Cost {
		if math.IsInf(c, 1) {
			b.Cost = append(b.Cost, nil)
			continue
		}
		b.Cost = append(b.Cost, &c)
	}
	return b
}

func spaceOf(m *deal.Model, side, at int) space {
	s := space{Space: at, Side: side, Interests: []interest{}, Lines: []line{}}
	for i := range m.Space.Issues {
		is := &m.Space.Issues[i]
		s.Issues = append(s.Issues, issue{Name: is.Name, Unit: is.Unit, Values: is.Values, Numbers: is.Numbers})
	}
	p := &m.Profile[side]
	for k := range p.Interests {
		in := &p.Interests[k]
		s.Interests = append(s.Interests, interest{Name: in.Name, Scope: in.Scope, Table: in.Table})
	}
	for k := range p.Lines {
		l := &p.Lines[k]
		s.Lines = append(s.Lines, line{Name: l.Name, Scope: l.Scope, Broken: l.Broken})
	}
	return s
}

// response is a line from the program.
type response struct {
	Parley  int      `json:"parley"`
	ID      uint64   `json:"id"`
	Name    string   `json:"name"` // with hello
	Answers []answer `json:"answers"`
}

type answer struct {
	Session int32             `json:"session"`
	Do      string            `json:"do"` // offer, accept, walk
	Offer   []json.RawMessage `json:"offer"`
}
