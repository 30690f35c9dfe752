package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// sharedTable reads a CSV file of ../shared, by column. Without it the test is skipped, except in CI.
func sharedTable(t *testing.T, name string) (dir string, rows []map[string]string) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name))
	f, err := os.Open(path)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("no shared/data/%s beside the repository", name)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all[1:] {
		m := map[string]string{}
		for k, h := range all[0] {
			m[h] = r[k]
		}
		rows = append(rows, m)
	}
	return filepath.Dir(path), rows
}

func near(t *testing.T, what string, got float64, want string, by float64) {
	t.Helper()
	x, err := strconv.ParseFloat(want, 64)
	if err != nil || math.Abs(x-got) > by {
		t.Errorf("%s is %v, want %s", what, got, want)
	}
}

// What the command line tells of a domain is what reference.csv has.
func TestFrontierReference(t *testing.T) {
	root, rows := sharedTable(t, "domains/reference.csv")
	for _, want := range rows {
		t.Run(want["domain"], func(t *testing.T) {
			code, out, talk := inside(t, context.Background(), "frontier", filepath.Join(root, want["domain"]), "--format", "json")
			if code != 0 {
				t.Fatal(talk)
			}
			var got struct {
				Outcomes    string
				Reservation [2]float64
				Opposition  float64
				ZOPAEmpty   bool `json:"zopa_empty"`
				Frontier    []struct{ U [2]float64 }
				Solutions   map[string]*struct{ U [2]float64 }
			}
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatal(err)
			}
			if got.Outcomes != want["outcomes"] {
				t.Errorf("%s outcomes, want %s", got.Outcomes, want["outcomes"])
			}
			near(t, "reserved1", got.Reservation[0], want["reserved1"], 0)
			near(t, "reserved2", got.Reservation[1], want["reserved2"], 0)
			near(t, "opposition", got.Opposition, want["opposition"], 1e-9)
			near(t, "pareto_points", float64(len(got.Frontier)), want["pareto_points"], 0)
			if got.ZOPAEmpty != (want["nash_r_u1"] == "") {
				t.Fatalf("zopa_empty is %v, Nash %q", got.ZOPAEmpty, want["nash_r_u1"])
			}
			for key, col := range map[string]string{"nash": "nash_r", "kalai_smorodinsky": "ks_r", "egalitarian": "egal_r", "utilitarian": "welfare"} {
				at := got.Solutions[key]
				switch {
				case at == nil && !got.ZOPAEmpty:
					t.Errorf("no %s", key)
				case at != nil:
					near(t, key+" u1", at.U[0], want[col+"_u1"], 1e-9)
					near(t, key+" u2", at.U[1], want[col+"_u2"], 1e-9)
				}
			}
		})
	}
}

type duelOut struct {
	Agreement  map[string]any
	Round      int
	Offers     int
	Utilities  [2]float64
	Discounted *[2]float64
	Status     string
	By         int
}

func duelOf(t *testing.T, dir, agents, rounds string) (out duelOut) {
	t.Helper()
	code, text, talk := inside(t, context.Background(), "duel", dir, "--agents", agents, "--rounds", rounds, "--format", "json")
	if code != 0 {
		t.Fatal(talk)
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What parley duel tells of NegMAS's agents is what NegMAS did.
func TestDuelNegMAS(t *testing.T) {
	root, rows := sharedTable(t, "domains/negmas_trajectories.csv")
	for _, row := range rows {
		got := duelOf(t, filepath.Join(root, row["domain"]), "negmas/"+row["agent1"]+",negmas/"+row["agent2"], row["n_steps"])
		what := row["domain"] + " " + row["agent1"] + " v " + row["agent2"]
		near(t, what+": round", float64(got.Round), row["negmas_step"], 0)
		near(t, what+": offers", float64(got.Offers), row["n_offers"], 0)
		if row["negmas_agreement"] == "" {
			if got.Status != "no_deal" {
				t.Errorf("%s: %s, want no deal", what, got.Status)
			}
			continue
		}
		near(t, what+": by", float64(got.By), row["acceptor"], 0)
		near(t, what+": u1", got.Utilities[0], row["u1"], 1e-9)
		near(t, what+": u2", got.Utilities[1], row["u2"], 1e-9)
	}
}

// The same of GENIUS's.
func TestDuelGenius(t *testing.T) {
	root, rows := sharedTable(t, "domains_genius/genius_trajectories.csv")
	name := map[string]string{"BoulwareNegotiationParty": "genius/boulware", "ConcederNegotiationParty": "genius/conceder"}
	for _, row := range rows {
		got := duelOf(t, filepath.Join(root, row["domain"]), name[row["agent1"]]+","+name[row["agent2"]], row["n_rounds"])
		what := row["domain"] + " " + row["agent1"] + " v " + row["agent2"]
		near(t, what+": round", float64(got.Round), row["round"], 0)
		near(t, what+": u1", got.Utilities[0], row["u1"], 1e-9)
		near(t, what+": u2", got.Utilities[1], row["u2"], 1e-9)
		d := got.Discounted
		if d == nil {
			d = &got.Utilities
		}
		near(t, what+": disc_u1", d[0], row["disc_u1"], 1e-9)
		near(t, what+": disc_u2", d[1], row["disc_u2"], 1e-9)
	}
}
