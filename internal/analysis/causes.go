package analysis

import (
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/store"
)

// losses splits what is lost between the stages by cause.
func (f *Fold) losses() []Loss {
	n := f.counted()
	list := []Loss{{Key: "never_possible"}, {Key: "not_found"}, {Key: "refused"}, {Key: "broke"}}
	at := map[string]int{}
	for i, l := range list {
		at[l.Key] = i
	}
	levels := schemaLevels(f.l, f.l.cause)
	total := make([]int64, len(list))
	for i, key := range levels {
		c := f.causes[i]
		k, ok := at[lossOf(key)]
		if c == 0 || !ok {
			continue
		}
		cause := explain(key, f.l.brief)
		cause.Share = ShareOf(c, n)
		list[k].Causes = append(list[k].Causes, cause)
		total[k] += c
	}
	// What has no cause of its stage counts all the same.
	for k, st := range []stage{impossible, unfound, signed, ratified} {
		if rest := f.reached[st] - total[k]; rest > 0 {
			list[k].Causes = append(list[k].Causes, Cause{Kind: "other", Words: "no cause given", Share: ShareOf(rest, n)})
			total[k] += rest
		}
	}
	out := list[:0]
	for k, l := range list {
		if total[k] == 0 {
			continue
		}
		l.Share = ShareOf(total[k], n)
		sort.SliceStable(l.Causes, func(i, j int) bool { return l.Causes[i].Share.N > l.Causes[j].Share.N })
		out = append(out, l)
	}
	return out
}

func lossOf(cause string) string {
	head, _, _ := strings.Cut(cause, ":")
	switch head {
	case "no_zopa":
		return "never_possible"
	case "deadline", "walk_out":
		return "not_found"
	case "refused", "broke":
		return head
	}
	return ""
}

// explain puts a cause in words.
func explain(key string, brief *store.Brief) Cause {
	head, name, _ := strings.Cut(key, ":")
	c := Cause{Key: key, Name: name, Kind: "other", Words: key}
	switch head {
	case "no_zopa":
		if name == "interests" || name == "" {
			c.Kind, c.Words = "interests", "interests too far apart"
			break
		}
		c.Kind = "red_line"
		c.Party, c.Words = redLines(name, brief)
	case "deadline":
		c.Kind, c.Words = "deadline", "the summit came first"
		if brief.Clock.Summit == "" {
			c.Words = "time ran out"
		}
	case "walk_out":
		c.Kind, c.Words = "walk_out", "walked out"
		if p, ok := party(name, brief); ok {
			c.Party, c.Words = p.Key, p.Short+" walked out"
		}
	case "refused":
		c.Kind = "audience"
		who, audience, _ := strings.Cut(name, ".")
		c.Words = "refused by " + words(name)
		if p, ok := party(who, brief); ok {
			c.Party, c.Words = p.Key, p.Short+": "+words(audience)
		}
	case "broke":
		c.Kind, c.Words = "breach", words(name)
		if name == "expired" {
			c.Words = "ran out, not renewed"
		}
		who, how, ok := strings.Cut(name, ".")
		if p, known := party(who, brief); ok && known {
			c.Party = p.Key
			if w, plain := brokeWords[how]; plain {
				c.Words = p.Short + " " + w
			}
		}
	}
	return c
}

// brokeWords are the ways in which a party ends a deal.
var brokeWords = map[string]string{"breach": "breach seen", "false_alarm": "false alarm", "withdrawal": "leaves"}

// redLines reads PARTY.LINE, or several joined by a plus sign: the smallest set whose removal opens
// the room for a deal.
func redLines(name string, brief *store.Brief) (whose, text string) {
	lines := strings.Split(name, "+")
	parts := make([]string, 0, len(lines))
	for i, line := range lines {
		who, key, _ := strings.Cut(line, ".")
		p, ok := party(who, brief)
		if !ok {
			parts = append(parts, words(line))
			continue
		}
		switch {
		case i == 0:
			whose = p.Key
		case whose != p.Key:
			whose = "" // both sides' together
		}
		part := p.Short + " red line " + words(key)
		if t := p.Lines[key]; t != "" {
			part += " (" + t + ")"
		}
		parts = append(parts, part)
	}
	return whose, strings.Join(parts, " with ")
}

func party(key string, brief *store.Brief) (store.BriefParty, bool) {
	for _, p := range brief.Parties {
		if p.Key == key {
			if p.Short == "" {
				p.Short = p.Key
			}
			return p, true
		}
	}
	return store.BriefParty{}, false
}

// words is a key as a reader would write it.
func words(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "_", " "), ":", ", ")
}
