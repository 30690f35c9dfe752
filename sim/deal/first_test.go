package deal

import (
	"math/rand/v2"
	"testing"
)

// FirstAtLeast is what looking at every outcome finds, whether outcomes are kept sorted or not. Strengths on a
// coarse grid make many ties.
func TestFirstAtLeast(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 200 {
		is := make([]Issue, 1+r.IntN(5))
		var p [2]Profile
		var terms Terms
		for i := range is {
			is[i] = Issue{Name: string(rune('a' + i)), Now: -1}
			var table []float64
			for v := range 1 + r.IntN(5) {
				is[i].Values = append(is[i].Values, string(rune('0'+v)))
				table = append(table, float64(r.IntN(5))/4)
			}
			for k := range p {
				p[k].Interests = append(p[k].Interests, Interest{is[i].Name, []int{i}, table})
			}
			terms.Weight = append(terms.Weight, float64(1+r.IntN(4))/10)
		}
		if n%3 == 0 { // an interest more in the same issue
			for k := range p {
				p[k].Interests = append(p[k].Interests, Interest{"more", []int{0}, p[k].Interests[0].Table})
			}
			terms.Weight = append(terms.Weight, 0.1)
		}
		b := Bounds{terms.Weight, terms.Weight}
		s, err := NewSpace(is)
		if err != nil {
			t.Fatal(err)
		}
		for _, once := range []bool{false, true} {
			m, err := Compile(s, p, [2]Bounds{b, b}, Options{Once: once})
			if err != nil {
				t.Fatal(err)
			}
			q := m.NewParty(0)
			q.Set(terms)
			o, got := s.NewOffer(), s.NewOffer()
			count, _ := s.Count()
			for range 30 {
				u, slack := r.Float64()*1.2-0.05, []float64{0, 1e-6, 0.02}[r.IntN(3)]
				if r.IntN(3) == 0 { // on an outcome's utility
					s.At(uint64(r.IntN(int(count))), o)
					u = q.Utility(o)
				}
				best, at, ok := 0.0, uint64(0), false
				for i := range count {
					s.At(i, o)
					if x := q.Utility(o); x >= u && (!ok || x < best) {
						best, at, ok = x, i, true
					}
				}
				above := ok
				limit := best
				for i := range count {
					s.At(i, o)
					if x := q.Utility(o); x < u && u-x <= slack && (!above || u-x < limit-u) && (!ok || best >= u || x > best) {
						best, at, ok = x, i, true
					}
				}
				x, found := q.FirstAtLeast(u, slack, got)
				if found != ok || ok && (x != best || s.Index(got) != at) {
					t.Fatalf("space %d, once %v, %v within %v: %v at %v (%v), want %v at %d (%v)", n, once, u, slack, x, got, found, best, at, ok)
				}
			}
		}
	}
}
