package chart

import (
	"fmt"
	"strings"
)

// Figure is one chart: plain data that can say and draw what it shows.
type Figure interface {
	Name() string    // stem of its files, without a number: "funnel"
	Title() string   // the finding, tested on the data
	Subtitle() Rich  // unit, n, what was fixed
	Alt() string     // chart type, finding, three to five numbers
	CSV() [][]string // its numbers; the first row is the header
	Check() error    // nil if the data can be drawn
	footer() Made    // where it comes from
	draw(s *sheet)   // draws the body, s.w pixels wide, down from y = 0, and leaves its height in s.h
}

// Size is one of the two drawings.
type Size uint8

const (
	Wide   Size = iota // 800 px, for a desk and for paper
	Narrow             // 358 px, for a phone
)

// Made says where a figure comes from; it stands in the footer.
type Made struct {
	Source string // "Parley, madrid, seed 7"
	Note   string // in italics at the right; may be empty
}

func (m Made) footer() Made { return m }

// Side is a party's seat, or neither.
type Side uint8

const (
	Neither Side = iota
	FirstSide
	SecondSide
)

// Role is the side's colour.
func (s Side) Role() Role { return [...]Role{Grey3, First, Second}[s] }

// Tint is the side's pale colour.
func (s Side) Tint() Role { return [...]Role{Grid, FirstTint, SecondTint}[s] }

// Text is the colour of text about the side.
func (s Side) Text() Role { return [...]Role{Text2, First, Second}[s] }

// Party names a side.
type Party struct {
	Name  string // United States
	Short string // US
}

// Parties are the two sides, in seat order.
type Parties [2]Party

// initials tells whether a short name is read as letters and takes an article: the US, the EU.
func initials(s string) bool {
	return len(s) >= 2 && len(s) <= 3 && s == strings.ToUpper(s) && s != strings.ToLower(s)
}

// The is the side as a subject: "the US", "China", "neither".
func (p Parties) The(s Side) string {
	if s == Neither {
		return "neither"
	}
	n := p.short(s)
	if initials(n) {
		return "the " + n
	}
	return n
}

// gets is the side with its verb: "the US gets".
func (p Parties) gets(s Side) string { return p.The(s) + " gets" }

// Whose is the side as an owner: "the US", "China’s"; before a noun.
func (p Parties) Whose(s Side) string {
	if s == Neither {
		return "neither side’s"
	}
	n := p.short(s)
	switch {
	case initials(n):
		return "the " + n
	case strings.HasSuffix(n, "s"):
		return n + "’"
	}
	return n + "’s"
}

// names are the words that keep their capital within a sentence.
func (p Parties) names() []string { return []string{p[0].Short, p[0].Name, p[1].Short, p[1].Name} }

// short is the short name, the name, or the seat.
func (p Parties) short(s Side) string {
	if s == Neither {
		return "neither"
	}
	q := p[s-1]
	switch {
	case q.Short != "":
		return clip(q.Short)
	case q.Name != "":
		return clip(q.Name)
	}
	return [...]string{"", "first", "second"}[s]
}

// clip keeps a name to a length that sentences can bear.
func clip(s string) string {
	const most = 28
	s = clean(s)
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// long is the full name, or what stands for it, with the article where it needs one.
func (p Parties) long(s Side) string {
	n := clip(p[s-1].Name)
	if n == "" {
		return p.The(s)
	}
	if strings.HasPrefix(n, "United ") {
		return "the " + n
	}
	return n
}

// Success is what the scenario counts as one.
type Success string

const (
	Signed   Success = "signed"
	Ratified Success = "ratified"
	Lasting  Success = "lasting"
)

// Deals is the noun: "lasting deals".
func (s Success) Deals() string { return s.adjective() + " deals" }

// Deal is the noun, one of it: "lasting deal".
func (s Success) Deal() string { return s.adjective() + " deal" }

// End completes "talks end in ...": "a deal that lasts".
func (s Success) End() string {
	if s == Lasting {
		return "a deal that lasts"
	}
	return "a " + s.adjective() + " deal"
}

// that is the noun at length: "deals that last".
func (s Success) that() string {
	if s == Lasting {
		return "deals that last"
	}
	return s.adjective() + " deals"
}

func (s Success) adjective() string {
	if s == "" {
		return string(Signed)
	}
	return string(s)
}

func (s Success) check() error {
	switch s {
	case "", Signed, Ratified, Lasting:
		return nil
	}
	return fmt.Errorf("success: %q is not one of signed, ratified, lasting", string(s))
}

// Span is a piece of text in one style.
type Span struct {
	Text   string
	Role   Role // BG means the surrounding text's own colour
	Bold   bool
	Swatch bool // a small square of the colour stands before it
}

// text is the role of the span's letters: grey3 is too pale for text.
func (s Span) text() Role {
	if s.Role == Grey3 {
		return Text2
	}
	if s.Role == Warn {
		return WarnText
	}
	return s.Role
}

// Rich is text with coloured key words. A Span whose text is "\n" starts a new line.
type Rich []Span

// Plain makes text without key words.
func Plain(s string) Rich { return Rich{{Text: s}} }

// String is the text alone, on one line.
func (r Rich) String() string {
	var b strings.Builder
	for _, s := range r {
		if s.Text == "\n" {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(s.Text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
