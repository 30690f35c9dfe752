package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ManifestFile is the name of the manifest in an experiment's folder.
const ManifestFile = "manifest.json"

// manifestFormat is the version of the manifest and of the folder's layout.
const manifestFormat = 1

// Manifest says what a folder holds. It has no time and no host in it, so that the same runs give the
// same bytes.
type Manifest struct {
	Format    int    `json:"format"`     // of this file and the folder
	Parley    string `json:"parley"`     // version of the program that wrote the runs
	Scenario  string `json:"scenario"`   // name
	Hash      string `json:"hash"`       // the experiment's identity: all that decides the bytes of a run
	Seed      uint64 `json:"seed"`       // master seed
	Runs      uint64 `json:"runs"`       // whole runs, from 0 without a gap, when this was written
	Asked     uint64 `json:"asked"`      // runs asked for last
	Points    uint64 `json:"points"`     // design points; run r is replication r / points of point r % points
	Shards    uint64 `json:"shards"`     // files that hold the runs
	ShardSize uint64 `json:"shard_size"` // runs a shard; the last may have fewer
	Rows      Keep   `json:"rows"`       // which rows are kept
	Stride    uint64 `json:"stride"`     // of a sample: rows of every stride-th replication; 1 all, 0 none
	Fold      string `json:"fold,omitempty"`
	Schema    Schema `json:"schema"`
	Brief     Brief  `json:"brief"`
}

// Keep says which rows a folder keeps.
type Keep string

const (
	All    Keep = "all"    // every row
	Sample Keep = "sample" // an evenly spaced sample
	None   Keep = "none"   // folds only
)

// ParseKeep reads a --rows value; empty is all.
func ParseKeep(s string) (Keep, error) {
	switch k := Keep(s); k {
	case "":
		return All, nil
	case All, Sample, None:
		return k, nil
	}
	return "", fmt.Errorf("rows: %q is not all, sample or none", s)
}

// OtherError is a folder that holds another experiment.
type OtherError struct {
	Dir    string
	Reason string
}

func (e *OtherError) Error() string {
	return fmt.Sprintf("%s holds another experiment: %s; choose another folder with --out or --name, or start over with --fresh", e.Dir, e.Reason)
}

// Same is an error, an *OtherError, unless the folder's manifest m is of the experiment that want
// describes.
func (m *Manifest) Same(dir string, want *Manifest) error {
	reason := ""
	switch {
	case m.Scenario != want.Scenario:
		reason = fmt.Sprintf("it is of scenario %q, not %q", m.Scenario, want.Scenario)
	case m.Seed != want.Seed:
		reason = fmt.Sprintf("its seed is %d, not %d", m.Seed, want.Seed)
	case m.Points != want.Points:
		reason = fmt.Sprintf("it has %d design points, not %d", m.Points, want.Points)
	case m.Hash != want.Hash:
		reason = fmt.Sprintf("its scenario %q has other numbers (identity %s, not %s)", m.Scenario, cut(m.Hash), cut(want.Hash))
	case m.Schema.Sum() != want.Schema.Sum():
		reason = "its rows have other columns" + differ(m.Schema.Columns, want.Schema.Columns)
	default:
		return nil
	}
	return &OtherError{dir, reason}
}

// cut is the start of a hash, enough to tell it from others.
func cut(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}

// differ names the first column in which two schemas differ.
func differ(a, b []Column) string {
	for i := range min(len(a), len(b)) {
		if a[i].Name != b[i].Name {
			return fmt.Sprintf(" (column %d is %s, not %s)", i+1, a[i].Name, b[i].Name)
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf(" (%d, not %d)", len(a), len(b))
	}
	return ""
}

// ReadManifest reads a folder's manifest. The error wraps fs.ErrNotExist if it has none.
func ReadManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, ManifestFile)
	b, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s holds no runs: it has no %s: %w", dir, ManifestFile, fs.ErrNotExist)
		}
		return nil, err
	}
	m, err := decodeManifest(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; start over with --fresh", path, err)
	}
	return m, nil
}

func decodeManifest(b []byte) (*Manifest, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	m := &Manifest{}
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("it does not decode: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the manifest")
	}
	switch {
	case m.Format != manifestFormat:
		return nil, fmt.Errorf("it has format %d; this parley reads format %d", m.Format, manifestFormat)
	case m.ShardSize == 0 || m.ShardSize > MaxShard:
		return nil, fmt.Errorf("shard_size %d is not from 1 to %d", m.ShardSize, MaxShard)
	case m.Points == 0:
		return nil, errors.New("points 0 is not >= 1")
	}
	if _, err := ParseKeep(string(m.Rows)); err != nil {
		return nil, err
	}
	if err := m.Schema.Check(); err != nil {
		return nil, err
	}
	return m, nil
}

// Write replaces a folder's manifest, and makes the shards written before it last.
func (m *Manifest) Write(dir string) error {
	m.Format = manifestFormat
	err := WriteWhole(filepath.Join(dir, ManifestFile), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(m)
	})
	syncDir(filepath.Join(dir, shardDir))
	syncDir(dir)
	return err
}

// Check is an error unless the columns can be stored: at least one, names not empty and not twice,
// known kinds, levels where they are due.
func (s *Schema) Check() error {
	if len(s.Columns) == 0 {
		return errors.New("the schema has no columns")
	}
	seen := map[string]bool{}
	for i, c := range s.Columns {
		switch {
		case c.Name == "" || strings.ContainsAny(c.Name, ",\"\r\n\x00"):
			return fmt.Errorf("column %d has the name %q; a name is not empty and has no comma, quote or line break", i+1, c.Name)
		case seen[c.Name]:
			return fmt.Errorf("column %s is there twice", c.Name)
		case c.Kind != Int && c.Kind != Float && c.Kind != Level && c.Kind != Date:
			return fmt.Errorf("column %s: kind %q is not int, float, level or date", c.Name, c.Kind)
		case c.Kind == Level && len(c.Levels) == 0:
			return fmt.Errorf("column %s is a level without levels", c.Name)
		}
		seen[c.Name] = true
	}
	return nil
}

// Index is the column of that name, -1 if there is none.
func (s *Schema) Index(name string) int {
	for i, c := range s.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}
