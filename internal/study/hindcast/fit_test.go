package hindcast

import (
	"context"
	"strings"
	"testing"
)

// A group's numbers do not move with its own outcomes, and a stored fit of the same hash is taken as it
// stands.
func TestFitLeavesTheGroupOut(t *testing.T) {
	read := func(own string) []Episode {
		t.Helper()
		list, err := ReadTerms("t.csv", strings.NewReader(strings.Replace(small, "b_tariff,pct,30,,,30,12", "b_tariff,pct,30,,,30,"+own, 1)))
		if err != nil {
			t.Fatal(err)
		}
		Settle(list, nil)
		return list
	}
	opt := Options{Runs: 200, Seed: 4}
	_, one, err := PlayFitted(context.Background(), read("12"), opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, two, err := PlayFitted(context.Background(), read("29"), opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	if one.Groups[0] != two.Groups[0] {
		t.Errorf("%+v, with another outcome of its own %+v", one.Groups[0], two.Groups[0])
	}
	if one.Hash == two.Hash {
		t.Error("other outcomes, the same hash")
	}
	one.Groups[0].Widened = 0.9
	_, again, err := PlayFitted(context.Background(), read("12"), opt, one)
	if err != nil || again.Groups[0].Widened != 0.9 {
		t.Errorf("the stored fit was not taken: %+v, %v", again, err)
	}
}
