package config

import (
	"fmt"
	"slices"
)

// Priors reads a file of common assumptions by the name a scenario gives it; file is its name for messages.
type Priors func(name string) (data []byte, file string, err error)

// every stands in a file of priors for every entry of a table: [party.any] for both parties.
const every = "any"

// common fills in, from the file of priors that the scenario names, what the scenario leaves out: entries
// of the tables it has, and of [clock]. An entry called any stands for every entry of its table, so
// that [party.any.negotiator] is that of both parties. What the scenario says itself stays.
func common(root *node, priors Priors) error {
	n := root.kid("priors")
	if n == nil {
		return nil
	}
	name, ok := n.value.(string)
	if !ok || name == "" {
		return nil // decoding says what is wrong with it
	}
	fail := func(format string, a ...any) error {
		return Problems{{Origin: n.at, Path: "priors", Msg: fmt.Sprintf(format, a...)}}
	}
	if priors == nil {
		return fail("%q cannot be read here", name)
	}
	data, file, err := priors(name)
	if err != nil {
		return fail("%v", err)
	}
	from, err := read(file, data)
	if err != nil {
		return err
	}
	for _, t := range from.kids {
		switch {
		case t.kind != table:
			return Problems{{Origin: t.keyAt, Path: t.path, Msg: "a file of priors holds tables only, such as [party.any] and [clock]"}}
		case t.key == "party" && (len(t.kids) != 1 || t.kids[0].key != every):
			return Problems{{Origin: t.keyAt, Path: t.path, Msg: "a file of priors knows [party.any] alone, which stands for both parties"}}
		}
		to := root.kid(t.key)
		if to == nil && t.key == "clock" {
			to = root.add("clock", t.keyAt, t.at)
		}
		if to == nil {
			continue
		}
		if to.kid("start") != nil || to.kid("summit") != nil {
			t.drop("rounds") // the dates say how long there is
		}
		to.lack(t)
	}
	return nil
}

// lack adds to a table the entries of another that it has not, words of source apart: those hold for the
// table they stand in. It goes into the tables that any stands
// for and into those with names of their own, never into a number's.
func (n *node) lack(from *node) {
	if n.kind != table {
		return
	}
	for _, k := range from.kids {
		have := n.kid(k.key)
		switch {
		case k.key == every:
			for _, e := range n.kids {
				e.lack(k)
			}
		case k.key == "source" || k.key == "assumed":
		case have == nil:
			n.add(k.key, k.keyAt, k.at).graft(k)
		case slices.Contains([]string{"negotiator", "interest", "red_line", "audience"}, k.key) && k.kind == table:
			have.lack(k)
		}
	}
}

// graft makes n hold what another tree's node holds, with its places.
func (n *node) graft(from *node) {
	n.kind, n.value = from.kind, from.value
	for _, k := range from.kids {
		n.add(k.key, k.keyAt, k.at).graft(k)
	}
}
