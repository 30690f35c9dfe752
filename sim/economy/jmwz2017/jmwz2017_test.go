package jmwz2017

import (
	"context"
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

func model(t testing.TB, closure string) *Model {
	t.Helper()
	m, err := Open(closure)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func solve(t testing.TB, m *Model, s trade.Schedule, w *trade.Warm) *trade.Result {
	t.Helper()
	r, err := m.Solve(context.Background(), s, w)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.10g, want %.10g within %g", what, got, want, within)
	}
}

const china, us = 1, 6

// MODELS, section 3, recomputed from the published data: welfare, %, of the US and China.
func TestRecomputed(t *testing.T) {
	fixed := model(t, Fixed)
	for _, c := range []struct {
		name   string
		m      *Model
		war    trade.Schedule
		us, cn float64
		within float64
	}{
		{"US alone", fixed, fixed.War(false, 0, 0), -0.0551, -0.1871, 5e-5},
		{"with retaliation", fixed, fixed.War(true, 0, 0), -0.0723, -0.1940, 5e-5},
		{"inputs exempt", fixed, fixed.War(false, 1, 0), -0.0353, -0.0986, 5e-5},
		{"finals exempt", fixed, fixed.War(false, 0, 1), -0.0201, -0.0852, 5e-5},
		{"retaliation, inputs exempt", fixed, fixed.War(true, 1, 0), -0.0528, -0.1059, 5e-5},
		{"retaliation, half relief", fixed, fixed.War(true, 0.5, 0), -0.0521, -0.1620, 5e-5},
		{"scale, US alone", model(t, Scale), fixed.War(false, 0, 0), 0.040, -0.996, 5e-4},
		{"scale, with retaliation", model(t, Scale), fixed.War(true, 0, 0), -0.031, -0.974, 5e-4},
	} {
		r := solve(t, c.m, c.war, nil)
		t.Logf("%s: US %.5f, CN %.5f; %d steps, residual %.1e", c.name, r.WelfarePct[us], r.WelfarePct[china], r.Steps, r.Residual)
		near(t, c.name+": US", r.WelfarePct[us], c.us, c.within)
		near(t, c.name+": China", r.WelfarePct[china], c.cn, c.within)
	}
}
