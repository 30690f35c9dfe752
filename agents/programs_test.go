package agents_test

import (
	"bufio"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"

	"github.com/parley-sim/parley/internal/shareddata"
)

// What other programs did on benchmark domains lies beside the repository, if anywhere.

// played is a session with its offers, as indices of outcomes.
type played struct {
	sim.Result
	agreement int64 // -1 without one
	offers    []int64
}

// duel plays two agents on a domain, the first profile's opening; once as deal.Options has it.
func duel(t testing.TB, d *importer.Domain, names [2]string, rounds int32, once bool) played {
	t.Helper()
	m, terms, err := d.CompileWith(deal.Options{Once: once})
	if err != nil {
		t.Fatal(err)
	}
	s := sim.Setup{Rounds: rounds, Seed: [2]uint64{1, 2}}
	for i, name := range names {
		spec, err := agents.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Negotiator[i], err = agents.New(spec); err != nil {
			t.Fatal(err)
		}
		s.Party[i] = m.NewParty(i)
		s.Party[i].Set(terms[i])
	}
	out := played{agreement: -1}
	index := func(o deal.Offer) int64 {
		at := int64(0)
		for i, v := range o {
			at = at*int64(len(m.Space.Issues[i].Values)) + int64(v)
		}
		return at
	}
	s.Tracer = sim.TracerFunc(func(m *sim.Move) {
		if m.Kind == sim.Propose {
			out.offers = append(out.offers, index(m.Offer))
		}
	})
	err = sim.NewPlain().Play(context.Background(), sim.Once(s), func(_ int, r *sim.Result) error {
		out.Result = *r
		if r.Offer != nil {
			out.agreement = index(r.Offer)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// domains opens domains by folder, each once.
func domains(t testing.TB, root string) func(name string) *importer.Domain {
	held := map[string]*importer.Domain{}
	return func(name string) *importer.Domain {
		t.Helper()
		if held[name] == nil {
			d, err := importer.Open(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			held[name] = d
		}
		return held[name]
	}
}

func float(t testing.TB, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestNegMASTrajectories holds every row of what NegMAS 0.16 did: who agreed to what, when, after how
// many offers, and who accepted.
func TestNegMASTrajectories(t *testing.T) {
	root := shareddata.Path(t, "data/domains")
	open := domains(t, root)
	rows := shareddata.Rows(t, filepath.Join(root, "negmas_trajectories.csv"))
	right := map[string]int{}
	for _, row := range rows {
		name := row["domain"] + " " + row["agent1"] + " v " + row["agent2"] + " " + row["n_steps"]
		d := open(row["domain"])
		got := duel(t, d, [2]string{"negmas/" + row["agent1"], "negmas/" + row["agent2"]}, int32(float(t, row["n_steps"])), true)
		was := t.Failed()
		if n := int(float(t, row["n_offers"])); int(got.Offers) != n {
			t.Errorf("%s: %d offers, want %d", name, got.Offers, n)
		}
		if step := int32(float(t, row["negmas_step"])); got.Round != step {
			t.Errorf("%s: ended in round %d, want %d", name, got.Round, step)
		}
		if row["negmas_agreement"] == "" {
			if got.Status != sim.NoDeal {
				t.Errorf("%s: %s, want no deal", name, got.Status)
			}
		} else {
			if by := int8(float(t, row["acceptor"])) - 1; got.Status != sim.Signed || got.By != by {
				t.Errorf("%s: %s by %d, want signed by %d", name, got.Status, got.By, by)
			}
			for k, col := range []string{"u1", "u2"} {
				if want := float(t, row[col]); math.Abs(got.Utility[k]-want) > 1e-12 {
					t.Errorf("%s: %s is %v, want %v", name, col, got.Utility[k], want)
				}
			}
			var words []string
			for i, v := range offerOf(d, got.agreement) {
				words = append(words, d.Issues[i].Values[v])
			}
			if w := strings.Join(words, "|"); w != row["negmas_agreement"] {
				t.Errorf("%s: agreed on %s, want %s", name, w, row["negmas_agreement"])
			}
		}
		if t.Failed() == was {
			right[row["agent1"]+" v "+row["agent2"]]++
		}
	}
	t.Logf("%d rows; identical: %v", len(rows), right)
}

// offerOf is the outcome of an index, row-major, last issue fastest.
func offerOf(d *importer.Domain, at int64) deal.Offer {
	o := make(deal.Offer, len(d.Issues))
	for i := len(o) - 1; i >= 0; i-- {
		n := int64(len(d.Issues[i].Values))
		o[i] = uint16(at % n)
		at /= n
	}
	return o
}

// TestNegMASOffers holds every single offer of the recorded sessions.
func TestNegMASOffers(t *testing.T) {
	root := shareddata.Path(t, "data/domains")
	open := domains(t, root)
	f, err := os.Open(filepath.Join(root, "negmas_offers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	sessions, offers := 0, 0
	for lines.Scan() {
		var want struct {
			Domain    string
			Agents    [2]string
			NSteps    int32 `json:"n_steps"`
			Offers    []int64
			Agreement *int64
		}
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		d := open(want.Domain)
		names := [2]string{"negmas/" + want.Agents[0], "negmas/" + want.Agents[1]}
		got := duel(t, d, names, want.NSteps, false)
		if again := duel(t, d, names, want.NSteps, true); !slices.Equal(again.offers, got.offers) {
			t.Errorf("%s %v: other offers where outcomes are not kept sorted", want.Domain, want.Agents)
		}
		sessions++
		if len(got.offers) != len(want.Offers) {
			t.Errorf("%s %v: %d offers, want %d", want.Domain, want.Agents, len(got.offers), len(want.Offers))
			continue
		}
		for k := range want.Offers {
			if got.offers[k] != want.Offers[k] {
				t.Errorf("%s %v: offer %d is %d, want %d", want.Domain, want.Agents, k, got.offers[k], want.Offers[k])
				break
			}
			offers++
		}
		agreed := int64(-1)
		if want.Agreement != nil {
			agreed = *want.Agreement
		}
		if got.agreement != agreed {
			t.Errorf("%s %v: agreed on %d, want %d", want.Domain, want.Agents, got.agreement, agreed)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d sessions, %d offers identical", sessions, offers)
}

// TestGeniusTrajectories holds every row of what GENIUS 10.4 did, those where outcomes tie too.
func TestGeniusTrajectories(t *testing.T) {
	root := shareddata.Path(t, "data/domains_genius")
	open := domains(t, root)
	rows := shareddata.Rows(t, filepath.Join(root, "genius_trajectories.csv"))
	agent := map[string]string{"BoulwareNegotiationParty": "genius/boulware", "ConcederNegotiationParty": "genius/conceder"}
	for _, row := range rows {
		d := open(row["domain"])
		rounds := int32(float(t, row["n_rounds"]))
		got := duel(t, d, [2]string{agent[row["agent1"]], agent[row["agent2"]]}, rounds, false)
		same := got.Status == sim.Signed && got.Round == int32(float(t, row["round"]))
		for k, col := range []string{"1", "2"} {
			same = same && math.Abs(got.Utility[k]-float(t, row["u"+col])) <= 1e-12
			at := float64(got.Round-1) / float64(rounds+1)
			same = same && math.Abs(d.Profiles[k].Discounted(got.Utility[k], at)-float(t, row["disc_u"+col])) <= 1e-12
		}
		if !same {
			t.Errorf("%s %s v %s: round %d at %v, want %s at %s, %s", row["domain"], row["agent1"], row["agent2"], got.Round, got.Utility, row["round"], row["u1"], row["u2"])
		}
	}
	t.Logf("%d rows", len(rows))
}
