//go:build !unix

package sim_test

import "time"

var began = time.Now()

// cpu stands in for processor time where there is no getrusage.
func cpu() time.Duration { return time.Since(began) }
