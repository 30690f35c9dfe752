package chart

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// Liberation Sans, whose metrics are Arial's, so that a page that falls back keeps its alignment.
const (
	ascent  = 0.905 // of the em, above the baseline
	descent = 0.212 // below it
	capital = 0.729 // height of a capital
)

// Type sizes, px.
const (
	titleSize    = 18
	subtitleSize = 13
	labelSize    = 13
	tickSize     = 12
	footSize     = 11
)

// align says which point of a text its x is.
type align uint8

const (
	left align = iota
	centre
	right
)

// style is how a text is set.
type style struct {
	size   float64
	role   Role
	bold   bool
	italic bool
	align  align
	halo   bool // a rectangle of the ground behind it
	ground Role // the colour of that rectangle
}

var (
	label = style{size: labelSize, role: Ink}
	tick  = style{size: tickSize, role: Text2}
	foot  = style{size: footSize, role: Grey3}
)

func (t style) in(r Role) style       { t.role = r; return t }
func (t style) at(a align) style      { t.align = a; return t }
func (t style) sized(s float64) style { t.size = s; return t }
func (t style) strong() style         { t.bold = true; return t }
func (t style) haloed() style         { t.halo = true; return t }

var fonts = sync.OnceValue(func() map[[2]bool]*opentype.Font {
	m := make(map[[2]bool]*opentype.Font)
	for k, ttf := range map[[2]bool][]byte{
		{false, false}: liberationsansregular.TTF,
		{true, false}:  liberationsansbold.TTF,
		{false, true}:  liberationsansitalic.TTF,
	} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic("chart: font: " + err.Error())
		}
		m[k] = f
	}
	return m
})

// face is the font of a style.
func (t style) face() font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(t.size)}
	if t.bold {
		f.Weight = xfont.WeightBold
	} else if t.italic {
		f.Style = xfont.StyleItalic
	}
	return font.Face{Font: f, Face: fonts()[[2]bool{t.bold, t.italic && !t.bold}]}
}

// width is how wide a text is, px. A rune that the font lacks counts one em, which is what a browser
// needs for it at most.
func (t style) width(s string) float64 {
	f := t.face()
	w := float64(f.Width(s))
	var buf sfnt.Buffer
	for _, r := range s {
		if r < 0x250 {
			continue
		}
		if i, err := f.Face.GlyphIndex(&buf, r); err == nil && i == 0 {
			w += t.size
		}
	}
	return w
}

// nbsp is a space at which no line breaks.
const nbsp = '\u00a0'

// clean makes a string fit to be drawn: valid UTF-8, no control characters, single spaces.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == nbsp:
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || unicode.IsControl(r) || r == 0xfffe || r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// wrap breaks a text into lines no wider than w; a word that is wider alone is broken between runes.
func (t style) wrap(s string, w float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(clean(s), " ") {
		if word == "" {
			continue
		}
		for word != "" && t.width(word) > w {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			k := t.prefix(word, w)
			lines, word = append(lines, word[:k]), word[k:]
		}
		switch {
		case word == "":
		case line == "":
			line = word
		case t.width(line+" "+word) <= w:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// upTo is wrap with at most n lines, the last cut.
func (t style) upTo(n int, s string, w float64) []string {
	lines := t.balance(s, w)
	if len(lines) > n {
		lines = t.wrap(s, w)
		lines[n-1] = t.fit(strings.Join(lines[n-1:], " "), w)
		lines = lines[:n]
	}
	return lines
}

// prefix is the length in bytes of the longest start of s no wider than w, at least one rune.
func (t style) prefix(s string, w float64) int {
	_, first := utf8.DecodeRuneInString(s)
	k := first
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		if end > first && t.width(s[:end]) > w {
			break
		}
		k = end
	}
	return k
}

// balance is wrap with lines of about the same length.
func (t style) balance(s string, w float64) []string {
	lines := t.wrap(s, w)
	if len(lines) < 2 {
		return lines
	}
	lo, hi := w/float64(len(lines)+1), w
	for hi-lo > 2 {
		mid := (lo + hi) / 2
		if len(t.wrap(s, mid)) > len(lines) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return t.wrap(s, hi)
}

// fit cuts a text to a width, with an ellipsis where it was cut.
func (t style) fit(s string, w float64) string {
	s = clean(s)
	if t.width(s) <= w {
		return s
	}
	return strings.TrimRight(s[:t.prefix(s, w-t.width("…"))], " ,;:") + "…"
}
