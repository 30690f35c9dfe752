package deal

import (
	"errors"
	"strings"
	"testing"
)

// talks is a small space with numbers, choices and values of today.
func talks(t testing.TB) *Space {
	t.Helper()
	s, err := NewSpace([]Issue{
		{Name: "us_tariff", Unit: "%", Values: []string{"10", "30", "51.1"}, Numbers: []float64{10, 30, 51.1}, Now: 2},
		{Name: "investment", Unit: "$bn", Values: []string{"0", "200", "400", "600"}, Numbers: []float64{0, 200, 400, 600}, Now: 0},
		{Name: "control", Values: []string{"chinese_owned", "joint venture", "licence"}, Now: 0},
		{Name: "screening", Values: []string{"as_today", "open"}, Now: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExprHolds(t *testing.T) {
	s := talks(t)
	for _, c := range []struct {
		text string
		want func(tariff, invest float64, control, screening int) bool
	}{
		{"control = chinese_owned and screening = open and investment > 200", func(_, i float64, c, r int) bool { return c == 0 && r == 1 && i > 200 }},
		{"us_tariff = now and investment > 0", func(u, i float64, _, _ int) bool { return u == 51.1 && i > 0 }},
		{"investment >= 400 or control in (licence, 'joint venture') and screening != open", func(_, i float64, c, r int) bool { return i >= 400 || c > 0 && r == 0 }},
		{"(investment >= 400 or control not in (chinese_owned)) and screening = as_today", func(_, i float64, c, r int) bool { return (i >= 400 || c > 0) && r == 0 }},
		{"not (us_tariff < 30) and not investment <= 200.0", func(u, i float64, _, _ int) bool { return u >= 30 && i > 200 }},
		{"us_tariff < 51.10 and investment = 2e2", func(u, i float64, _, _ int) bool { return u < 51 && i == 200 }},
		{"investment > 9999 or us_tariff>=now", func(u, _ float64, _, _ int) bool { return u > 51 }},
	} {
		e, err := ParseExpr(s, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		l, err := e.Line("l")
		if err != nil {
			t.Fatal(err)
		}
		n, _ := s.Count()
		o := s.NewOffer()
		for i := range n {
			s.At(i, o)
			want := c.want(s.Issues[0].Numbers[o[0]], s.Issues[1].Numbers[o[1]], int(o[2]), int(o[3]))
			if e.Eval(o) != want {
				t.Errorf("%s at %s: %v", c.text, s.Words(o, false), !want)
			}
			if cell := rowMajor(s, l.Scope, o); l.Broken[cell] != want {
				t.Errorf("%s: cell %d is %v", c.text, cell, !want)
			}
		}
	}
}

func rowMajor(s *Space, scope []int, o Offer) int {
	k := 0
	for _, i := range scope {
		k = k*s.dims[i] + int(o[i])
	}
	return k
}

func TestExprErrors(t *testing.T) {
	s := talks(t)
	for _, c := range []struct {
		text   string
		column int
		says   string
	}{
		{"", 1, "an issue is expected, not the end"},
		{"contrl = licence", 1, `did you mean "control"`},
		{"control = license", 11, `did you mean "licence"`},
		{"control = licence and", 22, "an issue is expected"},
		{"control licence", 9, "= != < <= > >= in"},
		{"control > licence", 9, "choices"},
		{"investment > lots", 14, "a number is expected"},
		{"investment > nan", 14, "a number is expected"},
		{"investment = 250", 14, "not one of investment's values"},
		{"screening = now", 13, "no value today"},
		{"(control = licence", 19, "for the ( in column 1"},
		{"control = licence)", 18, "not expected here"},
		{"control in licence", 12, "a ( is expected"},
		{"control in (licence licence)", 21, "a , or )"},
		{"control ! licence", 9, "write not"},
		{"control = 'licence", 11, "is not closed"},
		{"é = 1", 1, "no issue is called"},
		{"control not licence", 13, "`in` is expected"},
		{strings.Repeat("(", 1000), 202, "nested"},
		{strings.Repeat("not ", 1000), 805, "nested"},
	} {
		_, err := ParseExpr(s, c.text)
		var e *ExprError
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if e.Column != c.column || !strings.Contains(e.Error(), c.says) {
			t.Errorf("%q: %v; want column %d: ...%s", c.text, e, c.column, c.says)
		}
	}
}

func FuzzExpr(f *testing.F) {
	for _, text := range []string{"us_tariff = now and investment > 0", "not (control in (licence, 'joint venture') or screening != open)", "(((", "é≤'", "control not in ()"} {
		f.Add(text)
	}
	s := talks(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ParseExpr(s, text)
		if err != nil {
			var at *ExprError
			if !errors.As(err, &at) || at.Column < 1 || at.Column > len([]rune(text))+1 {
				t.Fatalf("%q: %#v", text, err)
			}
			return
		}
		l, err := e.Line("l")
		if err != nil {
			t.Fatal(err)
		}
		o := s.NewOffer()
		if got := l.Broken[rowMajor(s, l.Scope, o)]; got != e.Eval(o) {
			t.Fatalf("%q: table %v, condition %v", text, got, !got)
		}
	})
}
