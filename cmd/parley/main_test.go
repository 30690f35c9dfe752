package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/parley-sim/parley/internal/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// TestScripts runs testdata/script. Beside testscript's own commands there is
//
//	code N parley ARGS...   runs the program and holds its exit code to be N
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("TERM", "dumb")
			examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
			e.Setenv("EXAMPLES", examples)
			return err
		},
		Condition: func(cond string) (bool, error) {
			return cond == "root" && os.Getuid() == 0, nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"code": code},
	})
}

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// inside runs a command line within this process, in dir.
func inside(t *testing.T, ctx context.Context, args ...string) (code int, out, talk string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(ctx, streams{In: strings.NewReader(""), Out: &o, Err: &e}, args)
	return code, o.String(), e.String()
}

// A run that was interrupted, or killed, keeps its whole shards, and the same command then gives the
// bytes of a run that was never stopped. An interrupted one says how to go on.
func TestStopAndGoOn(t *testing.T) {
	if testing.Short() {
		t.Skip("plays tens of thousands of runs")
	}
	dir := t.TempDir()
	args := func(out string) []string {
		return []string{"run", "quickstart", "--runs", "24000", "--workers", "2", "--out", filepath.Join(dir, out), "--quiet"}
	}
	started := func(out string) { // until the first shard is there
		for range 2000 {
			if ks, _ := store.Shards(filepath.Join(dir, out)); len(ks) > 0 {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Errorf("%s: no shard after ten seconds", out)
	}
	partial := func(out string) {
		if m, err := store.ReadManifest(filepath.Join(dir, out)); err != nil || m.Runs == 24000 {
			t.Fatalf("%s was not stopped in time: manifest %+v, %v", out, m, err)
		}
	}

	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		started("interrupted")
	}()
	code, _, talk := inside(t, ctx, args("interrupted")...)
	if code != exitInterrupted || !strings.Contains(talk, "goes on from there: parley run quickstart --runs 24000 --out ") {
		t.Fatalf("exit %d: %s", code, talk)
	}
	partial("interrupted")

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Cmd{Path: self, Args: append([]string{"parley"}, args("killed")...)}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	started("killed")
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	partial("killed")

	for _, out := range []string{"straight", "interrupted", "killed"} {
		if code, _, talk := inside(t, context.Background(), args(out)...); code != exitFine {
			t.Fatalf("%s: exit %d: %s", out, code, talk)
		}
		for _, name := range []string{store.CSVFile, store.ParquetFile, summaryFile, scenarioFile, store.ManifestFile, pageFile} {
			a, errA := os.ReadFile(filepath.Join(dir, "straight", name))
			b, errB := os.ReadFile(filepath.Join(dir, out, name))
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Errorf("%s: %s is not that of a run that was never stopped (%v, %v)", out, name, errA, errB)
			}
		}
	}
}

// A folder that another process works in is refused.
func TestBusyFolder(t *testing.T) {
	dir := t.TempDir()
	lock, err := store.Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	code, _, talk := inside(t, context.Background(), "run", "quickstart", "--runs", "10", "--out", dir)
	if code != exitUsage || !strings.HasPrefix(talk, "error: ") || !strings.Contains(talk, "another parley is at work") {
		t.Errorf("exit %d: %s", code, talk)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{about(3200 * time.Millisecond), "3.2 s"},
		{about(11 * time.Minute), "11 min"},
		{about(50 * time.Hour), "2 days"},
		{about(140 * 365 * 24 * time.Hour), "more than 100 years"},
		{diskSpace(512), "512 bytes"},
		{diskSpace(12_340_000), "12 MB"},
		{diskSpace(9_900_000_000), "9.9 GB"},
		{quote("madrid"), "madrid"},
		{quote("a={ uniform = [0, 1] }"), "'a={ uniform = [0, 1] }'"},
		{quote("it's"), `'it'\''s'`},
		{nearest("madird", []string{"madrid", "anac"}), "madrid"},
		{nearest("zebra", []string{"madrid", "anac"}), ""},
		{withUnit("350", "$bn a year"), "$350bn a year"},
		{withUnit("30", "%"), "30%"},
		{folderName("../The red line: always holds!"), "the-red-line-always-holds"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for _, bad := range []string{"0", "-1", "1.5", "many", "", "99999999999999999999"} {
		if n, err := count("runs", bad); err == nil {
			t.Errorf("%q is taken as %d", bad, n)
		}
	}
	if n, err := count("runs", "1_000,000"); n != 1_000_000 || err != nil {
		t.Errorf("1_000,000 is %d, %v", n, err)
	}
}
