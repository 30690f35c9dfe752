package experiment

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// TestMillion is the other process of TestMemory, not a test of its own.
func TestMillion(t *testing.T) {
	runs, err := strconv.ParseUint(os.Getenv("PARLEY_TEST_RUNS"), 10, 64)
	if err != nil {
		t.Skip("only as a child of TestMemory")
	}
	job := &toy{hash: "wide", cells: 60}
	opt := options(t, runs)
	opt.ShardSize = 0
	start := time.Now()
	run(t, job, opt)
	t.Logf("%d runs of 60 columns in %v", runs, time.Since(start))
	start = time.Now()
	export(t, opt.Dir)
	t.Logf("exported in %v", time.Since(start))
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("peak %s kB", regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(status)[1])
}

// A million runs of 60 columns, exports included, take no more than 150 MB, and hardly more than a tenth of
// them does.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes two gigabytes")
	}
	peak := func(runs string) int {
		child := exec.Command(os.Args[0], "-test.run=^TestMillion$", "-test.v")
		child.Env = append(os.Environ(), "PARLEY_TEST_RUNS="+runs)
		out, err := child.CombinedOutput()
		t.Logf("%s", out)
		m := regexp.MustCompile(`peak (\d+) kB`).FindSubmatch(out)
		if err != nil || m == nil {
			t.Fatal(err)
		}
		kb, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		return kb
	}
	tenth, all := peak("100000"), peak("1000000")
	if all > 150<<10 {
		t.Errorf("a million runs take %d kB", all)
	}
	if all > tenth+tenth/4+16<<10 {
		t.Errorf("a tenth takes %d kB, all of them %d kB", tenth, all)
	}
}
