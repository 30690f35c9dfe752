package scenario

import (
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

// atHome is those of one party who must live with a deal, as the structure fixes them.
type atHome struct {
	names               []string
	veto                []bool
	share, agree, noise []value
	likes               [][]like
	rule                home.Rule
	vote, guess         []uint64 // IDs of the audience's answer, and of the negotiator's error about it
}

// like is how much an audience cares about one of its party's interests.
type like struct {
	interest int
	times    value
}

// What negotiators know of those at home.
const (
	ignored = iota
	estimated
	known
)

// ratification is the rules of it.
type ratification struct {
	played bool
	side   [2]atHome
	know   int
	err    value
	stake  [2]float64 // the gain that a negotiator has in mind
}

// ratification compiles audiences and rules. They are played where there is an audience or a [ratify].
func (c *compiler) ratification(m *Model) {
	r := &m.home
	cfg := c.cfg.Ratify
	r.played = cfg != nil
	r.know = estimated
	if cfg == nil {
		cfg = &config.Ratify{}
	}
	r.err = c.vars.number(&cfg.Error, 0, "")
	switch cfg.KnownToNegotiators {
	case "known":
		r.know = known
	case "ignored":
		r.know = ignored
	}
	for s := range r.side {
		p := &c.cfg.Parties[s]
		h := &r.side[s]
		h.rule = home.Rule{Threshold: 0.5, Strict: true}
		for _, rule := range cfg.Rule {
			if rule.Party == p.Key {
				h.rule = home.Rule{Threshold: rule.Threshold, Strict: rule.Strict, Members: int(rule.Members)}
			}
		}
		for k := range p.Audiences {
			r.played = true
			h.add(c, p, &p.Audiences[k])
		}
		if len(h.names) > home.MaxAudiences {
			c.fail("party.%s.audience: %d audiences are more than %d", p.Key, len(h.names), home.MaxAudiences)
		}
	}
}

// add compiles one audience.
func (h *atHome) add(c *compiler, p *config.Party, a *config.Audience) {
	path := "party." + p.Key + ".audience." + a.Key
	h.names = append(h.names, a.Key)
	h.veto = append(h.veto, a.Veto)
	h.share = append(h.share, c.vars.number(&a.Share, 0, p.Key))
	h.agree = append(h.agree, c.vars.number(&a.Agree, 0, p.Key))
	h.noise = append(h.noise, c.vars.number(&a.Noise, 0, p.Key))
	h.vote = append(h.vote, chance.ID(path+".vote"))
	h.guess = append(h.guess, chance.ID(path+".guess"))
	var likes []like
	for i := range a.Likes {
		at := -1
		for k := range p.Interests {
			if p.Interests[k].Key == a.Likes[i].Key {
				at = k
			}
		}
		if at < 0 {
			c.fail("%s.likes: %s has no interest %q", path, p.Key, a.Likes[i].Key)
			continue
		}
		likes = append(likes, like{at, c.vars.number(&a.Likes[i].Number, 1, p.Key)})
	}
	h.likes = append(h.likes, likes)
}

// homeSeat is one side's electorate in one run, with scratch.
type homeSeat struct {
	e     *home.Electorate
	value []float64 // by interest
	score []float64 // by audience, and so on
	p, u  []float64
	yes   []bool
	heed  []float64
}

func (m *Model) newHomeSeat(s int) *homeSeat {
	h := &m.home.side[s]
	n := len(h.names)
	f := make([]float64, 4*n+len(m.sides[s].interests))
	out := &homeSeat{e: home.NewElectorate(n), score: f[:n:n], p: f[n : 2*n : 2*n], u: f[2*n : 3*n : 3*n], heed: f[3*n : 4*n : 4*n], value: f[4*n:], yes: make([]bool, n)}
	copy(out.e.Veto, h.veto)
	out.e.Rule = h.rule
	return out
}

// fill takes the run's audiences as they are.
func (h *homeSeat) fill(a *atHome, drawn []float64) {
	for k := range a.names {
		h.e.Share[k], h.e.Agree[k], h.e.Noise[k] = a.share[k].at(drawn), a.agree[k].at(drawn), a.noise[k].at(drawn)
	}
	h.e.Prepare()
}

// scores writes each audience's score of what the interests gain to out.
func (a *atHome) scores(value, drawn, out []float64) {
	for k := range out {
		sum := 0.0
		for _, l := range a.likes[k] {
			sum += float64(l.times.at(drawn) * value[l.interest])
		}
		out[k] = sum
	}
}

// read scores an outcome: by interest, then by audience.
func (m *Model) read(s int, h *homeSeat, d *Draw, o deal.Offer) {
	m.value[s].split(d.Terms[s].Weight, d.None[s], o, h.value)
	m.home.side[s].scores(h.value, d.Values, h.score)
}

// votes is how a deal fared at home.
type votes struct {
	chance [2]float64 // exact, given the draw and the deal
	passed [2]bool
	by     [2]int // the audience that stopped it, else home.Nobody
}

// ratify puts a signed deal to those at home on both sides. Each audience's answer is one uniform.
func (m *Model) ratify(s *slot, seed uint64, o deal.Offer) (v votes) {
	for side, h := range s.home {
		a := &m.home.side[side]
		h.fill(a, s.draw.Values)
		m.read(side, h, s.draw, o)
		h.e.Chances(h.score, h.p)
		v.chance[side] = h.e.Chance(h.p)
		for k := range h.u {
			h.u[k] = 0.5
			if s.draw.Replication != Typical {
				h.u[k] = chance.U(seed, s.draw.Replication, a.vote[k], 0)
			}
		}
		v.passed[side], v.by[side] = h.e.Vote(h.p, h.u, h.yes)
	}
	return v
}

// refused is the side that stopped a deal: where both did, the one whose home was the less likely to agree.
func (v *votes) refused() int {
	switch {
	case v.passed[0]:
		return 1
	case v.passed[1] || v.chance[0] <= v.chance[1]:
		return 0
	}
	return 1
}
