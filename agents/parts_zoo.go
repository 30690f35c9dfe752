package agents

import "strings"

const (
	hindriks08 = "Hindriks and Tykhonov (2008), Opponent modelling in automated multi-issue negotiation using Bayesian learning"
	galen12    = "van Galen Last (2012), Agent Smith: opponent model estimation in bilateral multi-issue negotiation"
	hao14      = "Hao and Leung (2014), CUHKAgent: an adaptive negotiation strategy for bilateral negotiations over multiple items"
	tunali17   = "Tunali, Aydogan and Sanchez-Anguix (2017), Rethinking frequency opponent modeling in automated negotiation"
	stopping13 = "Baarslag and Hindriks (2013), Accepting optimally in automated negotiation with incomplete information"
	nash50     = "Nash (1950), The bargaining problem; Faratin, Sierra and Jennings (1998)"
	lai09      = "Lai and Sycara (2009), A generic framework for automated multi-attribute negotiation"
	keskin21   = "Keskin, Cakan and Aydogan (2021), Solver agent: towards emotional and opponent-aware agent for human-robot negotiation"
	kawaguchi  = "Kawaguchi, Fujita and Ito (2011), Compromising strategy based on estimated maximum utility"
	benadar13  = "Ben Adar, Sofy and Elimelech (2013), Gahboninho: strategy for balancing pressure and compromise"
	nice13     = "Baarslag, Hindriks and Jonker (2013), A tit for tat negotiation strategy for real-time bilateral negotiations"
	mori17     = "Mori and Ito (2017), Atlas3: a negotiating agent based on expecting lower limit of concession function"
	anac17     = "Aydogan, Fujita, Baarslag, Jonker and Ito (2021), ANAC 2017: repeated multilateral negotiation league"
	gunes17    = "Gunes, Arditi and Aydogan (2017), Collective voice of experts in multilateral negotiation"
)

// usual are the acceptance condition and the opponent model of the programs that bidding strategies are from.
var usual = map[string][2]string{
	"nash_product":     {"asp", "frequency"},
	"pareto_walk":      {"asp", "frequency"},
	"hybrid":           {"asp", "none"},
	"agent_k":          {"own", "none"},
	"hardheaded":       {"own", "frequency"},
	"cuhk_agent":       {"own", "window"},
	"gahboninho":       {"own", "none"},
	"nice_tit_for_tat": {"own", "bayesian"},
	"atlas3":           {"own", "frequency"},
	"ponpoko":          {"own", "none"},
	"caduceus":         {"own", "none"},
	"best_response":    {"own", "none"},
}

// Usual fills in what a spec leaves open: the acceptance condition and the opponent model of the program
// that its bidding strategy is from; elsewhere AC_next and no model.
func Usual(spec Spec) Spec {
	u, ok := usual[strings.TrimPrefix(spec.Bidding, uncertainPrefix)]
	if !ok {
		u = [2]string{"next", "none"}
	}
	if spec.Accept == "" {
		spec.Accept = u[0]
	}
	if spec.Opponent == "" {
		spec.Opponent = u[1]
	}
	return spec
}

// own makes a part without parameters of its own.
func own(b func() bidder) func() (bidder, []*float64) {
	return func() (bidder, []*float64) { return b(), nil }
}

func init() {
	biddings = append(biddings, zoo...)
	acceptances = append(acceptances, zooAcceptances...)
	models = append(models, zooModels...)
}

