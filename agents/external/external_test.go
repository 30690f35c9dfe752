package external_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// The test program itself plays the programs: it behaves as PARLEY_TEST_AGENT says.
func TestMain(m *testing.M) {
	if how := os.Getenv("PARLEY_TEST_AGENT"); how != "" {
		misbehave(how)
		return
	}
	if len(os.Args) > 2 && os.Args[1] == "-agent" {
		misbehave(os.Args[2])
		return
	}
	os.Exit(m.Run())
}

func command(t *testing.T, how string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%q -agent %s", self, how)
}

// play plays n sessions of a command against a conceder with a rival command or, if empty, a local rival, and returns
// the results.
func play(t *testing.T, cmd string, n int, opt external.Options, rival string) []sim.Result {
	t.Helper()
	w := agenttest.Benchmark(5, 3, 4)
	host := external.NewHost(opt)
	defer host.Close()
	table := sim.NewHub(sim.HubOptions{Batch: 8, Seat: [2]sim.Seat{host.Seat(), host.Seat()}})
	src := &source{t: t, w: w, n: n, host: host, cmd: cmd, rival: rival}
	got := make([]sim.Result, n)
	err := table.Play(context.Background(), src, func(_ int, r *sim.Result) error {
		got[r.ID] = *r
		got[r.ID].Offer = append(deal.Offer(nil), r.Offer...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

type source struct {
	t          *testing.T
	w          *agenttest.World
	n, at      int
	host       *external.Host
	cmd, rival string
	near       string // a strategy of this process in the program's place
}

func (s *source) Next(_ int, out *sim.Setup) bool {
	if s.at == s.n {
		return false
	}
	k := s.at
	s.at++
	for side := range 2 {
		out.Party[side] = s.w.Model.NewParty(side)
		out.Party[side].Set(s.w.Terms(k, side))
	}
	var err error
	if s.near != "" {
		out.Negotiator[0], err = agents.New(agents.Spec{Bidding: s.near})
	} else {
		out.Negotiator[0], err = s.host.Negotiator(s.cmd)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if s.rival != "" && k%2 == 0 {
		out.Negotiator[1], err = s.host.Negotiator(s.rival)
	} else {
		out.Negotiator[1], err = agents.New(agents.Spec{Bidding: "conceder"})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	out.ID, out.First, out.Rounds, out.Seed = uint64(k), k%2, 20, [2]uint64{uint64(k), uint64(k) + 1}
	return true
}

func TestGoodProgram(t *testing.T) {
	for _, r := range play(t, command(t, "good"), 40, external.Options{}, command(t, "good")) {
		if r.Status == sim.Error {
			t.Errorf("session %d: %s", r.ID, r.Err)
		}
	}
}

// Each kind of misbehaviour is blamed in words, on seat 0, and harms no other session.
func TestBlame(t *testing.T) {
	fast := external.Options{Deadline: 40 * time.Millisecond, Start: 5 * time.Second}
	for how, want := range map[string]string{
		"garbage":   "is not JSON",
		"silent":    external.Late,
		"exit":      "exit status 3",
		"gigabyte":  "more than",
		"version":   "speaks version 9",
		"stale":     "answered line 1 when asked line 2",
		"mute":      "did not answer for this session",
		"action":    `would do "dance"`,
		"short":     "offered 1 values where there are 3 issues",
		"negative":  "offered -1 for issue 0",
		"outside":   "not in the space",
		"fraction":  "offered 0.5 for issue 0",
		"nohello":   external.Late,
		"closed":    "output",
		"deaf":      external.Late,
		"nosession": "did not answer for this session",
	} {
		t.Run(how, func(t *testing.T) {
			if how == "nohello" {
				fast.Start = 100 * time.Millisecond
			} else {
				fast.Start = 5 * time.Second
			}
			start := time.Now()
			for _, r := range play(t, command(t, how), 6, fast, "") {
				if r.Status != sim.Error || r.By != 0 {
					t.Errorf("session %d: %s by %d", r.ID, r.Status, r.By)
				}
				if how == "closed" && strings.Contains(r.Err, "exit status") {
					continue
				}
				if !strings.Contains(r.Err, want) {
					t.Errorf("session %d: %q does not say %q", r.ID, r.Err, want)
				}
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// One that answers and talks on is caught at the next line; one that floods its standard error harms nobody.
func TestFloods(t *testing.T) {
	bad := 0
	for _, r := range play(t, command(t, "chatty"), 20, external.Options{}, "") {
		if r.Status == sim.Error {
			bad++
			if !strings.Contains(r.Err, "when asked line") && !strings.Contains(r.Err, "had to be started again") && !strings.Contains(r.Err, "in a row") {
				t.Errorf("session %d: %s", r.ID, r.Err)
			}
		}
	}
	if bad == 0 {
		t.Error("nobody noticed")
	}
	for _, r := range play(t, command(t, "noisy"), 8, external.Options{Deadline: 10 * time.Second}, "") {
		if r.Status == sim.Error {
			t.Errorf("session %d: %s", r.ID, r.Err)
		}
	}
}

func TestLastWords(t *testing.T) {
	r := play(t, command(t, "exit"), 1, external.Options{}, "")[0]
	if !strings.Contains(r.Err, "I have had enough") {
		t.Errorf("%q does not tell the standard error", r.Err)
	}
}

// A program that dies once is started again and plays the rest; sessions it forgot are blamed on it.
func TestRestart(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "died")
	ok, bad := 0, 0
	for _, r := range play(t, command(t, "once:"+mark), 60, external.Options{}, "") {
		if r.Status == sim.Error {
			bad++
			if !strings.Contains(r.Err, "exit") {
				t.Errorf("session %d: %s", r.ID, r.Err)
			}
		} else {
			ok++
		}
	}
	if bad == 0 || ok < 30 {
		t.Errorf("%d sessions fine, %d errors", ok, bad)
	}
}

func TestGivenUp(t *testing.T) {
	r := play(t, command(t, "exit"), 60, external.Options{Restarts: 2}, "")
	if last := r[len(r)-1]; !strings.Contains(last.Err, "2 times in a row") {
		t.Errorf("%q", last.Err)
	}
}

func TestNoSuchProgram(t *testing.T) {
	r := play(t, "/nowhere/to/be/found --at all", 2, external.Options{}, "")
	if !strings.Contains(r[0].Err, "cannot be started") {
		t.Errorf("%q", r[0].Err)
	}
	if _, err := external.NewHost(external.Options{}).Negotiator("  "); err == nil {
		t.Error("an empty command passes")
	}
}

// Nothing is left running, and nothing waits, when a table is cancelled in the middle of a program's thought.
func TestCancelled(t *testing.T) {
	before := runtime.NumGoroutine()
	w := agenttest.Benchmark(5, 3, 4)
	host := external.NewHost(external.Options{Deadline: time.Hour})
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := sim.NewHub(sim.HubOptions{Seat: [2]sim.Seat{host.Seat(), host.Seat()}}).Play(ctx, &source{t: t, w: w, n: 5, host: host, cmd: command(t, "silent")}, func(int, *sim.Result) error { return nil })
	host.Close()
	if err == nil || time.Since(start) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	time.Sleep(50 * time.Millisecond)
	if n := runtime.NumGoroutine(); n > before+2 {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

// The plain table plays a program turn by turn, with the same results as the hub's batches.
func TestPlainTable(t *testing.T) {
	batch := play(t, command(t, "good"), 6, external.Options{}, "")
	w := agenttest.Benchmark(5, 3, 4)
	host := external.NewHost(external.Options{})
	defer host.Close()
	err := sim.NewPlain().Play(context.Background(), &source{t: t, w: w, n: 6, host: host, cmd: command(t, "good")}, func(_ int, r *sim.Result) error {
		if b := batch[r.ID]; r.Status != b.Status || r.Round != b.Round || r.Utility != b.Utility {
			t.Errorf("session %d: %+v and %+v", r.ID, *r, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func python(t *testing.T) string {
	t.Helper()
	p, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	return p
}

// The example in Python is Boulware: it gets what the program's own gets.
func TestPythonExample(t *testing.T) {
	cmd := fmt.Sprintf("%s %q", python(t), filepath.Join("..", "..", "examples", "agents", "boulware.py"))
	signed := 0
	for _, r := range play(t, cmd, 10, external.Options{Deadline: 5 * time.Second}, cmd) {
		if r.Status == sim.Error {
			t.Fatal(r.Err)
		}
		if r.Status == sim.Signed {
			signed++
		}
	}
	if signed != 10 {
		t.Errorf("%d of 10 talks signed", signed)
	}
}

func TestNegmasBridge(t *testing.T) {
	p := python(t)
	if err := exec.Command(p, "-c", "import negmas").Run(); err != nil {
		t.Skip("NegMAS is not installed")
	}
	cmd := fmt.Sprintf("%s %q", p, filepath.Join("..", "..", "examples", "agents", "negmas_bridge.py"))
	for _, r := range play(t, cmd, 4, external.Options{Deadline: 30 * time.Second, Start: time.Minute}, "") {
		if r.Status != sim.Signed {
			t.Errorf("session %d: %s %s", r.ID, r.Status, r.Err)
		}
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string]string{
		`python3 a.py`:                 `[python3 a.py]`,
		`  "/a b/c" -x 'y z' k\ l "" `: `[/a b/c -x y z k l ]`,
	} {
		got, err := external.Split(in)
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %v %v", in, got, err)
		}
	}
	for _, in := range []string{"", "  ", `"a`} {
		if _, err := external.Split(in); err == nil {
			t.Errorf("%q passes", in)
		}
	}
}

// Agents of this program, served by another process, play as they do here: the protocol loses nothing. Those that draw
// random numbers draw others there.
func TestServe(t *testing.T) {
	for _, name := range []string{"boulware", "conceder", "tit_for_tat", "hard_liner", "atlas3", "nash_product"} {
		far := play(t, command(t, "serve:"+name), 12, external.Options{Deadline: 5 * time.Second}, "")
		near := local(t, name, 12)
		for k := range far {
			if far[k].Status != near[k].Status || far[k].Round != near[k].Round || far[k].Utility != near[k].Utility || far[k].Err != "" {
				t.Errorf("%s, session %d: %+v and %+v", name, k, far[k], near[k])
			}
		}
	}
}

// local plays what play plays with a negotiator of this process.
func local(t *testing.T, name string, n int) []sim.Result {
	t.Helper()
	w := agenttest.Benchmark(5, 3, 4)
	host := external.NewHost(external.Options{})
	got := make([]sim.Result, n)
	err := sim.NewPlain().Play(context.Background(), &source{t: t, w: w, n: n, host: host, cmd: "none", near: name}, func(_ int, r *sim.Result) error {
		got[r.ID] = *r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestServeRefuses(t *testing.T) {
	for _, line := range []string{"garbage", `{"parley":2,"id":1}`, `{"parley":1,"id":1,"turns":[{"session":1,"round":1,"rounds":2}]}`, `{"parley":1,"id":1,"turns":[{"session":1,"begin":{"space":3}}]}`, `{"parley":1,"id":1,"spaces":[{"space":0,"side":7}]}`} {
		if err := external.Serve(strings.NewReader(line+"\n"), io.Discard, func() sim.Negotiator { return nil }); err == nil {
			t.Errorf("%s passes", line)
		}
	}
	if err := external.Serve(strings.NewReader(""), io.Discard, nil); err != nil {
		t.Error(err)
	}
}

// Whatever a program is sent, it answers or refuses, and does not panic.
func FuzzServe(f *testing.F) {
	f.Add(`{"parley":1,"id":1,"hello":true}`)
	f.Add(`{"parley":1,"id":2,"spaces":[{"space":0,"side":0,"issues":[{"name":"a","values":["x","y"]}],"interests":[{"name":"a","scope":[0],"table":[0,1]}],"lines":[]}],"turns":[{"session":1,"begin":{"space":0,"weight":[1],"cost":[],"seed":3},"round":1,"rounds":9,"offer":null,"no_deal":0}]}`)
	f.Fuzz(func(t *testing.T, line string) {
		_ = external.Serve(strings.NewReader(strings.ReplaceAll(line, "\n", " ")+"\n"), io.Discard, func() sim.Negotiator {
			n, err := agents.New(agents.Spec{Bidding: "boulware"})
			if err != nil {
				t.Fatal(err)
			}
			return n
		})
	})
}
