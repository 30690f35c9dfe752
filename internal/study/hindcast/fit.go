package hindcast

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Fit holds the two numbers of the rule that may be fitted: how often the class says nothing (Widened),
// and how often a signed deal falls (Refused). The numbers of a group are those of least error on the
// terms of all other groups: leave-one-group-out, so that no outcome is used to forecast itself or its kin.
type Fit struct {
	Hash   string     `json:"hash"` // of the episodes, outcomes included, the runs and the seed
	Groups []GroupFit `json:"groups"`
}

// GroupFit are the numbers with which a group is forecast.
type GroupFit struct {
	Group   string  `json:"group"`
	Widened float64 `json:"widened"`
	Refused float64 `json:"refused"`
	Error   float64 `json:"error"` // mean CRPS on the other groups
}

// What is tried.
var (
	triedWidened = []float64{0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5}
	triedRefused = []float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.3}
)

// rulesVersion counts changes to the rule or its game, so that stored fits of an older one are not taken.
const rulesVersion = 3

// FitHash names the fit of episodes: it covers all that decides it.
func FitHash(list []Episode, opt Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "parley hindcast rule %d, %d runs, seed %d\n", rulesVersion, opt.Runs, opt.Seed)
	for e := range list {
		deal := "unknown"
		if d := list[e].Deal; d != nil {
			deal = fmt.Sprint(*d)
		}
		fmt.Fprintf(h, "%q %q %s\n", list[e].ID, list[e].Group, deal)
		for _, t := range list[e].Terms {
			if opt.Blank != nil {
				t = t.without(opt.Blank(&t))
			}
			fmt.Fprintf(h, "%q %q %v %v %v %v %v %v\n", t.Issue, t.Unit, t.Text, t.StatusQuo, t.DemandA, t.DemandB, t.Threat, t.Outcome)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// PlayFitted is Play with the rule's numbers fitted on the other groups, or as a stored fit of the same
// hash has them. The sessions are those of Play: only what is made of them differs.
func PlayFitted(ctx context.Context, list []Episode, opt Options, stored *Fit) ([]Case, *Fit, error) {
	hands := make([]*hand, len(list))
	for e := range list {
		var err error
		if hands[e], err = playEpisode(ctx, &list[e], opt); err != nil {
			return nil, nil, err
		}
	}
	fit := &Fit{Hash: FitHash(list, opt)}
	if stored != nil && stored.Hash == fit.Hash {
		fit = stored
	} else if err := fit.search(ctx, hands, opt); err != nil {
		return nil, nil, err
	}
	cases := make([]Case, len(list))
	for e := range hands {
		r := prior
		for _, g := range fit.Groups {
			if g.Group == hands[e].of.Group {
				r.widened, r.refused = g.Widened, g.Refused
			}
		}
		cases[e] = hands[e].forecast(&r, opt)
	}
	Score(cases, opt.Seed)
	return cases, fit, nil
}

// search tries every pair of numbers on every group.
func (f *Fit) search(ctx context.Context, hands []*hand, opt Options) error {
	var groups []string
	for _, h := range hands {
		if !slices.Contains(groups, h.of.Group) {
			groups = append(groups, h.of.Group)
		}
	}
	f.Groups = make([]GroupFit, len(groups))
	for i, g := range groups {
		f.Groups[i] = GroupFit{Group: g, Widened: prior.widened, Refused: prior.refused, Error: -1}
	}
	sum, n := make([]float64, len(groups)), make([]float64, len(groups))
	for _, widened := range triedWidened {
		for _, refused := range triedRefused {
			if err := ctx.Err(); err != nil {
				return err
			}
			r := prior
			r.widened, r.refused = widened, refused
			clear(sum)
			clear(n)
			for _, h := range hands {
				g := slices.Index(groups, h.of.Group)
				if h.game == nil {
					continue
				}
				z, _ := r.forecast(h.game, h.talks, opt.Seed, opt.Runs, false)
				for k, i := range h.which {
					if t := &h.of.Terms[i]; t.Scored() {
						sum[g] += SampleCRPS(z[k], t.y)
						n[g]++
					}
				}
			}
			for i := range groups {
				s, m := 0.0, 0.0
				for k := range groups {
					if k != i {
						s, m = s+sum[k], m+n[k]
					}
				}
				if m == 0 {
					continue // no other group: the prior stays
				}
				if fit := &f.Groups[i]; fit.Error < 0 || s/m < fit.Error {
					fit.Widened, fit.Refused, fit.Error = widened, refused, s/m
				}
			}
		}
	}
	return nil
}
