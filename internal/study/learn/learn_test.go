package learn

import (
	"context"
	"math"
	"reflect"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/study/tournament"
	"github.com/parley-sim/parley/sim/deal"
)

func domains(n int) []*tournament.Domain {
	var out []*tournament.Domain
	for k := range n {
		w := agenttest.Benchmark(uint64(k+1), 4, 5)
		out = append(out, &tournament.Domain{Name: "d", Model: w.Model, Terms: [2]deal.Terms{w.Terms(0, 0), w.Terms(0, 1)}})
	}
	return out
}

func TestRun(t *testing.T) {
	opt := Options{Domains: domains(4), Models: agents.Names(agents.Opponent)[1:], Teachers: []string{"linear", "conceder"}, Rounds: 200, Seed: 1}
	r, err := Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Run(context.Background(), opt)
	if err != nil || !reflect.DeepEqual(r, again) {
		t.Error("not the same again")
	}
	if r.Domains != 4 || r.Talks != 16 || r.Rounds[len(r.Rounds)-1] != 200 {
		t.Errorf("%d domains, %d talks, rounds %v", r.Domains, r.Talks, r.Rounds)
	}
	for k, name := range r.Models {
		best := 0.0
		for i, x := range r.Mean[k] {
			if !(math.Abs(x) <= 1) || r.Lo[k][i] > x || r.Hi[k][i] < x {
				t.Errorf("%s: %v (%v to %v)", name, x, r.Lo[k][i], r.Hi[k][i])
			}
			best = max(best, x)
		}
		if best < 0.4 {
			t.Errorf("%s never knows more than %v", name, best)
		}
	}
	if err := r.Figure(chart.Made{}).Check(); err != nil {
		t.Error(err)
	}
}

// Against the correlation written out: the truth itself correlates 1, its mirror image -1, a flat estimate not at all.
func TestCorrelation(t *testing.T) {
	d := domains(1)[0]
	p := d.Model.NewParty(0)
	p.Set(d.Terms[0])
	sample := outcomes(d.Model.Space, 1, 0)
	var truth []float64
	for _, o := range sample {
		truth = append(truth, p.Utility(o))
	}
	var same, mirror, flat deal.Additive
	for i := range d.Model.Profile[0].Interests {
		table := d.Model.Profile[0].Interests[i].Table
		same.Value = append(same.Value, table)
		var m []float64
		for _, x := range table {
			m = append(m, 3-2*x)
		}
		mirror.Value, flat.Value = append(mirror.Value, m), append(flat.Value, make([]float64, len(table)))
	}
	if r := correlation(truth, sample, same); math.Abs(r-1) > 1e-9 {
		t.Error(r)
	}
	if r := correlation(truth, sample, mirror); math.Abs(r+1) > 1e-9 {
		t.Error(r)
	}
	if r := correlation(truth, sample, flat); !math.IsNaN(r) {
		t.Error(r)
	}
}

func TestRefuses(t *testing.T) {
	for _, opt := range []Options{
		{},
		{Domains: domains(1), Models: []string{"none"}, Teachers: []string{"linear"}, Rounds: 5},
		{Domains: domains(1), Models: []string{"bayes"}, Teachers: []string{"linear"}, Rounds: 5},
		{Domains: domains(1), Models: []string{"smith"}, Teachers: []string{"linea"}, Rounds: 5},
		{Domains: domains(1), Models: []string{"smith"}, Teachers: []string{"linear"}},
	} {
		if _, err := Run(context.Background(), opt); err == nil {
			t.Errorf("%+v passes", opt)
		}
	}
}
