package sim

// Once is a source of one session, and no more: for a single talk at a table of its own.
func Once(s Setup) Source { return &once{set: s} }

type once struct {
	set  Setup
	done bool
}

func (o *once) Next(_ int, s *Setup) bool {
	if o.done {
		return false
	}
	o.done, *s = true, o.set
	return true
}
