package importer

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// TOML writes the domain as a scenario of ours, on worth = "unit". Keys are the domain's names made
// fit for one (letters, digits and _), labels the names as they are. The first profile moves first, as
// in the field's protocols. Who plays is left open to four common strategies.
func (d *Domain) TOML() []byte {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("#:schema ./parley.schema.json")
	line("# %s, imported from %s.", oneLine(d.Name), d.formatName())
	line("question = %s", tomlString(fmt.Sprintf("%s: how near to the frontier do two negotiators get, and who gets more?", d.Name)))
	line("worth    = \"unit\"")
	line("runs     = 1_000")
	line("seed     = 1")
	line("")
	line("[issue]")
	keys := d.keys()
	for i := range d.Issues {
		is := &d.Issues[i]
		label := ""
		if keys[i] != is.Name {
			label = "label = " + tomlString(is.Name) + ", "
		}
		if is.Numbers != nil {
			line("%s = { %slevels = %s }", keys[i], label, tomlFloats(is.Numbers))
			continue
		}
		words := make([]string, len(is.Values))
		for k, w := range d.words(i) {
			words[k] = tomlString(w)
		}
		line("%s = { %schoices = [%s] }", keys[i], label, strings.Join(words, ", "))
	}
	parties := d.parties()
	for k := range d.Profiles {
		p := &d.Profiles[k]
		line("")
		line("[party.%s]", parties[k])
		line("name    = %s", tomlString(p.Name))
		line("no_deal = { value = %s, label = %s }", tomlFloat(p.Reservation), tomlString("reservation value of "+p.Name))
		line("source  = %s", tomlString(base(p.File)+", "+d.formatName()))
		if k == 0 {
			line("moves_first = { value = 1, label = \"whether the first profile opens\", assumed = \"as the field's protocols have it\" }")
		}
		if p.Discount != 1 {
			line("# The file's discount factor, %s, is not used: `parley duel` tells discounted utilities.", number(p.Discount))
		}
		line("[party.%s.interest]", parties[k])
		for i := range d.Issues {
			line("%s = { weight = %s, times = { %s = { values = %s } } }", keys[i], tomlFloat(p.Weight[i]), keys[i], tomlFloats(p.Eval[i]))
		}
		if p.Bias != 0 {
			ones := make([]float64, len(d.Issues[0].Values))
			for v := range ones {
				ones[v] = 1
			}
			line("%s = { weight = %s, times = { %s = { values = %s } } }", fresh("bias", keys), tomlFloat(p.Bias), keys[0], tomlFloats(ones))
		}
		line("[party.%s.negotiator]", parties[k])
		line("bidding  = { choice = { boulware = 1, conceder = 1, tit_for_tat = 1, micro = 1 }, assumed = \"each as often as the others\" }")
		line("accept   = \"next\"")
		line("opponent = \"frequency\"")
	}
	line("")
	line("[clock]")
	line("protocol = \"alternating_offers\"")
	line("rounds   = 100")
	line("")
	line("[output]")
	line("success = \"signed\"")
	return []byte(b.String())
}

func (d *Domain) formatName() string {
	switch d.Format {
	case "genius":
		return "GENIUS XML"
	case "geniusweb":
		return "GeniusWeb JSON"
	case "negolog":
		return "NegoLog JSON"
	case "negmas":
		return "NegMAS"
	}
	return "Parley"
}

// keys are the issues' names as keys, each different.
func (d *Domain) keys() []string {
	var keys []string
	for i := range d.Issues {
		keys = append(keys, fresh(keyOf(d.Issues[i].Name, "issue"), keys))
	}
	return keys
}

// reserved are the words that red lines read as their own.
var reserved = []string{"and", "or", "not", "in", "now"}

// keyOf makes a name a key: letters, digits and _, a letter first.
func keyOf(name, what string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			if b.Len() == 0 && r <= '9' {
				b.WriteString(what + "_")
			}
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	key := b.String()
	for _, r := range reserved {
		if strings.EqualFold(key, r) {
			return key + "_"
		}
	}
	if key == "" {
		return what
	}
	return key
}

// fresh is the key, with a number behind it if it is taken.
func fresh(key string, taken []string) string {
	for n, k := 2, key; ; n++ {
		used := false
		for _, t := range taken {
			used = used || strings.EqualFold(t, k)
		}
		if !used {
			return k
		}
		k = key + "_" + strconv.Itoa(n)
	}
}

// parties are the profiles' names as keys, without what they begin with alike: Itex and Cypress of
// ItexvsCypress_Itex and ItexvsCypress_Cypress.
func (d *Domain) parties() [2]string {
	a, b := d.Profiles[0].Name, d.Profiles[1].Name
	cut := 0
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if strings.ContainsRune("_- .", rune(a[i])) {
			cut = i + 1
		}
	}
	first := keyOf(a[cut:], "party")
	return [2]string{first, fresh(keyOf(b[cut:], "party"), []string{first})}
}

// words are an issue's values as choices of a scenario, each different: no quotes, no line ends, not
// empty.
func (d *Domain) words(i int) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range d.Issues[i].Values {
		w := strings.ReplaceAll(oneLine(v), `"`, "'")
		if w == "" {
			w = "(empty)"
		}
		for n, k := 2, w; ; n++ {
			if !seen[k] {
				w = k
				break
			}
			k = w + " (" + strconv.Itoa(n) + ")"
		}
		seen[w] = true
		out = append(out, w)
	}
	return out
}

// oneLine is a text without line ends and other characters that cannot be seen.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " ")))
}

func tomlString(s string) string {
	s = oneLine(s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func tomlFloat(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func tomlFloats(list []float64) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = tomlFloat(x)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func base(path string) string {
	if at := strings.LastIndexAny(path, `/\`); at >= 0 {
		return path[at+1:]
	}
	return path
}
