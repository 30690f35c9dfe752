package analysis

import (
	"strings"

	"github.com/parley-sim/parley/internal/store"
)

// Threats is what one party's threats came to while they talked, over all counted runs.
type Threats struct {
	Party      string `json:"party"`
	Made       int64  `json:"made"`
	Met        int64  `json:"met"`         // the other side gave way, or a deal came before the date
	Imposed    int64  `json:"imposed"`     // carried out
	BackedDown int64  `json:"backed_down"` // the date passed with neither
}

// Of the columns of threats, those that are counted, in this order for each party.
var threatNames = []string{"threats_made.", "threats_met.", "threats_imposed.", "threats_backed_down."}

// layThreats finds the columns of threats; none where nobody threatens.
func (l *layout) layThreats(find func(string) int) {
	for _, p := range l.brief.Parties {
		for _, name := range threatNames {
			if c := find(name + p.Key); c >= 0 {
				l.threats = append(l.threats, c)
			}
		}
	}
	if len(l.threats) != len(threatNames)*len(l.brief.Parties) {
		l.threats = nil
	}
}

func (f *Fold) addThreats(r store.Row) {
	for i, c := range f.l.threats {
		if r[c] != store.Missing {
			f.threats[i] += int64(r[c])
		}
	}
}

// threatList is the summary's, nil where nobody threatens.
func (f *Fold) threatList() []Threats {
	var out []Threats
	for i := 0; i < len(f.l.threats); i += len(threatNames) {
		n := f.threats[i:]
		_, key, _ := strings.Cut(f.l.schema.Columns[f.l.threats[i]].Name, ".")
		out = append(out, Threats{Party: key, Made: n[0], Met: n[1], Imposed: n[2], BackedDown: n[3]})
	}
	return out
}
