package analysis

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/parley-sim/parley/internal/store"
)

// stage is how far a run came.
type stage uint8

const (
	impossible stage = iota // no deal that both prefer to none
	unfound                 // possible, not found
	signed                  // signed, then refused at home
	ratified                // ratified, then broken
	lasting
	stages
)

// stageNames are the stages a deal can be asked to reach.
var stageNames = [stages]string{signed: "signed", ratified: "ratified", lasting: "lasting"}

// endKind is one way to end, for Endings.
type endKind struct{ key, party string }

// layout is what the columns of a schema are for, looked up once.
type layout struct {
	schema store.Schema
	brief  *store.Brief

	run, status, cause, round, date int // places; -1 if there is no such column
	ratified                        int
	share, epsilon                  int
	worth, ideal, agent             [2]int
	issues                          []issueColumn // as Brief.Issues
	draws                           []int
	delivery                        []int
	threats                         []int
	parts                           []int
	after                           afterColumns
	factors                         int // how many of draws are set by a design

	statuses []statusOf // by level of status
	ends     []endKind
	endOf    []uint8 // by level of cause: the kind of a run without a deal
	goal     stage   // the stage that counts as success
	start    int64   // days since 1970 of the clock's start
	dated    bool    // time is days since the start, else rounds
}

type statusOf uint8

const (
	isError statusOf = iota
	isNoDeal
	isRefused
	isBroke
	isLasting
	isSigned // and nothing after the signature was played
)

var statusNames = []string{isError: "error", isNoDeal: "no_deal", isRefused: "refused", isBroke: "broke", isLasting: "lasting", isSigned: "signed"}

// The kinds of ends that every layout has, in the order of Endings.Kinds; walk-outs come between.
const (
	endSuccess = iota
	endBroke
	endRefused
	endFirstOther
)

type issueColumn struct {
	at     int
	levels []int           // Level columns: index of the level among the issue's values; -1 unknown
	values map[float64]int // Float columns
}

// newLayout fails if columns that no summary can do without are missing.
func newLayout(schema store.Schema, brief *store.Brief) (*layout, error) {
	l := &layout{schema: schema, brief: brief}
	place := make(map[string]int, len(schema.Columns))
	for i, c := range schema.Columns {
		place[c.Name] = i
	}
	find := func(name string) int {
		if i, ok := place[name]; ok {
			return i
		}
		return -1
	}
	l.run, l.status, l.cause = find("run"), find("status"), find("cause")
	l.round, l.date, l.ratified = find("round"), find("date"), find("ratified")
	l.share, l.epsilon = find("share_left"), find("left_epsilon")
	if l.run < 0 || l.status < 0 || l.cause < 0 {
		return nil, fmt.Errorf("rows without the columns run, status and cause cannot be summed up")
	}
	if len(brief.Parties) != 2 {
		return nil, fmt.Errorf("a summary is of two parties, not %d", len(brief.Parties))
	}
	for i, p := range brief.Parties {
		l.worth[i], l.ideal[i], l.agent[i] = find("worth."+p.Key), find("ideal."+p.Key), find("agent."+p.Key)
	}
	for _, is := range brief.Issues {
		l.issues = append(l.issues, newIssueColumn(find("issue."+is.Key), schema, is))
	}
	for i, c := range schema.Columns {
		switch c.Role {
		case "draw", "factor":
			l.factors += int(one(c.Role == "factor"))
			l.draws = append(l.draws, i)
		case "delivery":
			l.delivery = append(l.delivery, i)
		case "part":
			l.parts = append(l.parts, i)
		}
	}
	l.layAfter(find)
	l.layThreats(find)
	switch brief.Success {
	case "signed":
		l.goal = signed
	case "ratified":
		l.goal = ratified
	case "lasting", "":
		l.goal = lasting
	default:
		return nil, fmt.Errorf("success = %q: allowed are signed, ratified, lasting", brief.Success)
	}
	for _, name := range schema.Columns[l.status].Levels {
		s := -1
		for k, n := range statusNames {
			if n == name {
				s = k
			}
		}
		if s < 0 {
			return nil, fmt.Errorf("status %q: known are %s", name, strings.Join(statusNames, ", "))
		}
		l.statuses = append(l.statuses, statusOf(s))
	}
	l.layEnds()
	if d, ok := parseDate(brief.Clock.Start); ok && l.date >= 0 {
		l.start, l.dated = d, true
	}
	return l, nil
}

