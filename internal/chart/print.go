package chart

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Style says how a figure is printed.
type Style struct {
	Size  Size
	Theme Theme // PNG and PDF only: an SVG carries both
	Bare  bool  // without title, subtitle and footer, for a page that sets them itself
}

// dpi makes 1,600 pixels of the wide drawing.
const dpi = 144

// ErrEmpty is what Check returns for a figure without data.
var ErrEmpty = errors.New("no data")

// sheetOf lays a figure out. A bare drawing is 800 or 358 px wide and has no margins.
func sheetOf(f Figure, st Style) (s *sheet, err error) {
	if err := f.Check(); err != nil {
		return nil, fmt.Errorf("chart: %s: %w", f.Name(), err)
	}
	margin, width := 24.0, 800.0
	if st.Size == Narrow {
		margin, width = 16, 358+32
	}
	if st.Bare {
		b := &sheet{w: width, size: st.Size}
		if st.Size == Narrow {
			b.w = 358
		}
		f.draw(b)
		return b, b.err
	}
	s = &sheet{w: width, size: st.Size}
	inner := width - 2*margin
	s.put(func(p *press) { p.fill(p.path([]pt{{0, 0}, {s.w, 0}, {s.w, s.h}, {0, s.h}}, true), BG) })
	title := style{size: titleSize, role: Ink, bold: true}
	if s.narrow() {
		title.size = 17
	}
	y := margin + ascent*title.size - 2
	y = s.lines(margin, y, title.size+5, title, title.balance(f.Title(), inner))
	y -= 1
	y += 18 * float64(s.rich(margin, y, inner, 18, style{size: subtitleSize, role: Text2}, f.Subtitle()))
	body := &sheet{w: inner, size: st.Size}
	f.draw(body)
	y += 8
	s.include(body, margin, y)
	y += body.h + 30
	m := f.footer()
	s.text(margin, y, foot, foot.fit(m.Source, inner*0.7))
	note := foot.at(right)
	note.italic = true
	s.text(width-margin, y, note, note.fit(m.Note, inner*0.28))
	s.h = float64(int(y + 17.5))
	return s, s.err
}

// print puts the sheet on a vector canvas.
func (s *sheet) print(c vg.Canvas, t Theme, text func(*press, style, vg.Point, string)) error {
	p := &press{
		dc:    draw.Canvas{Canvas: c, Rectangle: vg.Rectangle{Max: vg.Point{X: vg.Length(s.w), Y: vg.Length(s.h)}}},
		theme: t, height: s.h, text: text,
	}
	for _, m := range s.marks {
		m(p)
	}
	return s.err
}

func plainText(p *press, st style, at vg.Point, str string) { p.dc.FillString(st.face(), at, str) }

// SVG prints a figure. Colours are CSS variables of the palette that fall back to the light theme; a
// drawing with a header carries their values, light and dark, a bare one leaves them to the page.
func SVG(f Figure, st Style) ([]byte, error) {
	s, err := sheetOf(f, st)
	if err != nil {
		return nil, err
	}
	c := vgsvg.New(vg.Length(s.w), vg.Length(s.h))
	if err := s.print(c, Light, plainText); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if _, err := c.WriteTo(&buf); err != nil {
		return nil, err
	}
	return dress(buf.String(), s, f, st), nil
}

var (
	svgOpen  = regexp.MustCompile(`(?s)^.*?<svg[^>]*>\n`)
	svgStyle = regexp.MustCompile(`style="([^"]*)"`)
	svgHex   = regexp.MustCompile(`#[0-9A-F]{6}`)
)

// variables turns the light theme's colours into CSS variables.
var variables = func() map[string]string {
	m := make(map[string]string)
	for _, p := range palette {
		m["#"+p.light] = "var(--" + p.name + ",#" + p.light + ")"
	}
	return m
}()

// dress turns what vgsvg writes into what a page wants: no prolog, no size in points, colours as
// variables with the plain colour as an attribute for readers that know no variables, fonts with
// fallbacks, a role and a label for those who do not see it.
func dress(svg string, s *sheet, f Figure, st Style) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s"`, raw(s.w), raw(s.h))
	if !st.Bare {
		fmt.Fprintf(&b, ` width="%s" height="%s"`, raw(s.w), raw(s.h))
	}
	fmt.Fprintf(&b, ` role="img" aria-label="%s" font-family="'Liberation Sans',Arial,Helvetica,sans-serif" fill="none">`+"\n",
		html.EscapeString(clean(f.Alt())))
	if !st.Bare {
		b.WriteString("<style>" + CSS() + "</style>\n")
	}
	svg = svgOpen.ReplaceAllString(svg, "")
	svg = svgStyle.ReplaceAllStringFunc(svg, func(m string) string {
		var attrs, css []string
		for _, kv := range strings.Split(m[len(`style="`):len(m)-1], ";") {
			k, v, _ := strings.Cut(kv, ":")
			switch {
			case k == "font-family", k == "font-variant", v == "normal":
			case svgHex.MatchString(v):
				name, ok := variables[v]
				if !ok {
					panic("chart: " + v + " is no colour of the palette")
				}
				if !st.Bare {
					attrs = append(attrs, k+`="`+v+`"`)
				}
				css = append(css, k+":"+name)
			case k == "font-size":
				attrs = append(attrs, `font-size="`+strings.TrimSuffix(v, "px")+`"`)
			default:
				attrs = append(attrs, k+`="`+v+`"`)
			}
		}
		if len(css) > 0 {
			attrs = append(attrs, `style="`+strings.Join(css, ";")+`"`)
		}
		return strings.Join(attrs, " ")
	})
	b.WriteString(strings.ReplaceAll(svg, "\n\t", " "))
	return []byte(b.String())
}

// PNG prints a figure at 144 dots an inch (1,600 px wide), in at most 256 colours.
func PNG(f Figure, st Style) ([]byte, error) {
	s, err := sheetOf(f, st)
	if err != nil {
		return nil, err
	}
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(s.w), vg.Length(s.h)), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(BG.rgb(st.Theme)))
	if err := s.print(c, st.Theme, plainText); err != nil {
		return nil, err
	}
	return encodePNG(c.Image(), st.Theme)
}
