package agents

// The strategies of other programs as these play them, each with its own exponent, time and acceptance rule.

const (
	negmas016 = "Mohammad, Nakadai and Greenwald (2021), NegMAS: a platform for automated negotiations; version 0.16"
	genius104 = "Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker (2014), Genius: an integrated environment for supporting the design of generic automated negotiators; version 10.4"
)

func init() {
	biddings = append(biddings, programs...)
	for i := range programs {
		usual[programs[i].Name] = [2]string{"own", "none"}
	}
	usual["negmas/micro"] = [2]string{"next", "none"}
}

func newNegmas(e float64) func() (bidder, []*float64) {
	return own(func() bidder { return &negmasTimed{e: e} })
}

func newGenius(e float64) func() (bidder, []*float64) {
	return own(func() bidder { return &geniusTimed{e: e} })
}

var programs = []part[bidder]{
	{Info{"negmas/boulware", Bidding, "NegMAS's BoulwareTBNegotiator: t^4, so nearly boulware:concession=0.25, with times k/(n+1) in round k of n.", negmas016, params(nil, common...)}, newNegmas(4)},
	{Info{"negmas/linear", Bidding, "NegMAS's LinearTBNegotiator: t, so nearly linear, with times k/(n+1).", negmas016, params(nil, common...)}, newNegmas(1)},
	{Info{"negmas/conceder", Bidding, "NegMAS's ConcederTBNegotiator: t^(1/4), so nearly conceder:concession=4, with times k/(n+1).", negmas016, params(nil, common...)}, newNegmas(0.25)},
	{Info{"negmas/micro", Bidding, "NegMAS's MiCRONegotiator: micro, with outcomes worth the same in NegMAS's order.", negmas016, params(nil, common...)}, own(func() bidder { return &micro{reverse: true} })},
	{Info{"genius/boulware", Bidding, "GENIUS's BoulwareNegotiationParty: e = 0.2, so nearly boulware, with times max(0, k-2)/(n+1) in round k of n, utilities from 0 to 1, blind to its reservation value.", genius104, params(nil, common...)}, newGenius(0.2)},
	{Info{"genius/conceder", Bidding, "GENIUS's ConcederNegotiationParty: e = 2, so nearly conceder, with times max(0, k-2)/(n+1), utilities from 0 to 1, blind to its reservation value.", genius104, params(nil, common...)}, newGenius(2)},
}
