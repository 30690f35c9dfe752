package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/parley-sim/parley/configs"
)

const thin = `question = "?"
priors = "p.toml"
issue.t = { levels = [0, 1], now = 0 }
[party.a.interest]
t = { weight = 1, times = { t = { linear = [0, 1] } } }
[party.b]
negotiator = { bidding = "linear" }
interest.t = { weight = 1, times = { t = { linear = [1, 0] } } }
`

func withPriors(text string) Options {
	return Options{Priors: func(name string) ([]byte, string, error) {
		if name != "p.toml" {
			return nil, "", errors.New("there is none")
		}
		return []byte(text), name, nil
	}}
}

// Priors fill in what a scenario leaves out, in tables it has and in [clock]; any is every entry.
func TestPriors(t *testing.T) {
	s, err := Parse("s.toml", []byte(thin), withPriors(`[party.any.negotiator]
bidding = "boulware"
concession = { uniform = [0.1, 0.5], assumed = "alike" }
[clock]
rounds = 7
[no_deal]
t = { value = 1, assumed = "x" }
`))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := s.Parties[0].Negotiator, s.Parties[1].Negotiator; a.Bidding.Names[0] != "boulware" || b.Bidding.Names[0] != "linear" || len(a.Params) != 1 || len(b.Params) != 1 {
		t.Errorf("negotiators %+v, %+v", a, b)
	}
	if s.Clock.Rounds != 7 || len(s.NoDeal.Values) != 0 {
		t.Errorf("rounds %d, no deal %v", s.Clock.Rounds, s.NoDeal.Values)
	}
	if o := s.Origin("party.a.negotiator.concession"); o.File != "p.toml" || o.Line != 3 {
		t.Errorf("concession is from %s", o)
	}
	again, err := Parse("r.toml", s.TOML(), withPriors(""))
	if err != nil || again.Clock.Rounds != 7 {
		t.Errorf("the resolved scenario: %v, %v", again, err)
	}
}

func TestPriorsRefused(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"rounds = 3", "p.toml:1:1: rounds: a file of priors holds tables only"},
		{"[party.a]", "p.toml:1:"},
		{"[clock", "p.toml:1:"},
		{"[clock]\nround = 3", "p.toml:2:1: clock.round: unknown key"},
	} {
		_, err := Parse("s.toml", []byte(thin), withPriors(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v\nwant %s", c.file, err, c.want)
		}
	}
	for _, opt := range []Options{{}, withPriors("")} {
		text := strings.Replace(thin, "p.toml", "q.toml", 1)
		if _, err := Parse("s.toml", []byte(text), opt); err == nil || !strings.Contains(err.Error(), "s.toml:2:10: priors:") {
			t.Errorf("%v", err)
		}
	}
}

// What is observed lies on the table.
func TestObservedOutsideItsIssue(t *testing.T) {
	text := strings.Replace(thin, "priors = \"p.toml\"\n", "", 1) + "[observed]\nt = 3\n"
	_, err := Parse("s.toml", []byte(text), Options{})
	if err == nil || !strings.Contains(err.Error(), "observed.t: 3 lies outside what is on the table for t, 0 to 1; widen issue.t") {
		t.Error(err)
	}
}

// carried finds the program's own priors.
func carried(name string) ([]byte, string, error) {
	text, err := configs.Priors(name)
	return text, name, err
}
