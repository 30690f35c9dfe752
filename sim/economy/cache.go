package economy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"

	economydata "github.com/parley-sim/parley/configs/data/economy"
)

// cacheVersion changes whenever a model, the meaning of a lever or the file changes: it makes every
// older surface foreign.
const cacheVersion = 1

// embedded is the folder of surfaces that ship with the program, in economydata.
const embedded = "surfaces"

// cacheKey identifies a surface by what decides its numbers: the model, its data, the grid.
func cacheKey(part Part, grid Grid, limit int) (string, error) {
	if part.Closure == "" {
		if c := Closures(part.Model); len(c) > 0 {
			part.Closure = c[0]
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "parley surface %d\n%q %q %v\n%d\n", cacheVersion, part.Model, part.Closure, part.Params, limit)
	for d, a := range grid {
		fmt.Fprintf(h, "%s", leverNames[d])
		for _, v := range a {
			fmt.Fprintf(h, " %016x", math.Float64bits(v))
		}
		fmt.Fprintln(h)
	}
	files, err := fs.Glob(economydata.Files(), part.Model+"/*")
	if err != nil {
		return "", err
	}
	for _, name := range files { // sorted
		b, err := fs.ReadFile(economydata.Files(), name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %x\n", name, sha256.Sum256(b))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// cache is a folder of surfaces, one file each, named by key. A file is the hex SHA-256 of the
// rest, a line break, and the surface as JSON.
type cache struct {
	dir  string
	note string // why there is none
}

func openCache(dir string) cache {
	if dir == "-" {
		return cache{}
	}
	if dir != "" {
		return cache{dir: dir}
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return cache{note: "no cache folder (" + err.Error() + "): payoffs are solved anew each time"}
	}
	return cache{dir: filepath.Join(base, "parley", "economy")}
}

func (c cache) path(key string) string { return filepath.Join(c.dir, key+".json") }

// read returns the surface with the key, or nil; notes say what was wrong with a file.
func (c cache) read(key string, part Part, grid Grid) (*Surface, []string) {
	own := func(b []byte) (*Surface, error) {
		s, err := decode(b)
		if err == nil && (s.Part.Model != part.Model || !reflect.DeepEqual(s.Asked, grid)) {
			return nil, errors.New("it is of another model or grid")
		}
		return s, err
	}
	if b, err := fs.ReadFile(economydata.Files(), embedded+"/"+key+".json"); err == nil {
		if s, err := own(b); err == nil {
			return s, nil
		}
	}
	if c.dir == "" {
		if c.note != "" {
			return nil, []string{c.note}
		}
		return nil, nil
	}
	b, err := os.ReadFile(c.path(key))
	if err != nil {
		return nil, nil // none there; what stands in the way of one, write will say
	}
	s, err := own(b)
	if err == nil {
		return s, nil
	}
	return nil, []string{fmt.Sprintf("the payoffs of %s kept in %s are no use (%v): solved anew", part.Model, c.dir, err)}
}

// write stores a surface, whole or not at all; the note says why it could not.
func (c cache) write(key string, s *Surface) string {
	if c.dir == "" {
		return ""
	}
	err := func() error {
		b, err := encode(s)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(c.dir, 0o755); err != nil {
			return err
		}
		f, err := os.CreateTemp(c.dir, ".surface-*")
		if err != nil {
			return err
		}
		_, err = f.Write(b)
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Rename(f.Name(), c.path(key))
		}
		if err != nil {
			os.Remove(f.Name())
		}
		return err
	}()
	if err != nil {
		return fmt.Sprintf("payoffs could not be kept (%v): the next start is as slow", err)
	}
	return ""
}

func encode(s *Surface) ([]byte, error) {
	kept := *s
	kept.Notes = nil
	body, err := json.Marshal(&kept)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return append([]byte(hex.EncodeToString(sum[:])+"\n"), body...), nil
}

// decode reads what encode wrote and checks that it is whole and makes sense.
func decode(b []byte) (*Surface, error) {
	head, body, ok := bytes.Cut(b, []byte("\n"))
	if !ok {
		return nil, errors.New("the file is cut short")
	}
	sum := sha256.Sum256(body)
	if string(head) != hex.EncodeToString(sum[:]) {
		return nil, errors.New("the file is cut short or changed")
	}
	s := &Surface{}
	if err := json.Unmarshal(body, s); err != nil {
		return nil, err
	}
	if err := s.Grid.check(); err != nil {
		return nil, err
	}
	n := len(s.Regions)
	if n == 0 || len(s.Pct) != n || len(s.Income) != n || s.US < 0 || s.US >= n || s.CN < 0 || s.CN >= n {
		return nil, errors.New("its regions do not fit")
	}
	for _, row := range s.Pct {
		if len(row) != s.Grid.size() {
			return nil, errors.New("its table does not fit its grid")
		}
	}
	return s, nil
}

// Keep writes a surface's two governments into dir under its key, for shipping with the program: the
// other regions are not needed to price a deal, and a hundred times as much to carry.
func Keep(s *Surface, limit int, dir string) (string, error) {
	if limit == 0 {
		limit = 400
	}
	key, err := cacheKey(s.Part, s.Asked, limit)
	if err != nil {
		return "", err
	}
	small := *s
	small.Regions = []string{s.Regions[s.US], s.Regions[s.CN]}
	small.Income = []float64{s.Income[s.US], s.Income[s.CN]}
	small.Pct = [][]float64{s.Pct[s.US], s.Pct[s.CN]}
	small.US, small.CN = 0, 1
	c := cache{dir: dir}
	if note := c.write(key, &small); note != "" {
		return "", errors.New(note)
	}
	return c.path(key), nil
}
