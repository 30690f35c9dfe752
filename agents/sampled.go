package agents

// sampler keeps a few points of the frontier of the own party against the estimated other. Finding them
// costs as much as that many bids, so they are found anew only when half as much again was heard.
type sampler struct {
	c    climber
	seen int32
	u    [samples]float64
	est  [samples]float64 // what the estimated other thinks of each, its best = 1
}

const samples = 17

func (s *sampler) begin() { s.seen = 0 }

// look brings the points up to date; false while nothing is known of the other.
func (s *sampler) look(t *talk) bool {
	if t.model == nil || t.news == 0 {
		return false
	}
	if s.seen > 0 && t.news <= s.seen+s.seen/2 {
		return true
	}
	s.seen = t.news
	e := t.model.estimate()
	top := 0.0
	for i, row := range e.row {
		most := 0.0
		for _, x := range row {
			most = max(most, x)
		}
		top += e.scale[i] * most
	}
	if top <= 0 {
		top = 1
	}
	s.c.begin(t)
	for k := range samples {
		s.u[k] = s.c.find(t.level(1-float64(k)/(samples-1)), e, 1)
		x := 0.0
		for i, v := range s.c.at {
			x += e.scale[i] * e.row[i][v]
		}
		s.est[k] = x / top
	}
	return true
}

// nash is the place of the largest product of the own gain and the other's estimated utility.
func (s *sampler) nash(t *talk) int {
	best, at := -1.0, 0
	for k := range samples {
		if p := (s.u[k] - t.lo) * s.est[k]; p > best {
			best, at = p, k
		}
	}
	return at
}
