package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// latestName is the link, or where links fail the text file, that points at a scenario's latest folder.
const latestName = "latest"

// Path is where an experiment's folder stands under root: root/<scenario>/<hash>, the hash cut to twelve
// digits.
func Path(root, scenario, hash string) string { return filepath.Join(root, scenario, cut(hash)) }

// MarkLatest makes <parent>/latest point at the folder dir: a link, or a text file with dir's name where
// the file system has no links. A file or folder of that name which is neither is left alone, and is an
// error.
func MarkLatest(dir string) error {
	parent, name := filepath.Split(filepath.Clean(dir))
	path := filepath.Join(parent, latestName)
	if st, err := os.Lstat(path); err == nil && st.Mode()&fs.ModeSymlink == 0 && !(st.Mode().IsRegular() && st.Size() < 4096) {
		return fmt.Errorf("%s is not a link; move it out of the way", path)
	}
	temp := filepath.Join(parent, tempPrefix+latestName)
	os.Remove(temp)
	if err := os.Symlink(name, temp); err == nil {
		if err := os.Rename(temp, path); err == nil {
			return nil
		}
		os.Remove(temp)
	}
	return WriteWhole(path, func(w io.Writer) error {
		_, err := io.WriteString(w, name+"\n")
		return err
	})
}

// Resolve is the experiment's folder that a person means by path: a folder with a manifest, a link or
// text file to one, or a scenario's folder, whose latest is meant.
func Resolve(path string) (string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if st.Mode().IsRegular() && filepath.Base(path) == latestName {
		b, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		name := strings.TrimSpace(string(b))
		if name == "" || name != filepath.Base(name) || len(name) > 255 {
			return "", fmt.Errorf("%s does not name a folder beside it", path)
		}
		path = filepath.Join(filepath.Dir(path), name)
	}
	if isFolder(path) {
		return path, nil
	}
	latest := filepath.Join(path, latestName)
	if _, err := os.Stat(latest); err == nil && filepath.Base(path) != latestName {
		return Resolve(latest)
	}
	return "", fmt.Errorf("%s holds no runs: it has no %s; parley runs lists the folders that do", path, ManifestFile)
}

func isFolder(dir string) bool {
	st, err := os.Stat(filepath.Join(dir, ManifestFile))
	return err == nil && st.Mode().IsRegular()
}

// Entry is one experiment's folder in a listing.
type Entry struct {
	Dir      string
	Latest   bool      // its scenario's latest points at it
	Manifest *Manifest // nil if it does not decode
	Err      error     // why not
}

// List finds the experiments in root/<scenario>/<hash> and in root/<name>, in the order of their paths.
// No root has none.
func List(root string) ([]Entry, error) {
	var out []Entry
	add := func(dir string, latest bool) {
		e := Entry{Dir: dir, Latest: latest}
		e.Manifest, e.Err = ReadManifest(dir)
		out = append(out, e)
	}
	tops, err := folders(root)
	if err != nil {
		return nil, err
	}
	for _, top := range tops {
		if isFolder(top) {
			add(top, false)
			continue
		}
		dirs, err := folders(top)
		if err != nil {
			return nil, err
		}
		latest, _ := Resolve(filepath.Join(top, latestName))
		if real, err := filepath.EvalSymlinks(latest); err == nil {
			latest = filepath.Base(real)
		}
		for _, d := range dirs {
			if isFolder(d) {
				add(d, filepath.Base(d) == latest)
			}
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Dir, b.Dir) })
	return out, nil
}

// folders are the real folders in dir, links left out.
func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}
