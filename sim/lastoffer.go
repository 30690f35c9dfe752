package sim

// LastOffer is the ultimatum (Gueth, Schmittberger and Schwarze 1982, "An experimental analysis of
// ultimatum bargaining"): the opener makes one offer and the other side accepts it or there is no
// deal. It is one round, whatever the setup says. To turn the offer down is to propose anything else,
// which nobody hears.
func LastOffer() Protocol { return lastOffer{} }

var lastOfferInfo = Info{
	Name:        "last_offer",
	Description: "An ultimatum: the opener makes one offer and the other side takes it or leaves it.",
	Round:       "the whole talk: one offer and one answer",
	Knows:       "each side knows its own preferences and that nothing follows",
	Source:      "Gueth, Schmittberger and Schwarze (1982), An experimental analysis of ultimatum bargaining",
	Protocol:    lastOffer{},
}

type lastOffer struct{}

func (lastOffer) Name() string { return lastOfferInfo.Name }

// Open makes it one round for both sides to see.
func (lastOffer) Open(s *Session) { s.rounds, s.limit = 1, 1 }

func (lastOffer) Turn(s *Session) SeatSet {
	if s.step == 0 {
		s.Show(s.First(), false)
		return One(s.First())
	}
	s.Show(1-s.First(), true)
	return One(1 - s.First())
}

func (lastOffer) Judge(s *Session) {
	first := s.First()
	if s.step == 0 {
		if s.Hear(first) == Propose && s.Valid(first) {
			s.Put(first)
		}
		return
	}
	switch s.Hear(1 - first) {
	case Accept:
		s.Take(1-first, s.stand(first))
	case Propose:
		s.Vote(1-first, false, s.stand(first))
		s.End(Deadline, Neither)
	}
}
