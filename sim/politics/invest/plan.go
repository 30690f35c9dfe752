package invest

import (
	"math"

	"github.com/parley-sim/parley/sim/chance"
)

// Draw is what a run draws. Shares are 0 to 1.
type Draw struct {
	Cleared []float64 // by screening: share of takeovers cleared, under full foreign control
	Local   float64   // share of new plants that states and localities let pass, likewise
	Built   float64   // share built of what passes
	Jobs    float64   // for each $bn built
}

// Deal is what was agreed.
type Deal struct {
	Announced          float64 // $bn, >= 0
	Screening, Control int     // indices into the rules
	// Until is how long the deal holds, in years: later nothing starts. +Inf: as long as one looks.
	Until float64
}

// Path is what comes of a deal, in $bn. Announced = Cleared + Withdrawn + Blocked + Refused + Waiting.
type Path struct {
	Announced float64
	Waiting   float64 // not started within the years looked ahead, or before the deal was over
	Cleared   float64 // passed review, or state and locality; Mitigated of it on conditions
	Mitigated float64
	Withdrawn float64 // from national review
	Blocked   float64
	Refused   float64 // by states and localities
	Forced    float64 // of what was built, ordered sold within the years

	Built []float64 // standing at the end of each year, in total
	Owned []float64 // of it still in the investor's hands
	Jobs  float64   // at the end, in what stands
	// Output is value added, gross, $bn a year, at the end.
	Output float64
}

// NewPath makes room for a path.
func (p *Plan) NewPath() *Path {
	n := p.rules.Years
	both := make([]float64, 2*n)
	return &Path{Built: both[:n:n], Owned: both[n:]}
}

func (t *Path) clear() {
	built, owned := t.Built, t.Owned
	clear(built)
	clear(owned)
	*t = Path{Built: built, Owned: owned}
}

// Last is the last year's value.
func Last(years []float64) float64 { return years[len(years)-1] }

// Mean is the mean over the years.
func Mean(years []float64) float64 {
	sum := 0.0
	for _, x := range years {
		sum += x
	}
	return sum / float64(len(years))
}

// Plan is rules made ready. It does not change, and serves any number of goroutines.
type Plan struct {
	rules  Rules
	sizes  [sizeSteps]float64
	plant  [lagSteps]float64
	take   [lagSteps]float64
	upTo   []float64 // shares of sectors, summed up
	tilt   []float64 // c of a sector, -1 to 1, mean 0
	mean   float64   // of sizes
	relief []float64 // of a sector: its sensitivity over the mean, for mitigation
}

// Distributions are read at the middles of so many equal steps of probability, in runs and in means
// alike, so that the two agree.
const (
	sizeSteps = 256
	lagSteps  = 32
)

// New makes a plan of rules; its errors name every rule that is wrong.
func New(r Rules) (*Plan, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	if len(r.Sectors) == 0 {
		r.Sectors = []Sector{{Name: "all", Share: 1}}
	}
	p := &Plan{rules: r}
	for k := range p.sizes {
		p.sizes[k] = r.Median * math.Exp(r.Spread*math.Sqrt2*math.Erfinv(2*(float64(k)+0.5)/sizeSteps-1))
	}
	for _, x := range p.sizes {
		p.mean += x / sizeSteps
	}
	for k := range p.plant {
		q := (float64(k) + 0.5) / lagSteps
		p.plant[k], p.take[k] = r.PlantLag.Quantile(q), r.TakeoverLag.Quantile(q)
	}
	mean, far, sum := 0.0, 0.0, 0.0
	for _, s := range r.Sectors {
		mean += s.Share * s.Sensitive
	}
	for _, s := range r.Sectors {
		if s.Share > 0 {
			far = math.Max(far, math.Abs(mean-s.Sensitive))
		}
	}
	for _, s := range r.Sectors {
		tilt, relief := 0.0, 1.0
		if far > 0 {
			tilt, relief = (mean-s.Sensitive)/far, s.Sensitive/mean
		}
		sum += s.Share
		p.upTo = append(p.upTo, sum)
		p.tilt = append(p.tilt, math.Min(math.Max(tilt, -1), 1))
		p.relief = append(p.relief, relief)
	}
	return p, nil
}

// Rules are those of the plan.
func (p *Plan) Rules() Rules { return p.rules }

// Years is how far the plan looks ahead.
func (p *Plan) Years() int { return p.rules.Years }

// span is the years over which projects start.
func (p *Plan) span(announced float64) float64 {
	return math.Max(p.rules.Over, announced/p.rules.Pace)
}

// passes is the chance that a takeover of a sector is cleared, and of being mitigated.
func (p *Plan) passes(d Deal, sector int, cleared float64) (pass, mitigated float64) {
	g, s := p.rules.Controls[d.Control].Eased, &p.rules.Screenings[d.Screening]
	x := g + float64((1-g)*cleared)
	pass = x + float64(s.BySector*p.tilt[sector]*x*(1-x))
	return pass, pass * math.Min(1, p.rules.Mitigated*s.Mitigates*p.relief[sector])
}

// local is the chance that a new plant passes.
func (p *Plan) local(d Deal, local float64) float64 {
	g := p.rules.Controls[d.Control].Eased
	return g + float64((1-g)*local)
}

// maxProjects is about how many projects a run plays: of a sum that would make more, each stands for
// several, which leaves means as they are.
const maxProjects = 2000

// scale is what sizes are multiplied by.
func (p *Plan) scale(announced float64) float64 {
	return math.Max(1, announced/float64(p.mean*maxProjects))
}

// streamID is of the projects' random numbers.
var streamID = chance.ID("run.invest")
