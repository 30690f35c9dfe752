// Package configs carries the scenarios and the data they rest on, so that the program needs no files
// beside it.
//
//	*.toml          scenarios; the first line names their schema for editors
//	data/facts      facts that scenarios name as sources, each with its date and where it was read
//	data/priors.toml  assumptions that scenarios share; a scenario takes them by priors = "priors.toml"
//	data/economy    compact tables of the trade models
package configs

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

//go:embed *.toml data
var files embed.FS

// Info is a scenario's name, as in `parley run NAME`, and the question it asks.
type Info struct{ Name, Question string }

// Scenarios lists the scenarios by name.
func Scenarios() []Info {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("configs: " + err.Error()) // it is part of the binary
	}
	var list []Info
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".toml")
		if !ok {
			continue
		}
		data, err := files.ReadFile(e.Name())
		if err != nil {
			panic("configs: " + err.Error())
		}
		list = append(list, Info{name, question(string(data))})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// question finds the line `question = "..."` without reading TOML: this package knows the standard
// library alone, and a test holds that every scenario has such a line.
func question(text string) string {
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.TrimSpace(key) != "question" {
			continue
		}
		value = strings.TrimSpace(value)
		if len(value) >= 2 && value[0] == '"' {
			if end := strings.IndexByte(value[1:], '"'); end >= 0 {
				return value[1 : 1+end]
			}
		}
	}
	return ""
}

// aliases are further names of scenarios.
var aliases = map[string]string{"madrid_2025": "madrid"}

// Scenario returns the text of a scenario, by name or another name of it (madrid_2025 is madrid); the error
// is a *fs.PathError.
func Scenario(name string) ([]byte, error) {
	if of, ok := aliases[name]; ok {
		name = of
	}
	return files.ReadFile(name + ".toml")
}

// Priors returns a file of common assumptions by its name, priors.toml; scenarios name it under priors.
func Priors(name string) ([]byte, error) { return files.ReadFile("data/" + name) }

// Facts lists the files of facts, by the names that sources use: facts/phase_one.csv.
func Facts() []string {
	names, err := fs.Glob(files, "data/facts/*.csv")
	if err != nil {
		panic("configs: " + err.Error())
	}
	for i := range names {
		names[i] = strings.TrimPrefix(names[i], "data/")
	}
	return names
}

// Fact returns a file of facts by the name that sources use, facts/phase_one.csv: CSV with a header.
func Fact(name string) ([]byte, error) {
	if !strings.HasPrefix(name, "facts/") {
		return nil, fmt.Errorf("%q does not start with facts/", name)
	}
	return files.ReadFile("data/" + name)
}

// Data is the folder data, for trade models that read their tables from it.
func Data() fs.FS {
	sub, err := fs.Sub(files, "data")
	if err != nil {
		panic("configs: " + err.Error())
	}
	return sub
}
