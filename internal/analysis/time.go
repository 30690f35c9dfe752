package analysis

import (
	"fmt"
	"time"
)

// maxSteps is how many steps of time are kept apart; beyond, two become one.
const maxSteps = 4096

// timeline counts ends by kind and step of time. Its steps widen as later ones come, to the same
// width in whatever order they come.
type timeline struct {
	kinds int
	shift uint    // a step covers 1<<shift days or rounds
	n     []int64 // kinds a step
	loose []int64 // ends without a time, by kind
}

func (t *timeline) add(at int64, kind uint8) {
	t.put(max(at, 0), kind, 1)
}

func (t *timeline) put(at int64, kind uint8, n int64) {
	for at>>t.shift >= maxSteps {
		t.widen()
	}
	i := int(at>>t.shift) * t.kinds
	for len(t.n) < i+t.kinds {
		t.n = append(t.n, 0)
	}
	t.n[i+int(kind)] += n
}

func (t *timeline) widen() {
	t.shift++
	k := t.kinds
	steps := len(t.n) / k
	for s := range steps {
		for j := range k {
			v := t.n[s*k+j]
			t.n[s*k+j] = 0
			t.n[s/2*k+j] += v
		}
	}
	t.n = t.n[:(steps+1)/2*k]
}

func (t *timeline) merge(u *timeline) {
	for t.shift < u.shift {
		t.widen()
	}
	for i, v := range u.n {
		if v > 0 {
			t.put(int64(i/u.kinds)<<u.shift, uint8(i%u.kinds), v)
		}
	}
	for i, v := range u.loose {
		t.loose[i] += v
	}
}

const isoDate = "2006-01-02"

// parseDate gives an ISO date as days since 1970-01-01.
func parseDate(s string) (days int64, ok bool) {
	d, err := time.Parse(isoDate, s)
	if err != nil {
		return 0, false
	}
	return d.Unix() / 86400, true
}

func formatDate(days int64) string { return time.Unix(days*86400, 0).UTC().Format(isoDate) }

// maxShown is how many steps of time a summary has at most: enough for a curve, few enough to read.
const maxShown = 400

// endings puts the timeline in words.
func (f *Fold) endings() *Endings {
	l, t := f.l, &f.time
	width := int64(1) << t.shift
	merged := int64(1) // steps of the timeline to a step shown
	for int64(len(t.n)/t.kinds) > maxShown*merged {
		merged++
	}
	e := &Endings{By: "round", Width: int(width * merged), Summit: l.brief.Clock.Summit}
	if l.dated {
		e.By, e.Start = "date", l.brief.Clock.Start
	}
	total := make([]int64, t.kinds)
	copy(total, t.loose)
	for i, v := range t.n {
		total[i%t.kinds] += v
	}
	var used []int
	for k, v := range total {
		if v > 0 {
			used = append(used, k)
			e.Kinds = append(e.Kinds, EndKind{Key: l.ends[k].key, Party: l.ends[k].party, Share: ShareOf(v, f.counted())})
		}
	}
	if len(used) == 0 {
		return nil
	}
	for i := 0; i < len(t.n)/t.kinds; i += int(merged) {
		s := EndStep{At: int(int64(i) * width), N: make([]int64, len(used))}
		sum := int64(0)
		for j := i; j < min(i+int(merged), len(t.n)/t.kinds); j++ {
			for k, u := range used {
				s.N[k] += t.n[j*t.kinds+u]
				sum += t.n[j*t.kinds+u]
			}
		}
		if sum == 0 {
			continue
		}
		if l.dated {
			s.Date = formatDate(l.start + int64(s.At))
		}
		e.Steps = append(e.Steps, s)
	}
	for _, k := range t.loose {
		if k > 0 {
			f.warn(fmt.Sprintf("%s have no date and are left out of the endings by date", plural(sum(t.loose), "run")))
			break
		}
	}
	return e
}

func sum(v []int64) (n int64) {
	for _, x := range v {
		n += x
	}
	return n
}
