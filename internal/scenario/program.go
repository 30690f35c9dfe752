package scenario

import (
	"fmt"
	"strings"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
)

// execPrefix stands before a command line in the place of a bidding strategy.
const execPrefix = "exec:"

// programBatch is how many talks are live where programs take part: enough for a line of them to be worth its way.
const programBatch = 64

// ProgramError says that a scenario names a program, which would have to be run and may not.
type ProgramError struct{ Command string }

func (e *ProgramError) Error() string {
	return fmt.Sprintf("the scenario names a program, exec:%s, which is not run unasked", e.Command)
}

// Programs are the command lines that may play.
func (m *Model) Programs() []string {
	var out []string
	for s := range m.sides {
		for _, b := range m.sides[s].agent.biddings {
			if cmd, ok := strings.CutPrefix(b, execPrefix); ok {
				out = append(out, cmd)
			}
		}
	}
	return out
}

// Playable reports whether the scenario can be played as it was compiled: all who play are of this process, or may be run.
func (m *Model) Playable() bool { return m.allowExec || len(m.Programs()) == 0 }

// newHost is a host for the scenario's programs; nil where it has none, or may run none.
func (m *Model) newHost() *external.Host {
	if !m.allowExec || len(m.Programs()) == 0 {
		return nil
	}
	return external.NewHost(external.Options{Deadline: m.patience})
}

// seat makes a negotiator of this process or a program's place.
func seat(spec agents.Spec, host *external.Host) (agents.Negotiator, error) {
	cmd, ok := strings.CutPrefix(spec.Bidding, execPrefix)
	if !ok {
		return agents.New(spec)
	}
	if host == nil {
		return nil, &ProgramError{cmd}
	}
	n, err := host.Negotiator(cmd)
	if err != nil {
		return nil, err
	}
	return n.(agents.Negotiator), nil
}

// close ends the programs a worker has started.
func (w *worker) close() {
	if w.host != nil {
		w.host.Close()
	}
}
