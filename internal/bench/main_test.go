package main

import "testing"

func TestParseBench(t *testing.T) {
	text := `goos: linux
BenchmarkHub/madrid-2   	     100	   1234 ns/op	 13.5 Moffers/s	       0 B/op	       0 allocs/op
BenchmarkHub/madrid-2   	     100	   1300 ns/op	 12.5 Moffers/s	       0 B/op	       1 allocs/op
BenchmarkHub/large-2    	     100	   2300 ns/op	 11.5 Moffers/s	       0 B/op	       0 allocs/op
PASS`
	rates, err := parseBench(text, "Moffers/s", true)
	if err != nil || rates["BenchmarkHub/madrid-2"] != 13.5 || worst(rates, true) != 11.5 {
		t.Errorf("rates %v, %v", rates, err)
	}
	times, err := parseBench(text, "ns/op", false)
	if err != nil || times["BenchmarkHub/madrid-2"] != 1234 || worst(times, false) != 2300 {
		t.Errorf("times %v, %v", times, err)
	}
	if _, err := parseBench(text, "furlongs", false); err == nil {
		t.Error("an unknown metric must be an error")
	}
}

func TestTarget(t *testing.T) {
	if tg := atMost(1e6, "ns"); !tg.met(999_999) || tg.met(1_000_001) || tg.String() != "at most 1.00 ms" {
		t.Errorf("at most 1 ms prints %q", tg)
	}
	if tg := atLeast(10, "M offers/s"); tg.met(9.9) || !tg.met(10) || tg.String() != "at least 10.0 M offers/s" {
		t.Errorf("at least 10 prints %q", tg)
	}
}
