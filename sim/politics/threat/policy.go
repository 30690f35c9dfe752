package threat

import (
	"fmt"
	"math"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Param is a number that a policy reads, by its key in a scenario file.
type Param struct{ Name, Doc string }

// Info describes a policy.
type Info struct {
	Name        string
	Description string // one sentence
	Source      string // the paper
	Params      []Param
	Policy      Policy
}

var (
	pCarried   = Param{"threat_carried_out", "chance that a threat that was not heeded is carried out"}
	pThreatens = Param{"threatens", "how often a year it threatens of its own accord"}
	pNotice    = Param{"notice", "days from a threat to its date"}
	pAudience  = Param{"audience_cost", "what backing down costs at home, per week that the threat has stood"}
	pThreshold = Param{"threshold", "loss a year from the other's tariffs from which it answers"}
	pBelieved  = Param{"believed", "chance that the other side gives at first to its threats being meant; then it goes by the record"}
	pDeal      = Param{"expects_deal", "chance it gives to a deal that splits the gains"}
)

var infos = []Info{
	{"never", "Threatens nobody, answers nothing.", "", nil, never{}},
	{
		"tit_for_tat", "Answers each threat by one of the same size, each tariff likewise, and takes back what the other takes back.",
		"Axelrod (1984), The Evolution of Cooperation",
		[]Param{pCarried, pNotice},
		titForTat{},
	},
	{
		"gradual", "Answers the n-th step against it by n steps, one a round, then is calm for two rounds.",
		"Beaufils, Delahaye and Mathieu (1996), Our meeting with gradual", nil,
		gradual{},
	},
	{
		"threshold", "Bears tariffs until they cost it more than a threshold, then answers as tit_for_tat.",
		"",
		[]Param{pThreshold, pCarried, pBelieved, pNotice},
		threshold{},
	},
	{
		"audience_cost", "Threatens in public; the longer a threat has stood, the dearer is backing down, until carrying it out is the cheaper.",
		"Fearon (1994), Domestic political audiences and the escalation of international disputes",
		[]Param{pThreatens, pCarried, pAudience, pBelieved, pNotice},
		audience{},
	},
	{
		"attrition", "Raises, and then gives way at the rate that leaves the other side indifferent between waiting and giving way.",
		"Hendricks, Weiss and Wilson (1988), The war of attrition in continuous time with complete information",
		[]Param{pThreatens, pNotice},
		attrition{},
	},
	{
		"look_ahead", "Raises, holds or takes back as backward induction over the rounds that are left says, the other side being as rational.",
		"Schelling (1956), An essay on bargaining; Selten (1965) for the solution",
		[]Param{pDeal, pNotice},
		lookAhead{},
	},
}

// List is every policy.
func List() []Info { return append([]Info(nil), infos...) }

// Names are the policies' names.
func Names() []string {
	out := make([]string, len(infos))
	for i := range infos {
		out[i] = infos[i].Name
	}
	return out
}

// Named finds a policy. The error lists what there is and the nearest name.
func Named(name string) (Policy, error) {
	best, near := len(name)/2+1, ""
	for i := range infos {
		if infos[i].Name == name {
			return infos[i].Policy, nil
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(name), infos[i].Name); d < best {
			best, near = d, infos[i].Name
		}
	}
	msg := fmt.Sprintf("no policy is called %q (there are %s)", name, strings.Join(Names(), ", "))
	if near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, fmt.Errorf("%s", msg)
}

// due reports whether a side threatens of its own accord this round: threats come at a constant rate a
// year, as long as their date falls within the talks.
func (s *State) starts(side int) bool {
	p := &s.Side[side]
	if p.Threatens <= 0 || s.Round+p.Notice > s.Known {
		return false
	}
	return s.u(side, askMove) < -math.Expm1(-p.Threatens*s.Years)
}

// carried is the draw that decides where nothing else does.
func (s *State) carried(side int) bool { return s.u(side, askCarry) < s.Side[side].Carried }

// ask is what a threat of the side's demands now.
func (s *State) ask(side int) Demand {
	if s.Steps[1-side] > 0 {
		return TakeBack
	}
	return ForDeal
}

// hurt is what the other's tariffs cost a side a year, its own as they are.
func (s *State) hurt(side int) float64 {
	without := s.Steps
	without[1-side] = 0
	return s.Worth(without)[side] - s.Worth(s.Steps)[side]
}

type never struct{}

func (never) Move(*State, int) Move          { return Move{} }
func (never) Carry(*State, int, Threat) bool { return false }
func (never) Yield(*State, int, Threat) bool { return false }

// titForTat has as many steps in force as the other, by way of a threat; and threatens back before the other
// has done anything, to do as much a round after it.
type titForTat struct{}

func (titForTat) Move(s *State, side int) Move {
	switch mine, theirs := s.Steps[side], s.Steps[1-side]; {
	case theirs > mine:
		return Move{Action: Threaten, Steps: theirs - mine, Demand: TakeBack}
	case theirs < mine:
		return Move{Action: Withdraw}
	}
	if t := s.Open[1-side]; t.Made > 0 && t.Demand != Desist {
		return Move{Action: Threaten, Steps: t.Steps, Demand: Desist, Date: t.Date + 1}
	}
	return Move{}
}

func (titForTat) Carry(s *State, side int, _ Threat) bool { return s.carried(side) }

// Yield takes back what is more than the other has.
func (titForTat) Yield(s *State, side int, _ Threat) bool { return s.Steps[side] > s.Steps[1-side] }

// gradual is the strategy of Beaufils, Delahaye and Mathieu (1996), a step for each defection: the n-th
// is answered by n, one a round, and then come two calm rounds, in which it takes back. They found it
// to beat tit for tat as its answers end.
type gradual struct{}

func (gradual) Move(s *State, side int) Move {
	if n := s.Hits[side]; n > s.Seen[side] && s.Owed[side] == 0 && s.Round >= s.Wait[side] {
		s.Owed[side], s.Seen[side] = n, n
	}
	switch {
	case s.Owed[side] > 0:
		if s.Owed[side]--; s.Owed[side] == 0 {
			s.Wait[side] = s.Round + 3
		}
		return Move{Action: Impose, Steps: 1}
	case s.Steps[side] > 0:
		return Move{Action: Withdraw}
	}
	return Move{}
}

func (gradual) Carry(*State, int, Threat) bool { return false }
func (gradual) Yield(*State, int, Threat) bool { return false }

// threshold is tit for tat once the other's tariffs cost it enough.
type threshold struct{ titForTat }

func (p threshold) Move(s *State, side int) Move {
	if s.Steps[1-side] == 0 || s.hurt(side) >= s.Side[side].Threshold {
		return p.titForTat.Move(s, side)
	}
	return Move{}
}

// audience threatens in public (Fearon 1994). On the date it compares what carrying the threat out
// costs it a year, with what the other has threatened to do then, as far as that is credible, with what
// backing down costs at home, which has grown since it spoke; where backing down is the cheaper the draw
// decides, so that its threats are partly bluff.
type audience struct{}

func (audience) Move(s *State, side int) Move {
	if s.starts(side) {
		return Move{Action: Threaten, Steps: 1, Demand: s.ask(side)}
	}
	return Move{}
}

func (audience) Carry(s *State, side int, t Threat) bool {
	now := s.Worth(s.Steps)[side]
	after := s.with(side, t.Steps)
	then := s.Worth(after)[side]
	if c := s.Open[1-side]; c.Made > 0 && c.Demand == Desist {
		after[1-side] = min(after[1-side]+c.Steps, Most)
		p := s.credible(1 - side)
		then = float64((1-p)*then) + float64(p*s.Worth(after)[side])
	}
	if s.backing(side, t) >= now-then {
		return true
	}
	return s.carried(side)
}

// Yield: a side that means its threats takes nothing back ("fight till the end"). Another does if the
// sanction, as likely as the other's record makes it, would cost it more than its own step brings it and its
// retreat costs at home, which has grown since it first spoke. So bluffs are believed less and less.
func (audience) Yield(s *State, side int, t Threat) bool {
	if s.carried(side) {
		return false
	}
	now := s.Worth(s.Steps)[side]
	hit := s.Steps
	hit[1-side] = min(hit[1-side]+t.Steps, Most)
	loss := now - s.Worth(hit)[side]
	give := now - s.Worth(s.with(side, -1))[side]
	return float64(loss*s.credible(1-side)) > give+s.backing(side, Threat{Made: s.Said[side]})
}
