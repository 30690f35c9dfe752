package scenario

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/threat"
)

// Load reads a scenario: one that the program carries, by name, a file, by path, or a folder with a
// benchmark domain of another program. Whatever has a path separator or ends in .toml is a path. It
// returns the scenario's short name too.
func Load(name string, sets []string) (*config.Scenario, string, error) {
	cfg, short, _, err := Open(name, sets)
	return cfg, short, err
}

// Open is Load that also returns the domain, where the scenario is one: its warnings, and the names
// that the scenario's keys stand for.
func Open(name string, sets []string) (*config.Scenario, string, *importer.Domain, error) {
	data, file, domain, err := read(name)
	if err != nil {
		return nil, "", nil, err
	}
	cfg, err := config.Parse(file, data, config.Options{Sets: sets, Known: Known(), Priors: priorsBeside(name)})
	if err != nil {
		return nil, "", nil, err
	}
	if domain != nil {
		return cfg, domain.Name, domain, nil
	}
	return cfg, strings.TrimSuffix(filepath.Base(name), ".toml"), nil, nil
}

func read(name string) (data []byte, file string, domain *importer.Domain, err error) {
	if !strings.ContainsAny(name, `/\`) && !strings.HasSuffix(name, ".toml") {
		if data, err = configs.Scenario(name); err == nil {
			return data, name + ".toml", nil, nil
		}
		if !importer.IsPath(name) {
			return nil, "", nil, unknown(name)
		}
	}
	if importer.IsPath(name) {
		if domain, err = importer.Open(name); err != nil {
			return nil, "", nil, err
		}
		return domain.TOML(), name + " (as imported)", domain, nil
	}
	data, err = os.ReadFile(name)
	if os.IsNotExist(err) {
		return nil, "", nil, fmt.Errorf("there is no file %s: %w", name, fs.ErrNotExist)
	}
	return data, name, nil, err
}

// priorsBeside finds files of priors: beside the scenario if that is a file, else the program's own.
func priorsBeside(scenario string) config.Priors {
	return func(name string) ([]byte, string, error) {
		if filepath.Base(name) != name {
			return nil, "", fmt.Errorf("%q is a path; name a file beside the scenario, such as priors.toml", name)
		}
		if strings.ContainsAny(scenario, `/\`) || strings.HasSuffix(scenario, ".toml") {
			path := filepath.Join(filepath.Dir(scenario), name)
			data, err := os.ReadFile(path)
			if err == nil || !os.IsNotExist(err) {
				return data, path, err
			}
		}
		data, err := configs.Priors(name)
		if err != nil {
			return nil, "", fmt.Errorf("there is no file %s beside the scenario, and the program carries only priors.toml", name)
		}
		return data, name, nil
	}
}

// unknown says that no scenario has this name, and which come near.
func unknown(name string) error {
	var names []string
	best, near := len(name)/2+1, ""
	for _, s := range configs.Scenarios() {
		names = append(names, s.Name)
		if d := levenshtein.ComputeDistance(strings.ToLower(name), s.Name); d < best {
			best, near = d, s.Name
		}
	}
	msg := fmt.Sprintf("no scenario is called %q (there are %s; a file needs its path, such as ./%s.toml; a folder with a domain is one too)", name, strings.Join(names, ", "), name)
	if near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	return &UnknownScenario{msg}
}

// UnknownScenario says that no scenario has the name asked for.
type UnknownScenario struct{ msg string }

func (e *UnknownScenario) Error() string { return e.msg }

// Known is every name a scenario file may use.
func Known() config.Known {
	k := config.Known{Before: []string{execPrefix, "uncertain/", "best_response/"}}
	for _, info := range agents.List() {
		switch info.Kind {
		case agents.Bidding:
			k.Bidding = append(k.Bidding, info.Name)
		case agents.Acceptance:
			k.Accept = append(k.Accept, info.Name)
		case agents.Opponent:
			k.Opponent = append(k.Opponent, info.Name)
		}
		for _, p := range info.Params {
			k.Params = append(k.Params, p.Name)
		}
	}
	for _, p := range sim.Protocols() {
		k.Protocols = append(k.Protocols, p.Name)
	}
	k.Policies = threat.Names()
	k.Models = Economies()
	k.CheckLine = checkLine
	return k
}

// checkLine says what is wrong with a red line over the scenario's issues.
func checkLine(issues []config.Issue, expr string) error {
	list := make([]deal.Issue, len(issues))
	for i := range issues {
		is := &issues[i]
		list[i] = deal.Issue{Name: is.Key, Unit: is.Unit, Values: is.Values(), Numbers: is.Numbers(), Now: is.NowIndex()}
	}
	space, err := deal.NewSpace(list)
	if err != nil {
		return nil // the issues' own problems are reported with them
	}
	_, err = deal.ParseExpr(space, expr)
	return err
}
