package hold

import "math"

// Verdict is one side's answer, by year: as many years as its paths have, or as the deal has. In an
// endless deal the last stands for all later years. Its slices are reused by the next call.
type Verdict struct {
	Keeping  []float64 // V: worth of keeping from this year on, present value in this year
	Breaking []float64 // B: worth of breaking in this year
	weight   []float64 // worth of a payment of 1 a year, kept rather than broken
	Holds    bool      // keeping is worth at least breaking in every year
	Worst    int       // year of the least slack, from 1; the first of equals
	Slack    float64   // in that year: V - B
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
	v.Keeping, v.Breaking, v.weight = room(v.Keeping, n), room(v.Breaking, n), room(v.weight, n)
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
		var after, again float64
		switch {
		case t.Punish > 0:
			back := math.Pow(d, float64(t.Punish))
			after = float64(p*annuity(d, t.Punish)) + float64(back*next)
			if s.Scar != nil {
				after += float64(back * float64(year(s.Scar, y)*peace))
			}
			again = d * back * coming
		case t.Years > 0 && t.After > 0:
			after = p * annuity(d, t.Years-1-y+t.After)
		default:
			after = p / (1 - d)
		}
		v.Breaking[y] = float64(t.Unanswered*year(s.Break, y)) + float64((1-t.Unanswered)*p) + float64(d*after)
		switch {
		case t.Years == 0 && y == n-1: // stationary
			v.Keeping[y] = next
			v.weight[y] = coming - again
		case t.Years > 0 && y == n-1: // the last year: nothing follows but peace
			v.Keeping[y] = year(s.Keep, y) + float64(d*next)
			coming, v.weight[y] = 1, 1
		default:
			r := year(s.Peace, y) * peace
			v.Keeping[y] = year(s.Keep, y) + float64(d*(float64(stay*next)+float64(t.Ends*r)))
			coming = 1 + float64(d*stay*coming)
			v.weight[y] = coming - again
		}
		next = v.Keeping[y]
		slack := v.Keeping[y] - v.Breaking[y]
		if slack <= v.Slack {
			v.Worst, v.Slack = y+1, slack
		}
		v.Spare = min(v.Spare, slack/v.weight[y])
		v.Pay = max(v.Pay, -slack/v.weight[y])
	}
	v.Holds = v.Slack >= -tiny(v)
	v.Bond = max(0, -v.Slack)
	if v.Holds {
		v.Pay, v.Bond = 0, 0
	}
	v.Spare = max(0, v.Spare)
	return nil
}

// Loss is the present value, in the year of a break, of losing 1 a year by it for good: in what is left of
// that year, through the punishment and after it. Year is from 1. A hostage that yields so much a year weighs so much
// in what a break is worth.
func (t *Terms) Loss(discount float64, year int) float64 {
	after := annuity(discount, t.After)
	switch {
	case t.Punish > 0:
		after = annuity(discount, t.Punish) + float64(math.Pow(discount, float64(t.Punish))*after)
	case t.Years > 0 && t.After > 0:
		after = annuity(discount, t.Years-year+t.After)
	case t.Years > 0 || t.After > 0:
		after = 1 / (1 - discount)
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
