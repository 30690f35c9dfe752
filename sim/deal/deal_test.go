package deal

import "testing"

func TestSmall(t *testing.T) {
	s, err := NewSpace([]Issue{{Name: "a", Values: []string{"x", "y"}, Now: -1}, {Name: "b", Values: []string{"x", "y", "z"}, Now: -1}})
	if err != nil {
		t.Fatal(err)
	}
	p := [2]Profile{
		{Name: "us", Interests: []Interest{{"a", []int{0}, []float64{0, 1}}, {"b", []int{1}, []float64{0, 1, 3}}}},
		{Name: "cn", Interests: []Interest{{"ab", []int{0, 1}, []float64{3, 3, 0, 3, 1, 0}}}, Lines: []Line{{"no", []int{1}, []bool{true, false, false}}}},
	}
	m, err := Compile(s, p, [2]Bounds{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, b := m.NewParty(0), m.NewParty(1)
	a.Set(Terms{Weight: []float64{1, 1}})
	b.Set(Terms{Weight: []float64{1}, Cost: []float64{0}})
	f, err := m.NewSolver().Frontier(a, b)
	if err != nil || len(f.Points) != 3 {
		t.Fatal(f, err)
	}
}
