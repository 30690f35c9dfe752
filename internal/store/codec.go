package store

import (
	"encoding/binary"
	"errors"
)

// A column of a shard is stored in the smallest of four forms:
//
//	constant  the one value, 8 bytes
//	narrow    the least value, 8 bytes, then the distance of each from it in 1, 2 or 4 bytes; all ones is Missing
//	listed    the number of distinct values less one, 1 byte, the values, then the index of each, 1 byte
//	plain     every value, 8 bytes
//
// A first byte names the form. Numbers are little endian.
const (
	formConstant = iota
	formNarrow1
	formNarrow2
	formNarrow4
	formListed
	formPlain
)

var errColumn = errors.New("a column does not decode")

// columnCoder encodes columns; its tables are kept from one to the next.
type columnCoder struct {
	values [256]uint64
	slots  [1024]uint16 // open addressing: 1 + index into values
}

// put appends the encoding of cells, at least one, to dst.
func (c *columnCoder) put(dst []byte, cells []uint64) []byte {
	first := cells[0]
	same := true
	// The range as signed integers, for narrow; a column of floats just turns out wide.
	lo, hi := int64(0), int64(0)
	any := false
	for _, v := range cells {
		same = same && v == first
		if v == Missing {
			continue
		}
		s := int64(v)
		if !any {
			lo, hi, any = s, s, true
		}
		lo, hi = min(lo, s), max(hi, s)
	}
	if same {
		return binary.LittleEndian.AppendUint64(append(dst, formConstant), first)
	}
	span := uint64(hi) - uint64(lo) // exact: it is the distance modulo 2^64
	switch {
	case span < 1<<8-1:
		dst = binary.LittleEndian.AppendUint64(append(dst, formNarrow1), uint64(lo))
		for _, v := range cells {
			d := byte(v - uint64(lo))
			if v == Missing {
				d = 1<<8 - 1
			}
			dst = append(dst, d)
		}
		return dst
	case c.list(cells):
		return c.putListed(dst, cells)
	case span < 1<<16-1:
		dst = binary.LittleEndian.AppendUint64(append(dst, formNarrow2), uint64(lo))
		for _, v := range cells {
			d := uint16(v - uint64(lo))
			if v == Missing {
				d = 1<<16 - 1
			}
			dst = binary.LittleEndian.AppendUint16(dst, d)
		}
		return dst
	case span < 1<<32-1:
		dst = binary.LittleEndian.AppendUint64(append(dst, formNarrow4), uint64(lo))
		for _, v := range cells {
			d := uint32(v - uint64(lo))
			if v == Missing {
				d = 1<<32 - 1
			}
			dst = binary.LittleEndian.AppendUint32(dst, d)
		}
		return dst
	}
	dst = append(dst, formPlain)
	for _, v := range cells {
		dst = binary.LittleEndian.AppendUint64(dst, v)
	}
	return dst
}

func slot(v uint64) uint64 { return v * 0x9e3779b97f4a7c15 >> (64 - 10) }

// list gathers the distinct values in the order met, and says whether listing them saves anything.
func (c *columnCoder) list(cells []uint64) bool {
	most := min(256, len(cells)/2)
	c.slots = [1024]uint16{}
	n := 0
	for _, v := range cells {
		s := slot(v)
		for c.slots[s] != 0 && c.values[c.slots[s]-1] != v {
			s = (s + 1) & 1023
		}
		if c.slots[s] != 0 {
			continue
		}
		if n == most {
			return false
		}
		c.values[n] = v
		n++
		c.slots[s] = uint16(n)
	}
	return true
}

func (c *columnCoder) putListed(dst []byte, cells []uint64) []byte {
	at := len(dst) + 1
	dst = append(dst, formListed, 0)
	n := 0
	for _, v := range cells { // values stand in the order met, so the table tells when one is new
		if n < len(c.values) && c.index(v) == n {
			dst = binary.LittleEndian.AppendUint64(dst, v)
			n++
		}
	}
	dst[at] = byte(n - 1)
	for _, v := range cells {
		dst = append(dst, byte(c.index(v)))
	}
	return dst
}

func (c *columnCoder) index(v uint64) int {
	s := slot(v)
	for c.values[c.slots[s]-1] != v {
		s = (s + 1) & 1023
	}
	return int(c.slots[s]) - 1
}

// getColumn decodes len(cells) cells from src, which holds them and nothing else.
func getColumn(cells []uint64, src []byte) error {
	if len(src) == 0 {
		return errColumn
	}
	form, src := src[0], src[1:]
	if form == formPlain {
		if len(src) != 8*len(cells) {
			return errColumn
		}
		for i := range cells {
			cells[i] = binary.LittleEndian.Uint64(src[8*i:])
		}
		return nil
	}
	if form == formListed {
		if len(src) == 0 {
			return errColumn
		}
		n := int(src[0]) + 1
		if len(src) != 1+8*n+len(cells) {
			return errColumn
		}
		var values [256]uint64
		for i := range n {
			values[i] = binary.LittleEndian.Uint64(src[1+8*i:])
		}
		for i, b := range src[1+8*n:] {
			if int(b) >= n {
				return errColumn
			}
			cells[i] = values[b]
		}
		return nil
	}
	if len(src) < 8 {
		return errColumn
	}
	base, src := binary.LittleEndian.Uint64(src), src[8:]
	switch {
	case form == formConstant && len(src) == 0:
		for i := range cells {
			cells[i] = base
		}
	case form == formNarrow1 && len(src) == len(cells):
		for i, d := range src {
			cells[i] = base + uint64(d)
			if d == 1<<8-1 {
				cells[i] = Missing
			}
		}
	case form == formNarrow2 && len(src) == 2*len(cells):
		for i := range cells {
			d := binary.LittleEndian.Uint16(src[2*i:])
			cells[i] = base + uint64(d)
			if d == 1<<16-1 {
				cells[i] = Missing
			}
		}
	case form == formNarrow4 && len(src) == 4*len(cells):
		for i := range cells {
			d := binary.LittleEndian.Uint32(src[4*i:])
			cells[i] = base + uint64(d)
			if d == 1<<32-1 {
				cells[i] = Missing
			}
		}
	default:
		return errColumn
	}
	return nil
}
