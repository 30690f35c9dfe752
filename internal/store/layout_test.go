package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLatestAndList(t *testing.T) {
	root := t.TempDir()
	if got, want := Path("results", "madrid", "0123456789abcdef"), filepath.Join("results", "madrid", "0123456789ab"); got != want {
		t.Errorf("path %s, want %s", got, want)
	}
	a, b := Path(root, "madrid", "aaa"), Path(root, "madrid", "bbb")
	own := filepath.Join(root, "mine")
	for _, d := range []string{a, b, own} {
		makeFolder(t, d, 20, 10, 1, 1)
	}
	if err := os.MkdirAll(filepath.Join(root, "madrid", "scratch"), 0o755); err != nil {
		t.Fatal(err)
	}
	scenario := filepath.Join(root, "madrid")
	if _, err := Resolve(scenario); err == nil || !strings.Contains(err.Error(), "holds no runs") {
		t.Errorf("a scenario without a latest gives %v", err)
	}
	latest := filepath.Join(scenario, "latest")
	check := func(want string) {
		t.Helper()
		for _, p := range []string{scenario, latest, want} {
			got, err := Resolve(p)
			if err != nil {
				t.Fatal(err)
			}
			m, err := ReadManifest(got)
			if err != nil || m.Hash != "0123456789abcdef" {
				t.Fatal(m, err)
			}
			real, err := filepath.EvalSymlinks(got)
			if err != nil {
				t.Fatal(err)
			}
			if real != mustReal(t, want) {
				t.Errorf("%s is %s, want %s", p, real, want)
			}
		}
		list, err := List(root)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range list {
			s := e.Dir
			if e.Latest {
				s += "*"
			}
			if e.Err != nil || e.Manifest.Scenario != "wide" {
				t.Errorf("%s: %v", e.Dir, e.Err)
			}
			got = append(got, s)
		}
		var wants []string
		for _, d := range []string{a, b, own} {
			if d == want {
				d += "*"
			}
			wants = append(wants, d)
		}
		if !equal(got, wants) {
			t.Errorf("list %v, want %v", got, wants)
		}
	}
	for _, d := range []string{a, b, a} {
		if err := MarkLatest(d); err != nil {
			t.Fatal(err)
		}
		check(d)
	}
	// Where links fail, latest is a text file.
	if err := os.Remove(latest); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(latest, []byte("bbb\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	check(b)
	if err := MarkLatest(a); err != nil { // which a link may replace again
		t.Fatal(err)
	}
	check(a)
	for _, evil := range []string{"", "../../etc", "a/b", strings.Repeat("x", 300)} {
		os.Remove(latest)
		if err := os.WriteFile(latest, []byte(evil), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := Resolve(latest); err == nil {
			t.Errorf("%.20q resolves to %s", evil, got)
		}
	}
	// A folder of the name is somebody's: it stays.
	os.Remove(latest)
	if err := os.Mkdir(latest, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := MarkLatest(a); err == nil {
		t.Error("a folder called latest was replaced")
	}
	if list, err := List(filepath.Join(root, "none")); err != nil || len(list) != 0 {
		t.Errorf("no root gives %v, %v", list, err)
	}
	// A manifest that does not decode is listed with the reason.
	if err := os.WriteFile(filepath.Join(own, ManifestFile), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := List(root)
	if err != nil || len(list) != 3 || list[2].Err == nil || list[2].Manifest != nil {
		t.Errorf("a broken manifest is listed as %+v, %v", list, err)
	}
}

func mustReal(t *testing.T, p string) string {
	t.Helper()
	real, err := filepath.EvalSymlinks(p)
	if err != nil {
		t.Fatal(err)
	}
	return real
}
