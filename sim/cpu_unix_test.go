//go:build unix

package sim_test

import (
	"syscall"
	"time"
)

// cpu is the processor time this process has used: on a busy machine a fairer measure than the wall.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