var zoo = []part[bidder]{
	{Info{"nash_product", Bidding, "The largest product of its own gain and the other's estimated utility above a target that falls with time.", nash50, params([]Param{concession(0.001, 1000, 0.5)}, common...)}, func() (bidder, []*float64) {
		b := &nashProduct{}
		return b, []*float64{&b.beta}
	}},
	{Info{"pareto_walk", Bidding, "Walks along the estimated frontier from its best outcome to the estimated Nash point.", lai09, params([]Param{concession(0.001, 1000, 0.5)}, common...)}, func() (bidder, []*float64) {
		b := &paretoWalk{}
		return b, []*float64{&b.beta}
	}},
	{Info{"hybrid", Bidding, "A time-based target mixed with one that imitates the other; time counts for more and more.", keskin21, params([]Param{
		{Name: "middle", Min: 0, Max: 1, Default: 0.75, Doc: "P1: the share of the range that bends the time-based curve"},
		{Name: "end", Min: 0, Max: 1, Default: 0.675, Doc: "P2: the share of the range it ends at"},
		{Name: "empathy", Min: 0, Max: 10, Default: 0.5, Doc: "P3: how much of the other's moves it imitates"},
	}, common...)}, func() (bidder, []*float64) {
		b := &hybrid{}
		return b, []*float64{&b.p1, &b.p2, &b.p3}
	}},
	{Info{"agent_k", Bidding, "AgentK (ANAC 2010): compromises towards the most the other can be expected to give.", kawaguchi, params([]Param{
		{Name: "tremor", Min: 0, Max: 10, Default: 2, Doc: "how much the speed of its compromise trembles"},
	}, common...)}, func() (bidder, []*float64) {
		b := &agentK{}
		return b, []*float64{&b.tremor}
	}},
	{Info{"hardheaded", Bidding, "HardHeaded (ANAC 2011): cycles near its best until the very end.", krimpen13, params([]Param{
		{Name: "e", Min: 0.001, Max: 1, Default: 0.05, Doc: "how late the limit falls"},
		{Name: "k", Min: 0, Max: 1, Default: 0.05, Doc: "share of the way given from the start"},
		{Name: "floor", Min: 0, Max: 1, Default: 0.585, Doc: "the least it ever offers, as a share of the range"},
	}, common...)}, func() (bidder, []*float64) {
		b := &hardHeaded{}
		return b, []*float64{&b.e, &b.k, &b.floor}
	}},
	{Info{"cuhk_agent", Bidding, "CUHKAgent (ANAC 2012): an adaptive threshold, and at the end the other's best offer.", hao14, params([]Param{
		{Name: "discount", Min: 0.01, Max: 1, Default: 1, Doc: "delta: what a deal at the end is worth against one at once"},
		{Name: "room", Min: 0, Max: 1, Default: 0.05, Doc: "undiscounted: how far below its best it goes, as a share of the range"},
		{Name: "late_room", Min: 0, Max: 1, Default: 0.25, Doc: "the same from t = 0.98 on"},
	}, common...)}, func() (bidder, []*float64) {
		b := &cuhk{}
		return b, []*float64{&b.delta, &b.room, &b.late}
	}},
	{Info{"gahboninho", Bidding, "Gahboninho (ANAC 2011): a bully that presses the harder the more eager the other seems.", benadar13, params(nil, common...)}, own(func() bidder { return &gahboninho{} })},
	{Info{"nice_tit_for_tat", Bidding, "Nice Tit for Tat (ANAC 2011): goes as far towards the estimated Nash point as the other.", nice13, params(nil, common...)}, own(func() bidder { return &niceTitForTat{} })},
	{Info{"atlas3", Bidding, "Atlas3 (ANAC 2015): gives way to what the evolutionary stable strategy of the last phase expects.", mori17, params(nil, common...)}, own(func() bidder { return &atlas3{} })},
	{Info{"ponpoko", Bidding, "PonPoko (ANAC 2017): draws one of five patterns of demand, and bids within its band.", anac17, params(nil, common...)}, own(func() bidder { return &ponPoko{} })},
	{Info{"caduceus", Bidding, "In the manner of Caduceus (ANAC 2016): five experts vote, issue by issue.", gunes17, params([]Param{
		{Name: "insist_until", Min: 0, Max: 1, Default: 0.83, Doc: "the time, 0 to 1, until which it offers its best outcome"},
	}, common...)}, func() (bidder, []*float64) {
		b := newCaduceus()
		return b, []*float64{&b.until}
	}},
	{Info{"best_response", Bidding, "The best response to a time-dependent opponent whose preferences it is told; a yardstick.", faratin98, params([]Param{
		{Name: "their_concession", Min: 0.001, Max: 1000, Default: 0.2, Doc: "Faratin's beta of the opponent"},
		{Name: "their_opening", Min: 0, Max: 1, Default: 0, Doc: "Faratin's kappa of the opponent"},
	}, common...)}, func() (bidder, []*float64) {
		b := &bestResponse{}
		return b, []*float64{&b.beta, &b.kappa}
	}},
}

