//go:build unix

package external

import (
	"os/exec"
	"syscall"
)

// group puts a command into a process group of its own, so that what it starts ends with it.
func group(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func slay(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
