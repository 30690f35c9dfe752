package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"math"
	"os"
)

// Header says what a shard file holds: runs First to First+N-1 of one experiment, and which of their
// rows it keeps.
type Header struct {
	Hash   string // the experiment's identity
	Schema uint64 // Schema.Sum of the rows
	First  uint64 // the first run, counted from 0
	N      uint64 // runs, 1 to MaxShard
	Points uint64 // design points: run r is replication r / Points of point r % Points; at least 1
	Stride uint64 // rows of every Stride-th replication are kept; 1 all, 0 none
	Fold   string // name of the fold, empty if there is none
}

// MaxShard is the most runs a shard can hold.
const MaxShard = 1 << 20

// Keeps is whether the row of a run is kept.
func (h *Header) Keeps(run uint64) bool {
	return h.Stride == 1 || h.Stride > 1 && run/h.Points%h.Stride == 0
}

// Kept is the number of rows kept, at most N.
func (h *Header) Kept() int {
	switch h.Stride {
	case 0:
		return 0
	case 1:
		return int(h.N)
	}
	n := 0
	for r := h.First; r < h.First+h.N; r++ {
		if h.Keeps(r) {
			n++
		}
	}
	return n
}

func (h *Header) check() error {
	switch {
	case h.N == 0 || h.N > MaxShard:
		return fmt.Errorf("it says %d runs, not 1 to %d", h.N, MaxShard)
	case h.First > math.MaxInt64-MaxShard:
		return fmt.Errorf("it says its first run is %d", h.First)
	case h.Points == 0:
		return errors.New("it says 0 design points")
	}
	return nil
}

// Sum is a checksum of what the schema says of a row's cells: version, names, kinds and levels. A shard of
// another sum is not read; labels and units may change.
func (s *Schema) Sum() uint64 {
	var b []byte
	b = binary.AppendUvarint(b, uint64(s.Version))
	for _, c := range s.Columns {
		b = appendText(appendText(b, c.Name), string(c.Kind))
		b = binary.AppendUvarint(b, uint64(len(c.Levels)))
		for _, l := range c.Levels {
			b = appendText(b, l)
		}
	}
	f := fnv.New64a()
	f.Write(b)
	return f.Sum64()
}

// A shard file is
//
//	magic     8 bytes, "parley" and the format's version
//	length    of the header, 4 bytes
//	header    the fields of Header, the number of columns, the length of each block
//	checksum  of all before it
//	blocks    one a column, then the fold; each followed by its checksum, 4 bytes
//
// Checksums are CRC-32 (Castagnoli). No time, no host: the same runs give the same bytes.
const (
	magic     = "parley\x00\x01"
	maxHeader = 1 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Encoder encodes shards, one after the other; its buffers are kept.
type Encoder struct {
	coder columnCoder
	cells []uint64
	body  []byte
	out   []byte
}

// Encode is the file of a shard: rows holds the rows that h keeps, in the order of their runs, one
// after the other, each of width cells; fold the bytes of the shard's fold, nil if there is none. The
// result is valid until the next call.
func (e *Encoder) Encode(h Header, width int, rows []uint64, fold []byte) []byte {
	kept := h.Kept()
	if err := h.check(); err != nil || width <= 0 || len(rows) != kept*width {
		panic("store: a shard's rows do not fit its header")
	}
	head := append(e.out[:0], magic...)
	head = append(head, 0, 0, 0, 0)
	head = appendText(head, h.Hash)
	head = appendText(head, h.Fold)
	for _, v := range [...]uint64{h.Schema, h.First, h.N, h.Points, h.Stride, uint64(width)} {
		head = binary.AppendUvarint(head, v)
	}
	e.body = e.body[:0]
	if cap(e.cells) < kept {
		e.cells = make([]uint64, kept)
	}
	cells := e.cells[:kept]
	for k := range width {
		at := len(e.body)
		if kept > 0 {
			for i := range cells {
				cells[i] = rows[i*width+k]
			}
			e.body = e.coder.put(e.body, cells)
		}
		head = binary.AppendUvarint(head, uint64(len(e.body)-at))
		e.body = appendSum(e.body, at)
	}
	head = binary.AppendUvarint(head, uint64(len(fold)))
	at := len(e.body)
	e.body = appendSum(append(e.body, fold...), at)
	binary.LittleEndian.PutUint32(head[len(magic):], uint32(len(head)-len(magic)-4))
	head = appendSum(head, 0)
	e.out = append(head, e.body...)
	return e.out
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendSum(b []byte, from int) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[from:], castagnoli))
}

