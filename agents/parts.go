package agents

const (
	faratin98 = "Faratin, Sierra and Jennings (1998), Negotiation decision functions for autonomous agents"
	faratin02 = "Faratin, Sierra and Jennings (2002), Using similarity criteria to make issue trade-offs in automated negotiations"
	jonge22   = "de Jonge (2022), An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy"
	baarslag  = "Baarslag, Hindriks and Jonker (2013), Acceptance conditions in automated negotiation"
	krimpen13 = "van Krimpen, Looije and Hajizadeh (2013), HardHeaded"
)

func concession(lo, hi, def float64) Param {
	return Param{
		Name: "concession", Min: lo, Max: hi, Default: def,
		Doc: "Faratin's beta: below 1 holds out, 1 is linear, above 1 gives way early",
	}
}

var opening = Param{
	Name: "opening", Min: 0, Max: 1, Default: 0,
	Doc: "Faratin's kappa: share of the range given away in the first offer",
}

var lag = Param{
	Name: "lag", Min: 1, Max: reachBack - 1, Default: 1, Whole: true,
	Doc: "how many of the other's offers ago the imitated move began",
}

func newTimed(beta float64) func() (bidder, []*float64) {
	return func() (bidder, []*float64) {
		b := &timed{beta: beta}
		return b, []*float64{&b.beta, &b.kappa}
	}
}

func newTitForTat(f form) func() (bidder, []*float64) {
	return func() (bidder, []*float64) {
		b := &titForTat{form: f}
		switch f {
		case absolute:
			return b, []*float64{&b.lag, &b.noise}
		case averaged:
			return b, []*float64{&b.window}
		}
		return b, []*float64{&b.lag}
	}
}

var biddings = []part[bidder]{
	{Info{"boulware", Bidding, "Holds out and gives way near the deadline: the target falls with time, slowly at first.", faratin98, params([]Param{concession(0.001, 1, 0.2), opening}, common...)}, newTimed(0.2)},
	{Info{"linear", Bidding, "Gives way by the same amount in every round.", faratin98, params([]Param{opening}, common...)}, func() (bidder, []*float64) {
		b := &timed{beta: 1}
		return b, []*float64{&b.kappa}
	}},
	{Info{"conceder", Bidding, "Gives way early: the target falls with time, fast at first.", faratin98, params([]Param{concession(1, 1000, 2), opening}, common...)}, newTimed(2)},
	{Info{"time", Bidding, "The time-dependent tactic with any concession.", faratin98, params([]Param{concession(0.001, 1000, 1), opening}, common...)}, newTimed(1)},
	{Info{"tit_for_tat", Bidding, "Gives way by the same percentage as the other did.", faratin98, params([]Param{lag}, common...)}, newTitForTat(relative)},
	{Info{"tit_for_tat_absolute", Bidding, "Gives way by the same amount of its own utility as the other did.", faratin98, params([]Param{lag, {
		Name: "noise", Min: 0, Max: 1, Default: 0,
		Doc: "Faratin's M: the target moves up or down by up to this share of the range in addition",
	}}, common...)}, newTitForTat(absolute)},
	{Info{"tit_for_tat_averaged", Bidding, "Gives way by the percentage the other did over a window of offers.", faratin98, params([]Param{{
		Name: "window", Min: 1, Max: reachBack - 1, Default: 5, Whole: true,
		Doc: "how many of the other's offers it looks back over; fewer while there are fewer",
	}}, common...)}, newTitForTat(averaged)},
	{Info{"micro", Bidding, "MiCRO: the next best outcome for every new offer of the other, else an earlier one again.", jonge22, params(nil, common...)}, func() (bidder, []*float64) { return &micro{}, nil }},
	{Info{"trade_off", Bidding, "Keeps its level of utility and picks what suits the other best at it; gives way when deadlocked.", faratin02, params([]Param{{
		Name: "give", Min: 0, Max: 1, Default: 0.05,
		Doc: "how far the level falls in a deadlock, as a share of the range",
	}}, common...)}, func() (bidder, []*float64) {
		b := &tradeOff{}
		return b, []*float64{&b.give}
	}},
	{Info{"hard_liner", Bidding, "Offers its best outcome in every round.", "", params(nil, common...)}, func() (bidder, []*float64) { return hardLiner{}, nil }},
	{Info{"random", Bidding, "Bids for a level of utility drawn anew in every round.", "", params(nil, common...)}, func() (bidder, []*float64) { return random{}, nil }},
}

func acceptFrom(def float64) Param {
	return Param{
		Name: "accept_from", Min: 0, Max: 1, Default: def,
		Doc: "Baarslag's T: the time, 0 to 1, from which it accepts more",
	}
}

var acceptances = []part[acceptor]{
	{Info{"next", Acceptance, "AC_next: accepts what is worth at least its own next bid.", baarslag, params([]Param{
		{Name: "accept_alpha", Min: 0, Max: 100, Default: 1, Doc: "Baarslag's alpha: factor on the offer's worth"},
		{Name: "accept_beta", Min: -1, Max: 1, Default: 0, Doc: "Baarslag's beta: added to the offer's worth, as a share of the range"},
	}, temperature)}, func() (acceptor, []*float64) {
		c := &acNext{}
		return c, []*float64{&c.alpha, &c.beta}
	}},
	{Info{"const", Acceptance, "AC_const: accepts what is worth at least a fixed share of the range.", baarslag, params([]Param{
		{Name: "accept_at", Min: 0, Max: 1, Default: 0.8, Doc: "Baarslag's alpha: the share of the range"},
	}, temperature)}, func() (acceptor, []*float64) {
		c := &acConst{}
		return c, []*float64{&c.alpha}
	}},
	{Info{"time", Acceptance, "AC_time: accepts anything worth no deal from a given time on.", baarslag, params([]Param{acceptFrom(0.99)}, temperature)}, func() (acceptor, []*float64) {
		c := &acTime{}
		return c, []*float64{&c.from}
	}},
	{Info{"combi", Acceptance, "AC_combi: AC_next, and near the end also the best of a window as long as the time that remains.", baarslag, params([]Param{acceptFrom(0.99)}, temperature)}, func() (acceptor, []*float64) {
		c := &acCombi{}
		return c, []*float64{&c.from}
	}},
}

var models = []part[model]{
	{Info{"none", Opponent, "No model: bids are the outcomes of lowest own utility that reach the target.", "", nil}, func() (model, []*float64) { return nil, nil }},
	{Info{"frequency", Opponent, "Values offered often are liked; issues seldom changed weigh much (HardHeaded).", krimpen13, []Param{
		{Name: "learning", Min: 0, Max: 1, Default: 0.2, Doc: "how much weight an unchanged issue gains, divided by the number of issues"},
	}}, func() (model, []*float64) {
		m := &frequency{}
		return m, []*float64{&m.learning}
	}},
}
