package sim

// SingleText is a mediated single text (Klein, Faratin, Sayama and Bar-Yam 2003, "Protocols for
// negotiating complex contracts", IEEE Intelligent Systems 18(6)). A mediator holds one text. In each
// round but the last it changes one issue of the text at random and puts the draft to a sealed vote
// of both sides; if both vote yes the draft is the text. In the last round the text itself is put to
// both: it is signed if both accept it, and otherwise there is no deal. With one round there is only
// this last vote.
//
// The text starts as today's values, or at random where the space has none.
//
// Negotiators answer through the interface they always have. While drafts are voted on, View.Theirs
// is the draft and View.Text the text it is compared with; Accept means yes, Propose no (nothing is
// read from out), Walk walks out. In the last round View.Text is nil and View.Theirs is the text:
// Accept means that the side signs. A hill climber votes yes where the draft is worth at least the
// text; the annealer of the paper also takes worse ones with chance exp(loss/temperature), the
// temperature falling with time. The mediator sees the votes and nothing else.
func SingleText() Protocol { return singleText{} }

var singleTextInfo = Info{
	Name:        "single_text",
	Description: "A mediator changes one issue of a single text at a time; what both vote for stands, and the last text is signed or not.",
	Round:       "one draft and one sealed vote of both sides",
	Knows:       "each side knows its own preferences, the text and the draft, not how the other voted unless the text changes; the mediator knows the votes only",
	Source:      "Klein, Faratin, Sayama and Bar-Yam (2003), Protocols for negotiating complex contracts",
	Protocol:    singleText{},
}

type singleText struct{}

func (singleText) Name() string { return singleTextInfo.Name }

func (singleText) Open(s *Session) {
	issues, text := s.space.Issues, s.text()
	for i := range issues {
		if issues[i].Now < 0 {
			for j := range issues {
				text[j] = uint16(s.rand[2].IntN(len(issues[j].Values)))
			}
			return
		}
		text[i] = uint16(issues[i].Now)
	}
}

func (singleText) Turn(s *Session) SeatSet {
	draft, text := s.text(), s.text()
	if s.round < s.limit {
		s.redraft()
		draft = s.draft()
	} else {
		text = nil
	}
	s.Table(draft)
	s.ShowDraft(0, draft, text)
	s.ShowDraft(1, draft, text)
	return Both
}

// redraft changes one issue of the text, any issue with a choice and any other value equally likely.
func (s *Session) redraft() {
	draft := s.draft()
	copy(draft, s.text())
	issues := s.space.Issues
	open := 0
	for i := range issues {
		if len(issues[i].Values) > 1 {
			open++
		}
	}
	if open == 0 {
		return
	}
	at := s.rand[2].IntN(open)
	for i := range issues {
		n := len(issues[i].Values)
		if n == 1 {
			continue
		}
		if at == 0 {
			v := s.rand[2].IntN(n - 1)
			if v >= int(draft[i]) {
				v++
			}
			draft[i] = uint16(v)
			return
		}
		at--
	}
}

func (singleText) Judge(s *Session) {
	s.Fault(0)
	s.Fault(1)
	yes := [2]bool{s.Hear(0) == Accept, s.Hear(1) == Accept}
	if s.over {
		return
	}
	last := s.round >= s.limit
	draft := s.draft()
	if last {
		draft = s.text()
	}
	for i := range yes {
		s.Vote(i, yes[i], draft)
	}
	both := yes[0] && yes[1]
	switch {
	case last && both:
		if s.mayTake(0, draft) && s.mayTake(1, draft) {
			s.Sign(Voted, Neither, draft)
		}
	case last:
		s.End(Deadline, Neither)
	default:
		if both {
			copy(s.text(), s.draft())
		}
		s.NextRound()
	}
}
