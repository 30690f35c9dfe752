package hold

import "math"

// Verdict is one side's answer, by year: as many years as its paths have, or as the deal has. In an
// endless deal the last stands for all later years. Its slices are reused by the next call.
type Verdict struct {
	Keeping  []float64 // V: worth of keeping from this year on, present value in this year
	Breaking []float64 // B: worth of breaking in this year
	once     []float64 // of it, without taking what may be taken
	taking   []float64 // and with it; once where nothing may be
	Holds    bool      // keeping is worth at least breaking in every year
	Worst    int       // year of the least slack, from 1; the first of equals
	Slack    float64   // in that year: V - B
	Takes    bool      // the break of that year takes what may be taken, for no deal ever after
	// Pay is the smallest payment a year, received at the end of every year that both keep, with which
	// it keeps in every year; Spare is the largest that it can make and still keep. One of them is 0;
	// Spare is 0 with Pay > 0.
	Pay, Spare float64
	Bond       float64 // the smallest deposit, forfeited by breaking in any year, with which it keeps
}

// year is entry y of a path, from 0, the last for later years.
func year(path []float64, y int) float64 { return path[min(y, len(path)-1)] }

// Judge weighs keeping against breaking for one side. It panics on paths of different lengths and
// returns an error on a discount factor or number that is not allowed. It allocates nothing once v has
// room.
func (t *Terms) Judge(s *Side, v *Verdict) error {
	if err := t.Check(); err != nil {
		return err
	}
	if err := t.checkSide(s); err != nil {
		return err
	}
	n := len(s.Keep)
	if t.Years > 0 {
		n = t.Years
	}
	v.Keeping, v.Breaking, v.once, v.taking = room(v.Keeping, n), room(v.Breaking, n), room(v.once, n), room(v.taking, n)
	d, stay := s.Discount, 1-t.Ends
	peace := annuity(d, t.After)
	var next, coming float64 // V and the payments' worth in the year after
	if t.Years > 0 {
		next = year(s.Peace, n-1) * peace
	} else {
		next = (year(s.Keep, n-1) + float64(float64(d*t.Ends)*float64(year(s.Peace, n-1)*peace))) / (1 - float64(d*stay))
		coming = 1 / (1 - float64(d*stay))
	}
	v.Worst, v.Slack, v.Pay, v.Spare = 0, math.Inf(1), 0, math.Inf(1)
	for y := n - 1; y >= 0; y-- {
		p := year(s.Punish, y)
		b := float64(t.Unanswered*year(s.Break, y)) + float64((1-t.Unanswered)*p)
		ever := t.ever(d, y+1)
		after, again := p*ever, 0.0
		if t.Punish > 0 {
			back := math.Pow(d, float64(t.Punish))
			after = float64(p*annuity(d, t.Punish)) + float64(back*next)
			if s.Scar != nil {
				after += float64(back * float64(year(s.Scar, y)*peace))
			}
			again = d * back * coming
		}
		v.once[y] = b + float64(d*after)
		v.taking[y] = v.once[y]
		if s.Take != nil {
			g := year(s.Take, y)
			v.taking[y] = b + g + float64(d*float64((p+g)*ever))
		}
		v.Breaking[y] = max(v.once[y], v.taking[y])
		switch {
		case t.Years == 0 && y == n-1: // stationary
			v.Keeping[y] = next
		case t.Years > 0 && y == n-1: // the last year: nothing follows but peace
			v.Keeping[y] = year(s.Keep, y) + float64(d*next)
			coming = 1
		default:
			r := year(s.Peace, y) * peace
			v.Keeping[y] = year(s.Keep, y) + float64(d*(float64(stay*next)+float64(t.Ends*r)))
			coming = 1 + float64(d*stay*coming)
		}
		next = v.Keeping[y]
		slack := v.Keeping[y] - v.Breaking[y]
		if slack <= v.Slack {
			v.Worst, v.Slack, v.Takes = y+1, slack, v.taking[y] > v.once[y]
		}
		// A payment of 1 a year is worth less to who keeps again later than to who never does.
		once, taking := (v.Keeping[y]-v.once[y])/(coming-again), (v.Keeping[y]-v.taking[y])/coming
		if s.Take == nil {
			taking = once
		}
		v.Spare = min(v.Spare, once, taking)
		v.Pay = max(v.Pay, -once, -taking)
	}
	v.Holds = v.Slack >= -tiny(v)
	v.Bond = max(0, -v.Slack)
	if v.Holds {
		v.Pay, v.Bond = 0, 0
	}
	v.Spare = max(0, v.Spare)
	return nil
}

// ever is what 1 a year is worth from the year after year y, from 1, on: as long as anything counts.
func (t *Terms) ever(d float64, y int) float64 {
	if t.Years > 0 && t.After > 0 {
		return annuity(d, t.Years-y+t.After)
	}
	return 1 / (1 - d)
}

// Loss is the present value, in the year of a break, of losing 1 a year by it for good: in what is left of
// that year, through the punishment and after it. Year is from 1. A hostage that yields so much a year weighs so much
// in what a break is worth.
func (t *Terms) Loss(discount float64, year int) float64 {
	after := t.ever(discount, year)
	if t.Punish > 0 {
		after = annuity(discount, t.Punish) + float64(math.Pow(discount, float64(t.Punish))*annuity(discount, t.After))
	}
	return 1 - t.Unanswered + float64(discount*after)
}

// tiny is what rounding may take off a slack that is zero.
func tiny(v *Verdict) float64 {
	return 1e-12 * (1 + math.Abs(v.Keeping[v.Worst-1]) + math.Abs(v.Breaking[v.Worst-1]))
}

func room(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

// Critical is the smallest discount factor from which on a side keeps in every year: at it and at
// every larger one below 1, within 1e-9. It is 0 if it keeps at any, +Inf if at none. What it keeps
// for may grow faster than what tempts it, so between 0 and it the side may keep here and there.
func (t *Terms) Critical(s *Side, v *Verdict) (float64, error) {
	at := *s
	holds := func(d float64) (bool, error) {
		at.Discount = d
		err := t.Judge(&at, v)
		return v.Holds, err
	}
	const steps = 256
	high := math.Inf(1)
	for i := steps - 1; i >= 0; i-- {
		d := (float64(i) + 0) / steps
		if i == steps-1 {
			d = 1 - 1e-6 // all but 1
		}
		ok, err := holds(d)
		if err != nil {
			return 0, err
		}
		if ok {
			high = d
			continue
		}
		if math.IsInf(high, 1) {
			return high, nil
		}
		low := d
		for range 40 {
			mid := (low + high) / 2
			if ok, _ = holds(mid); ok {
				high = mid
			} else {
				low = mid
			}
		}
		return high, nil
	}
	return 0, nil
}
