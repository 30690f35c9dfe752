package sim

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// SeatSet is a set of seats: bit 0 for seat 0, bit 1 for seat 1.
type SeatSet uint8

// The sets a protocol can ask.
const (
	Seat0 SeatSet = 1 << iota
	Seat1
	Both = Seat0 | Seat1
)

// One is the set of this seat alone.
func One(seat int) SeatSet { return SeatSet(1) << seat }

// Protocol is the rules of the talk. It keeps nothing of its own: what it must remember of a session
// lies in the Session, so one value serves any number of sessions and goroutines.
//
// The table calls Open once, and then by turns Turn, which says who moves and sets what they see
// (Session.Show, Session.ShowDraft), and, when they have moved, Judge, until Judge or Turn has ended the session.
type Protocol interface {
	// Name is the word used in scenario files.
	Name() string
	Open(s *Session)
	Turn(s *Session) SeatSet
	Judge(s *Session)
}

// Info describes a protocol.
type Info struct {
	Name        string // the word used in scenario files
	Description string // one sentence
	Round       string // what a round is
	Knows       string // what each side knows and what the table keeps to itself
	Source      string // the paper
	Protocol    Protocol
}

// Protocols are the protocols by name.
func Protocols() []Info {
	return []Info{alternatingInfo, lastOfferInfo, concessionInfo, singleTextInfo}
}

// ProtocolNamed finds a protocol by name. The error lists the names there are and the nearest.
func ProtocolNamed(name string) (Protocol, error) {
	all := Protocols()
	names := make([]string, len(all))
	best, near := len(name)/2+1, ""
	for i := range all {
		if all[i].Name == name {
			return all[i].Protocol, nil
		}
		names[i] = all[i].Name
		if d := levenshtein.ComputeDistance(strings.ToLower(name), names[i]); d < best {
			best, near = d, names[i]
		}
	}
	msg := fmt.Sprintf("no protocol is called %q (there are %s)", name, strings.Join(names, ", "))
	if near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, fmt.Errorf("%s", msg)
}
