package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sort"
)

// encodePNG writes an image in at most 256 colours: the theme's palette first, then the commonest
// blends between its colours (the edges of letters); any other colour becomes the nearest of these.
func encodePNG(img image.Image, t Theme) ([]byte, error) {
	src, ok := img.(*image.RGBA)
	if !ok {
		panic("chart: the image canvas is not RGBA")
	}
	// Blends are counted with five bits a channel: edges differ by less than that.
	const bits = 5
	key := func(r, g, b uint8) uint32 {
		return uint32(r>>(8-bits))<<(2*bits) | uint32(g>>(8-bits))<<bits | uint32(b>>(8-bits))
	}
	type bucket struct {
		n       int
		r, g, b int
		key     uint32
	}
	buckets := make([]bucket, 1<<(3*bits))
	exact := make(map[uint32]uint8) // packed colour to index
	pal := make(color.Palette, 0, 256)
	for r := Role(0); r < roles; r++ {
		c := r.rgb(t)
		packed := uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
		if _, dup := exact[packed]; !dup {
			exact[packed] = uint8(len(pal))
			pal = append(pal, color.RGBA{c.R, c.G, c.B, 255})
		}
	}
	known := len(pal)
	bounds := src.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	for y := range h {
		row := src.Pix[y*src.Stride : y*src.Stride+4*w]
		last, lastExact := uint32(1<<31), false
		for x := 0; x < len(row); x += 4 {
			packed := uint32(row[x])<<16 | uint32(row[x+1])<<8 | uint32(row[x+2])
			if packed != last {
				_, lastExact = exact[packed]
				last = packed
			}
			if lastExact {
				continue
			}
			b := &buckets[key(row[x], row[x+1], row[x+2])]
			b.n++
			b.r += int(row[x])
			b.g += int(row[x+1])
			b.b += int(row[x+2])
		}
	}
	var used []bucket
	for k, b := range buckets {
		if b.n > 0 {
			b.key = uint32(k)
			used = append(used, b)
		}
	}
	sort.SliceStable(used, func(i, j int) bool { return used[i].n > used[j].n })
	index := make([]uint8, 1<<(3*bits))
	for i, b := range used {
		c := color.RGBA{uint8(b.r / b.n), uint8(b.g / b.n), uint8(b.b / b.n), 255}
		if i < 256-known {
			index[b.key] = uint8(len(pal))
			pal = append(pal, c)
			continue
		}
		index[b.key] = uint8(pal.Index(c))
	}
	out := image.NewPaletted(image.Rect(0, 0, w, h), pal)
	for y := range h {
		row, to := src.Pix[y*src.Stride:y*src.Stride+4*w], out.Pix[y*out.Stride:]
		last, lastIndex := uint32(1<<31), uint8(0)
		for x := range w {
			r, g, b := row[4*x], row[4*x+1], row[4*x+2]
			if packed := uint32(r)<<16 | uint32(g)<<8 | uint32(b); packed != last {
				last = packed
				if i, ok := exact[packed]; ok {
					lastIndex = i
				} else {
					lastIndex = index[key(r, g, b)]
				}
			}
			to[x] = lastIndex
		}
	}
	var buf bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := enc.Encode(&buf, out); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
