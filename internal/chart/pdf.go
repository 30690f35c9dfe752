package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"sync"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// PDF prints a figure as one page of its own size.
func PDF(f Figure, st Style) ([]byte, error) {
	s, err := sheetOf(f, st)
	if err != nil {
		return nil, err
	}
	c := newPDF(s.w, s.h)
	c.doc.SetTitle(clean(f.Title()), true)
	if err := s.print(c, st.Theme, func(p *press, st style, at vg.Point, str string) { c.text(st, at, str) }); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := c.doc.Output(&buf); err != nil {
		return nil, fmt.Errorf("chart: %s: %w", f.Name(), err)
	}
	return buf.Bytes(), nil
}

// settlePDF makes the PDF writer's bytes repeat: its catalogue sorted, no time of day.
var settlePDF = sync.OnceFunc(func() {
	never := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	fpdf.SetDefaultCatalogSort(true)
	fpdf.SetDefaultCreationDate(never)
	fpdf.SetDefaultModificationDate(never)
})

// pdfCanvas is a vector canvas on a PDF page. gonum's own (vgpdf) knows Windows-1252 only, which has
// no true minus, and mixes up the files of several fonts.
type pdfCanvas struct {
	doc *fpdf.Fpdf
	h   float64
}

func newPDF(w, h float64) *pdfCanvas {
	settlePDF()
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w, Ht: h}})
	doc.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	doc.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	doc.AddUTF8FontFromBytes("sans", "I", liberationsansitalic.TTF)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	return &pdfCanvas{doc, h}
}

// text sets a line of text, its baseline starting at a point.
func (c *pdfCanvas) text(st style, at vg.Point, s string) {
	kind := ""
	switch {
	case st.bold:
		kind = "B"
	case st.italic:
		kind = "I"
	}
	c.doc.SetFont("sans", kind, st.size)
	c.doc.Text(float64(at.X), c.h-float64(at.Y), s)
}

func (c *pdfCanvas) path(p vg.Path) {
	xy := func(q vg.Point) (float64, float64) { return float64(q.X), c.h - float64(q.Y) }
	for _, comp := range p {
		switch comp.Type {
		case vg.MoveComp:
			c.doc.MoveTo(xy(comp.Pos))
		case vg.LineComp:
			c.doc.LineTo(xy(comp.Pos))
		case vg.ArcComp:
			c.arc(comp)
		case vg.CurveComp:
			x, y := xy(comp.Pos)
			x1, y1 := xy(comp.Control[0])
			if len(comp.Control) == 1 {
				c.doc.CurveTo(x1, y1, x, y)
				break
			}
			x2, y2 := xy(comp.Control[1])
			c.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
}

// arc draws an arc in Bezier curves of at most a quarter turn.
func (c *pdfCanvas) arc(comp vg.PathComp) {
	x, y, r := float64(comp.Pos.X), c.h-float64(comp.Pos.Y), float64(comp.Radius)
	n := math.Max(1, math.Ceil(math.Abs(comp.Angle)/(math.Pi/2)-1e-9))
	step := comp.Angle / n
	k := 4.0 / 3 * math.Tan(step/4) * r
	sin, cos := math.Sincos(comp.Start)
	c.doc.LineTo(x+r*cos, y-r*sin)
	for i := 1.0; i <= n; i++ {
		sin1, cos1 := math.Sincos(comp.Start + step*i)
		c.doc.CurveBezierCubicTo(x+r*cos-k*sin, y-(r*sin+k*cos), x+r*cos1+k*sin1, y-(r*sin1-k*cos1), x+r*cos1, y-r*sin1)
		sin, cos = sin1, cos1
	}
}

// Stroke implements vg.Canvas.
func (c *pdfCanvas) Stroke(p vg.Path) { c.path(p); c.doc.DrawPath("D") }

// Fill implements vg.Canvas.
func (c *pdfCanvas) Fill(p vg.Path) { c.path(p); c.doc.DrawPath("F") }

// SetColor implements vg.Canvas.
func (c *pdfCanvas) SetColor(clr color.Color) {
	r, g, b, _ := clr.RGBA()
	c.doc.SetFillColor(int(r>>8), int(g>>8), int(b>>8))
	c.doc.SetDrawColor(int(r>>8), int(g>>8), int(b>>8))
	c.doc.SetTextColor(int(r>>8), int(g>>8), int(b>>8))
}

// SetLineWidth implements vg.Canvas.
func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.doc.SetLineWidth(float64(w)) }

// SetLineDash implements vg.Canvas.
func (c *pdfCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	dash := make([]float64, len(pattern))
	for i, d := range pattern {
		dash[i] = float64(d)
	}
	c.doc.SetDashPattern(dash, float64(offset))
}

// The figures turn, move and scale nothing and hold no images.

func (c *pdfCanvas) Push()                                  {}
func (c *pdfCanvas) Pop()                                   {}
func (c *pdfCanvas) Rotate(float64)                         { panic("chart: pdf: no rotation") }
func (c *pdfCanvas) Translate(vg.Point)                     { panic("chart: pdf: no translation") }
func (c *pdfCanvas) Scale(x, y float64)                     { panic("chart: pdf: no scaling") }
func (c *pdfCanvas) FillString(font.Face, vg.Point, string) { panic("chart: pdf: text goes by text") }
func (c *pdfCanvas) DrawImage(vg.Rectangle, image.Image)    { panic("chart: pdf: no images") }
