package agents_test

import (
	"strings"
	"testing"

	"github.com/parley-sim/parley/agents"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"boulware":                      "boulware",
		"boulware+next+none":            "boulware",
		"boulware+bayesian+combi":       "boulware+combi+bayesian",
		"hardheaded+own:floor=0.6":      "hardheaded:floor=0.6",
		"time:opening=0.1:concession=3": "time:concession=3:opening=0.1",
	} {
		s, err := agents.Parse(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if s.String() != want {
			t.Errorf("%s is %s, not %s", in, s, want)
		}
		again, err := agents.Parse(s.String())
		if err != nil || again.String() != want {
			t.Errorf("%s read again: %s, %v", s, again, err)
		}
	}
	for in, want := range map[string]string{
		"":                           "names no bidding",
		"boulwar":                    `did you mean "boulware"?`,
		"boulware+combbi":            `did you mean "combi"?`,
		"boulware+next+combi":        "two parts of one kind",
		"boulware:concession":        "not a parameter with a number",
		"boulware:concession=9":      "9 is not between",
		"boulware:concesion=0.2":     `did you mean "concession"?`,
		"boulware:concession=NaN":    "NaN is not between",
		"boulware+bayesian+bayesian": "two parts",
	} {
		if _, err := agents.Parse(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %s", in, err, want)
		}
	}
}
