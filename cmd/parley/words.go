package main

import (
	"fmt"
	"time"
)

// about is a time to come, in words: as rough as it is known.
func about(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 100*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 100*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 2*day:
		return fmt.Sprintf("%.0f h", d.Hours())
	case d < 2*365*day:
		return fmt.Sprintf("%.0f days", d.Hours()/24)
	case d < 100*365*day:
		return fmt.Sprintf("%.0f years", d.Hours()/24/365)
	}
	return "more than 100 years"
}

// diskSpace is an amount of disk, in powers of ten.
func diskSpace(n uint64) string {
	v, unit := float64(n), 0
	for v >= 999.5 && unit < 6 {
		v, unit = v/1000, unit+1
	}
	if v < 9.95 && unit > 0 {
		return fmt.Sprintf("%.1f %s", v, units[unit])
	}
	return fmt.Sprintf("%.0f %s", v, units[unit])
}

var units = []string{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"}
