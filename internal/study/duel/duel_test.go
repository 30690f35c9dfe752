package duel

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// pie is n+1 ways to divide a pie, worth k/n and 1 - k/n.
func pie(t *testing.T, n int) *Duel {
	t.Helper()
	is := deal.Issue{Name: "share", Now: -1}
	tables := [2][]float64{}
	for k := range n + 1 {
		is.Values = append(is.Values, fmt.Sprint(k))
		x := float64(k) / float64(n)
		tables[0], tables[1] = append(tables[0], x), append(tables[1], 1-x)
	}
	s, err := deal.NewSpace([]deal.Issue{is})
	if err != nil {
		t.Fatal(err)
	}
	d := &Duel{Agents: [2]string{"linear", "linear"}, Rounds: 9, Seed: 1}
	var p [2]deal.Profile
	for side := range p {
		p[side].Interests = []deal.Interest{{Name: "share", Scope: []int{0}, Table: tables[side]}}
		d.Terms[side] = deal.Terms{Weight: []float64{1}}
	}
	if d.Model, err = deal.Compile(s, p, [2]deal.Bounds{}, deal.Options{}); err != nil {
		t.Fatal(err)
	}
	return d
}

// Two linear agents with 9 rounds demand 1 - (k-1)/8 of a pie of 8 in round k, so they meet in the middle: the
// second takes half in round 5.
func TestPlay(t *testing.T) {
	d := pie(t, 8)
	d.Trace, d.Discount = true, [2]float64{0.5, 1}
	r, err := Play(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != sim.Signed || r.By != 1 || r.Round != 5 || r.Offers != 9 || r.T != 0.5 || r.Utility != [2]float64{0.5, 0.5} {
		t.Errorf("ended %+v", r)
	}
	if want := 0.5 * math.Pow(0.5, 0.4); math.Abs(r.Discounted[0]-want) > 1e-15 || r.Discounted[1] != 0.5 {
		t.Errorf("discounted to %v, want %v and 0.5", r.Discounted, want)
	}
	if n := len(r.Moves); n != 10 || r.Moves[n-1].Kind != sim.Accept || r.Moves[2].Aim != 0.875 {
		t.Errorf("moves are %+v", r.Moves)
	}
	again, err := Play(context.Background(), d)
	if err != nil || !reflect.DeepEqual(r, again) {
		t.Errorf("the same duel ends otherwise: %+v, %v", again, err)
	}
}

func TestPlayRefuses(t *testing.T) {
	d := pie(t, 8)
	d.Agents[1] = "exec:cat"
	if _, err := Play(context.Background(), d); !errors.Is(err, ErrPrograms) {
		t.Error(err)
	}
	d.Agents[1] = "boulwere"
	if _, err := Play(context.Background(), d); err == nil {
		t.Error("an agent that does not exist plays")
	}
	d.Agents[1], d.Rounds = "linear", 0
	if _, err := Play(context.Background(), d); err == nil {
		t.Error("no rounds are played")
	}
}
