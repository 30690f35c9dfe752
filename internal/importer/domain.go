package importer

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// Domain is a two-party benchmark domain.
type Domain struct {
	Name     string       // of the folder
	Format   string       // "genius", "geniusweb", "negolog" or "negmas"
	Issues   []deal.Issue // in the order of the domain file, names as there; Numbers for integers and reals
	Profiles [2]Profile   // in the alphabetical order of their files
	Warnings []string     // what was read differently from how it stands, or looks wrong; one sentence each
}

// Profile is what the outcomes are worth to one side.
type Profile struct {
	Name        string      // of the file, without its ending
	File        string      // its path
	Weight      []float64   // by issue, as in the file
	Eval        [][]float64 // by issue and value, divided by the issue's highest where the format says so
	Bias        float64     // added to every outcome's utility (NegMAS); 0 elsewhere
	Reservation float64     // utility without a deal
	Discount    float64     // d in u d^t, t in [0, 1]; 1 = none
}

// Utility is what an outcome is worth to the profile's side.
func (p *Profile) Utility(o deal.Offer) float64 {
	u := p.Bias
	for i, v := range o {
		u += float64(p.Weight[i] * p.Eval[i][v])
	}
	return u
}

// Discounted is what utility u is worth at time t in [0, 1].
func (p *Profile) Discounted(u, t float64) float64 {
	if p.Discount == 1 {
		return u
	}
	return u * math.Pow(p.Discount, t)
}

// Space is what is on the table.
func (d *Domain) Space() (*deal.Space, error) {
	return deal.NewSpace(append([]deal.Issue(nil), d.Issues...))
}

// Compile makes a model of the domain and each side's terms: an interest for every issue, of the
// profile's weight, and no deal worth the reservation. A bias, which moves every utility alike, is
// an interest in the first issue that all its values serve as well.
func (d *Domain) Compile() (*deal.Model, [2]deal.Terms, error) { return d.CompileWith(deal.Options{}) }

// CompileWith is Compile with options.
func (d *Domain) CompileWith(opt deal.Options) (*deal.Model, [2]deal.Terms, error) {
	var terms [2]deal.Terms
	space, err := d.Space()
	if err != nil {
		return nil, terms, fmt.Errorf("%s: %w", d.Name, err)
	}
	var profile [2]deal.Profile
	var bounds [2]deal.Bounds
	for k := range d.Profiles {
		p := &d.Profiles[k]
		profile[k].Name = p.Name
		for i := range d.Issues {
			profile[k].Interests = append(profile[k].Interests, deal.Interest{Name: d.Issues[i].Name, Scope: []int{i}, Table: p.Eval[i]})
		}
		weight := append([]float64(nil), p.Weight...)
		if p.Bias != 0 {
			same := make([]float64, len(d.Issues[0].Values))
			for v := range same {
				same[v] = 1
			}
			profile[k].Interests = append(profile[k].Interests, deal.Interest{Name: "bias", Scope: []int{0}, Table: same})
			weight = append(weight, p.Bias)
		}
		terms[k] = deal.Terms{Weight: weight, NoDeal: p.Reservation}
		bounds[k] = deal.Bounds{Lo: weight, Hi: weight}
	}
	m, err := deal.Compile(space, profile, bounds, opt)
	if err != nil {
		return nil, terms, fmt.Errorf("%s: %w", d.Name, err)
	}
	return m, terms, nil
}

func (d *Domain) warn(format string, a ...any) {
	d.Warnings = append(d.Warnings, fmt.Sprintf(format, a...))
}