// shardFile is a shard open for reading: its header and where its blocks stand.
type shardFile struct {
	Header
	kept   int
	offset []int64 // of each block, and of the end
	r      io.ReaderAt
	block  []byte
}

var errDamaged = errors.New("it is damaged")

// readShard reads the header of a shard file of the given size. It trusts no byte.
func readShard(r io.ReaderAt, size int64) (*shardFile, error) {
	start := make([]byte, len(magic)+4)
	if _, err := r.ReadAt(start, 0); err != nil || string(start[:6]) != magic[:6] {
		return nil, errors.New("it is not a shard file")
	}
	if string(start[:len(magic)]) != magic {
		return nil, fmt.Errorf("it has format %d; this parley reads format %d", start[7], magic[7])
	}
	n := int64(binary.LittleEndian.Uint32(start[len(magic):]))
	if n > maxHeader || int64(len(start))+n+4 > size {
		return nil, fmt.Errorf("%w: its header is cut", errDamaged)
	}
	head := make([]byte, int64(len(start))+n+4)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, err
	}
	end := len(head) - 4
	if crc32.Checksum(head[:end], castagnoli) != binary.LittleEndian.Uint32(head[end:]) {
		return nil, fmt.Errorf("%w: the header's checksum is wrong", errDamaged)
	}
	d := decoder{b: head[len(start):end]}
	f := &shardFile{r: r}
	f.Hash, f.Fold = d.text(), d.text()
	f.Schema, f.First, f.N, f.Points, f.Stride = d.number(), d.number(), d.number(), d.number(), d.number()
	width := d.number()
	if d.bad || width == 0 || width > uint64(len(d.b)) {
		return nil, fmt.Errorf("%w: the header does not decode", errDamaged)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	f.kept = f.Kept()
	at := int64(len(head))
	f.offset = append(make([]int64, 0, width+2), at)
	for range width + 1 {
		n := d.number()
		if n > uint64(size) {
			d.bad = true
			break
		}
		at += int64(n) + 4
		f.offset = append(f.offset, at)
	}
	if d.bad || len(d.b) != 0 || at != size {
		return nil, fmt.Errorf("%w: it is %d bytes long, not %d", errDamaged, size, at)
	}
	return f, nil
}

// width is the number of columns.
func (f *shardFile) width() int { return len(f.offset) - 2 }

// bytes is block k, checked; valid until the next call.
func (f *shardFile) bytes(k int) ([]byte, error) {
	n := int(f.offset[k+1] - f.offset[k])
	if cap(f.block) < n {
		f.block = make([]byte, n)
	}
	b := f.block[:n]
	if _, err := f.r.ReadAt(b, f.offset[k]); err != nil {
		return nil, err
	}
	if crc32.Checksum(b[:n-4], castagnoli) != binary.LittleEndian.Uint32(b[n-4:]) {
		return nil, fmt.Errorf("%w: the checksum of block %d is wrong", errDamaged, k)
	}
	return b[:n-4], nil
}

// column decodes column k into cells, of length kept.
func (f *shardFile) column(k int, cells []uint64) error {
	b, err := f.bytes(k)
	if err != nil || f.kept == 0 {
		return err
	}
	if err := getColumn(cells[:f.kept], b); err != nil {
		return fmt.Errorf("%w: column %d does not decode", errDamaged, k)
	}
	return nil
}

// fold is the fold's bytes, nil if there is none; valid until the next call.
func (f *shardFile) fold() ([]byte, error) {
	b, err := f.bytes(f.width())
	if err != nil || f.Fold == "" {
		return nil, err
	}
	return b, nil
}

// DamagedError names a shard file that cannot be used.
type DamagedError struct {
	Path string
	Err  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("shard file %s cannot be used: %v; delete it and repeat the command to make it again", e.Path, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// openShard opens a shard file for reading.
func openShard(path string) (*shardFile, *os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	if err == nil {
		var s *shardFile
		if s, err = readShard(f, st.Size()); err == nil {
			return s, f, nil
		}
	}
	f.Close()
	return nil, nil, &DamagedError{path, err}
}

// decoder reads varints and texts; bad is set once something does not decode.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) number() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) text() string {
	n := d.number()
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}