func newIssueColumn(at int, schema store.Schema, is store.BriefIssue) issueColumn {
	c := issueColumn{at: at}
	switch {
	case at < 0:
	case schema.Columns[at].Kind == store.Level:
		for _, name := range schema.Columns[at].Levels {
			k := -1
			for i, v := range is.Values {
				if v == name {
					k = i
				}
			}
			c.levels = append(c.levels, k)
		}
	default:
		c.values = make(map[float64]int, len(is.Numbers))
		for i, v := range is.Numbers {
			c.values[v] = i
		}
	}
	return c
}

// value is the index of the row's value of the issue; -1 if it has none.
func (c *issueColumn) value(r store.Row) int {
	if c.at < 0 || r[c.at] == store.Missing {
		return -1
	}
	if c.levels != nil {
		if r[c.at] < uint64(len(c.levels)) {
			return c.levels[r[c.at]]
		}
		return -1
	}
	if i, ok := c.values[r.F(c.at)]; ok {
		return i
	}
	return -1
}

// layEnds gives every cause its kind of end.
func (l *layout) layEnds() {
	l.ends = []endKind{{key: "success"}, {key: "broke"}, {key: "refused"}}
	if l.goal != lasting {
		l.ends[endBroke].key = "signed" // never used: what broke has succeeded
	}
	at := map[endKind]int{}
	add := func(k endKind) {
		if _, ok := at[k]; !ok {
			at[k] = len(l.ends)
			l.ends = append(l.ends, k)
		}
	}
	for _, p := range l.brief.Parties {
		add(endKind{"walk_out", p.Key})
	}
	add(endKind{"walk_out", ""})
	add(endKind{"deadline", ""})
	add(endKind{"never_possible", ""})
	for _, level := range l.schema.Columns[l.cause].Levels {
		k := endKind{"deadline", ""}
		head, rest, _ := strings.Cut(level, ":")
		switch head {
		case "no_zopa":
			k = endKind{"never_possible", ""}
		case "walk_out":
			k = endKind{"walk_out", rest}
			if _, ok := at[k]; !ok {
				k.party = ""
			}
		}
		l.endOf = append(l.endOf, uint8(at[k]))
	}
}

// key tells layouts apart that count different things.
func (l *layout) key() uint64 {
	h := fnv.New64a()
	put := func(parts ...string) {
		for _, p := range parts {
			fmt.Fprintf(h, "%d:%s,", len(p), p)
		}
	}
	for _, c := range l.schema.Columns {
		put(c.Name, string(c.Kind), c.Role)
		put(c.Levels...)
	}
	put(l.brief.Success, l.brief.Clock.Start)
	for _, p := range l.brief.Parties {
		put(p.Key)
	}
	for _, is := range l.brief.Issues {
		put(is.Key)
		put(is.Values...)
	}
	return h.Sum64()
}

// numberOf finds what is known of the number behind a draw column.
func numberOf(brief *store.Brief, c *store.Column) (key string, ev Evidence) {
	key = strings.TrimPrefix(strings.TrimPrefix(c.Name, "draw."), "factor.")
	for i := range brief.Numbers {
		if n := &brief.Numbers[i]; n.Key == key {
			return key, evidence(n)
		}
	}
	if c.Assumed {
		return key, Assumed
	}
	return key, Bare
}

func evidence(n *store.Number) Evidence {
	switch {
	case n.Assumed != "":
		return Assumed
	case n.Source != "":
		return Sourced
	}
	return Bare
}
