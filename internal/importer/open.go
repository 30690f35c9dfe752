package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// maxFiles bounds how many files of a folder are looked at.
const maxFiles = 100

// formats are the formats in the order in which a folder of several is read.
var formats = []string{"genius", "geniusweb", "negolog", "negmas"}

// endings are those of the files that are looked at.
var endings = []string{".xml", ".json", ".yaml", ".yml"}

// IsPath reports whether a path is something Open can open: a folder, or a file with one of its endings.
func IsPath(path string) bool {
	st, err := os.Stat(path)
	if err != nil {
		return false
	}
	return st.IsDir() || st.Mode().IsRegular() && known(path)
}

func known(path string) bool {
	for _, e := range endings {
		if strings.EqualFold(filepath.Ext(path), e) {
			return true
		}
	}
	return false
}

// found is a file that is part of a domain.
type found struct {
	path, name string
	format     string
	table      bool
	xml        *element
	tree       *node
}

// Open reads the domain in a folder, or in the folder of a file. Errors name file and line, what is
// wrong and what is allowed; all of a file's are reported.
func Open(path string) (*Domain, error) {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder %s: %w", path, fs.ErrNotExist)
	case err != nil:
		return nil, err
	case !st.IsDir() && !known(path):
		return nil, fmt.Errorf("%s is not a domain: a folder, or a file that ends in %s, was expected", path, strings.Join(endings, ", "))
	case !st.IsDir():
		path = filepath.Dir(path)
	}
	files, err := look(path)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return read(filepath.Base(abs), path, files)
}

// look sniffs the files of a folder, in the alphabetical order of their names.
func look(dir string) ([]found, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	var list []found
	var pr problems
	n := 0
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || !known(name) {
			continue // NegMAS keeps statistics in files that begin with _
		}
		path := filepath.Join(dir, name)
		if st, err := os.Stat(path); err != nil || !st.Mode().IsRegular() {
			continue
		}
		if n++; n > maxFiles {
			return nil, fmt.Errorf("%s: more than %d files that could be parts of a domain", dir, maxFiles)
		}
		data, err := slurp(path)
		if err != nil {
			pr.add(err)
			continue
		}
		f, err := sniff(path, data)
		pr.add(err)
		if err == nil && f.format != "" {
			list = append(list, f)
		}
	}
	return list, pr.err()
}

// slurp reads a file that is not too long.
func slurp(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(data) > maxBytes {
		return nil, place{file: path}.errorf("longer than %d MiB, which no domain is", maxBytes>>20)
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), nil // a byte order mark says nothing in UTF-8
}

// sniff tells what a file is by its root; format "" is none of ours.
func sniff(path string, data []byte) (found, error) {
	base := filepath.Base(path)
	ext := filepath.Ext(base)
	f := found{path: path, name: strings.TrimSuffix(base, ext)}
	if strings.EqualFold(ext, ".xml") {
		root, err := rootOf(path, data)
		if err != nil {
			return f, err
		}
		if root != "negotiation_template" && root != "utility_space" {
			return f, nil
		}
		f.xml, err = parseXML(path, data)
		f.format, f.table = "genius", root == "negotiation_template"
		return f, err
	}
	parse := parseYAML
	if strings.EqualFold(ext, ".json") {
		parse = parseJSON
	}
	n, err := parse(path, data)
	if err != nil {
		return f, err
	}
	f.tree = n
	switch {
	case n.kind != object:
	case isGeniusWebProfile(n):
		f.format = "geniusweb"
	case isGeniusWebTable(n):
		f.format, f.table = "geniusweb", true
	case isNegoLog(n):
		f.format = "negolog"
	case isNegmasTable(n):
		f.format, f.table = "negmas", true
	case isNegmasProfile(n):
		f.format = "negmas"
	}
	return f, nil
}

// read makes a domain of what was found in a folder.
func read(name, dir string, files []found) (*Domain, error) {
	d := &Domain{Name: name}
	var tables, profiles []found
	for _, format := range formats {
		var t, p []found
		for _, f := range files {
			switch {
			case f.format != format:
			case f.table:
				t = append(t, f)
			default:
				p = append(p, f)
			}
		}
		if len(p) >= 2 || len(p) > len(profiles) || len(profiles) == 0 && len(t) > 0 && len(tables) == 0 {
			d.Format, tables, profiles = format, t, p
		}
		if len(profiles) >= 2 {
			break
		}
	}
	switch {
	case len(profiles) == 0 && len(tables) == 0:
		return nil, fmt.Errorf("%s holds no domain: no GENIUS XML, GeniusWeb, NegoLog or NegMAS file is in it", dir)
	case len(profiles) < 2:
		return nil, fmt.Errorf("%s holds %s of a domain (%s); two are needed", dir, count(len(profiles), "profile"), d.Format)
	case len(tables) > 1:
		return nil, fmt.Errorf("%s holds %d domain files (%s); one is allowed", dir, len(tables), listed(paths(tables)))
	}
	if len(profiles) > 2 {
		d.warn("%s holds %d profiles; talks are between two: %s and %s are read, %s not", dir, len(profiles),
			filepath.Base(profiles[0].path), filepath.Base(profiles[1].path), listed(paths(profiles[2:])))
	}
	for _, f := range files {
		if f.format != d.Format {
			d.warn("%s is left out: it is of another format (%s)", f.path, f.format)
		}
	}
	var table *rawDomain
	var err error
	if len(tables) == 1 {
		if table, err = readTable(&tables[0]); err != nil {
			return nil, err
		}
	}
	var pr problems
	var raw [2]*rawProfile
	for k := range raw {
		p, own, err := readProfile(&profiles[k], table, d)
		pr.add(err)
		if own != nil && table == nil {
			table = own
		}
		raw[k] = p
	}
	if err := pr.err(); err != nil {
		return nil, err
	}
	if err := assemble(d, table, raw); err != nil {
		return nil, err
	}
	return d, nil
}

func readTable(f *found) (*rawDomain, error) {
	switch f.format {
	case "genius":
		return geniusTable(f.xml)
	case "geniusweb":
		return geniusWebTable(f.tree)
	}
	return negmasTable(f.tree)
}

// readProfile reads a side, and what is on the table where the profile says that itself.
func readProfile(f *found, table *rawDomain, d *Domain) (p *rawProfile, own *rawDomain, err error) {
	switch f.format {
	case "genius":
		p, err = geniusProfile(f.xml, f.name, d)
	case "geniusweb":
		return geniusWebProfile(f.tree, f.name)
	case "negolog":
		p, err = negoLogProfile(f.tree, f.name)
	default:
		p, err = negmasProfile(f.tree, f.name, table, d)
	}
	return p, nil, err
}

func paths(list []found) []string {
	var names []string
	for _, f := range list {
		names = append(names, filepath.Base(f.path))
	}
	return names
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