var zooAcceptances = []part[acceptor]{
	{Info{"own", Acceptance, "The acceptance rule of the program that the bidding strategy is from; AC_next where it has none.", "", params(nil, temperature)}, func() (acceptor, []*float64) { return &acOwn{}, nil }},
	{Info{"asp", Acceptance, "AC_asp: accepts what is worth the target, whatever the bid found for it is worth.", baarslag, params(nil, temperature)}, func() (acceptor, []*float64) { return acAspiration{}, nil }},
	{Info{"combi_max", Acceptance, "AC_combi(T, MAX^T): AC_next, and near the end also the best offer ever received.", baarslag, params([]Param{acceptFrom(0.99)}, temperature)}, func() (acceptor, []*float64) {
		c := &acCombiAll{}
		return c, []*float64{&c.from}
	}},
	{Info{"combi_avg", Acceptance, "AC_combi(T, AVG^W): AC_next, and near the end also the mean of a window as long as the time that remains.", baarslag, params([]Param{acceptFrom(0.99)}, temperature)}, func() (acceptor, []*float64) {
		c := &acCombiMean{}
		return c, []*float64{&c.from}
	}},
	{Info{"optimal", Acceptance, "Optimal stopping against the estimated distribution of the offers still to come.", stopping13, params([]Param{
		{Name: "recent", Min: 0, Max: 10000, Default: 100, Whole: true, Doc: "how many of the last offers the estimate counts; 0 = offers are taken to be uniform"},
	}, temperature)}, func() (acceptor, []*float64) {
		c := &acOptimal{}
		return c, []*float64{&c.recent}
	}},
}

var zooModels = []part[model]{
	{Info{"bayesian", Opponent, "Beliefs about weights and values, updated by how likely each offer is under each hypothesis.", hindriks08, []Param{
		{Name: "decay", Min: 0, Max: 0.95, Default: 0.3, Doc: "how far the other is thought to give way by the end, as a share of its range"},
		{Name: "sigma", Min: 0.01, Max: 10, Default: 0.25, Doc: "how exactly it is thought to keep to that"},
	}}, func() (model, []*float64) {
		m := &bayesian{}
		return m, []*float64{&m.decay, &m.sigma}
	}},
	{Info{"smith", Opponent, "Values offered often are liked; issues whose first choice is offered most weigh much (Agent Smith).", galen12, nil}, func() (model, []*float64) { return &smith{}, nil }},
	{Info{"window", Opponent, "How often values were in the first different offers, all issues alike (CUHKAgent).", hao14, []Param{
		{Name: "window_size", Min: 1, Max: 100000, Default: 100, Whole: true, Doc: "how many different offers it hears"},
	}}, func() (model, []*float64) {
		m := &window{}
		return m, []*float64{&m.size}
	}},
	{Info{"distribution", Opponent, "Compares the distributions of values between windows of offers: issues held on to while the other gives way weigh much.", tunali17, []Param{
		{Name: "window_offers", Min: 2, Max: 100000, Default: 48, Whole: true, Doc: "k: offers in a window"},
		{Name: "gain", Min: 0, Max: 1000, Default: 10, Doc: "alpha: how much weight an issue held on to gains"},
		{Name: "fading", Min: 0.01, Max: 100, Default: 5, Doc: "beta: how late that gain fades"},
		{Name: "power", Min: 0.01, Max: 1, Default: 0.25, Doc: "gamma: how counts become worth"},
	}}, func() (model, []*float64) {
		m := &distribution{}
		return m, []*float64{&m.k, &m.alpha, &m.beta, &m.gamma}
	}},
}
