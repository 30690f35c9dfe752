package chart

import (
	"strings"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/vg"
)

// cp1252High holds the runes of Windows-1252 from 0x80 to 0x9f, 0 where it has none.
var cp1252High = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// cp1252 encodes a string; ok tells whether every rune has a place.
func cp1252(s string) (enc string, ok bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80 || r >= 0xa0 && r <= 0xff:
			b.WriteByte(byte(r))
			continue
		}
		found := false
		for i, h := range cp1252High {
			if h == r {
				b.WriteByte(byte(0x80 + i))
				found = true
				break
			}
		}
		if !found {
			return "", false
		}
	}
	return b.String(), true
}

// outline is the text as a path, its baseline starting at a point.
func (t style) outline(at vg.Point, s string) vg.Path {
	f := t.face()
	em := fixed.Int26_6(f.Face.UnitsPerEm())
	scale := t.size / float64(em)
	var (
		buf  sfnt.Buffer
		path vg.Path
		x    float64
	)
	for _, r := range s {
		g, err := f.Face.GlyphIndex(&buf, r)
		if err != nil {
			continue
		}
		segs, err := f.Face.LoadGlyph(&buf, g, em, nil)
		if err != nil {
			continue
		}
		pos := func(p fixed.Point26_6) vg.Point {
			return vg.Point{X: at.X + vg.Length(x+float64(p.X)*scale), Y: at.Y - vg.Length(float64(p.Y)*scale)}
		}
		for i, sg := range segs {
			switch sg.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					path.Close()
				}
				path.Move(pos(sg.Args[0]))
			case sfnt.SegmentOpLineTo:
				path.Line(pos(sg.Args[0]))
			case sfnt.SegmentOpQuadTo:
				path.QuadTo(pos(sg.Args[0]), pos(sg.Args[1]))
			case sfnt.SegmentOpCubeTo:
				path.CubeTo(pos(sg.Args[0]), pos(sg.Args[1]), pos(sg.Args[2]))
			}
		}
		if len(segs) > 0 {
			path.Close()
		}
		if adv, err := f.Face.GlyphAdvance(&buf, g, em, 0); err == nil {
			x += float64(adv) * scale
		}
	}
	return path
}
