package importer

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// File is one file of an exported domain.
type File struct {
	Name string
	Text []byte
}

// Genius writes the domain as GENIUS XML: stem.xml and a profile for each side. What GENIUS reads of it
// is worth what it is worth here, to rounding. GENIUS divides evaluations by the highest of their
// issue, so they are written as shares of it and the weight is scaled; numbers are written item by
// item, as NegMAS does. GENIUS cannot say a bias, or an issue whose values are all worth less than
// nothing: those are errors.
func (d *Domain) Genius(stem string) ([]File, error) {
	files := []File{{stem + ".xml", d.geniusXML(nil)}}
	for k, key := range d.parties() {
		p := &d.Profiles[k]
		if p.Bias != 0 {
			return nil, fmt.Errorf("%s adds %v to every outcome, which GENIUS XML cannot say", p.Name, p.Bias)
		}
		for i, ev := range p.Eval {
			most, least := extremes(ev)
			if most <= 0 && least < 0 && p.Weight[i] != 0 {
				return nil, fmt.Errorf("%s: no value of issue %q is worth more than 0 and some are worth less, which GENIUS XML cannot say", p.Name, d.Issues[i].Name)
			}
		}
		files = append(files, File{fmt.Sprintf("%s_profile%d_%s.xml", stem, k+1, key), d.geniusXML(p)})
	}
	return files, nil
}

func extremes(list []float64) (most, least float64) {
	most, least = math.Inf(-1), math.Inf(1)
	for _, x := range list {
		most, least = math.Max(most, x), math.Min(least, x)
	}
	return most, least
}

// geniusXML writes the domain file, or with a profile that side's.
func (d *Domain) geniusXML(p *Profile) []byte {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	if p == nil {
		line("<negotiation_template>")
	}
	line(`<utility_space number_of_issues="%d">`, len(d.Issues))
	line(`<objective index="0" name=%s description="" type="objective" etype="objective">`, quoted(d.Name))
	for i := range d.Issues {
		is := &d.Issues[i]
		line(`  <issue index="%d" name=%s type="discrete" etype="discrete" vtype="discrete">`, i+1, quoted(is.Name))
		most := 0.0
		if p != nil {
			most, _ = extremes(p.Eval[i])
		}
		for v, name := range is.Values {
			if p == nil {
				line(`    <item index="%d" value=%s/>`, v+1, quoted(name))
				continue
			}
			x := 0.0
			if most > 0 {
				x = p.Eval[i][v] / most
			}
			line(`    <item index="%d" value=%s evaluation="%s"/>`, v+1, quoted(name), number(x))
		}
		line(`  </issue>`)
		if p != nil {
			line(`  <weight index="%d" value="%s"/>`, i+1, number(p.Weight[i]*math.Max(most, 0)))
		}
	}
	line(`</objective>`)
	if p != nil {
		line(`<discount_factor value="%s"/>`, number(p.Discount))
		line(`<reservation value="%s"/>`, number(p.Reservation))
	}
	line(`</utility_space>`)
	if p == nil {
		line("</negotiation_template>")
	}
	return []byte(b.String())
}

// quoted is an attribute's value.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	b.WriteByte('"')
	return b.String()
}
