package tournament

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/pelletier/go-toml/v2"

	"github.com/parley-sim/parley/agents"
)

// Config is a tournament's file. The zero value of a key left out has the default it names.
type Config struct {
	Title       string   `toml:"title,omitempty"`
	Question    string   `toml:"question,omitempty"`
	Seed        int64    `toml:"seed"`        // master seed, >= 0; default 1
	Repetitions int64    `toml:"repetitions"` // of each pair in each order on each domain, >= 1; default 10
	Rounds      int64    `toml:"rounds"`      // deadline, 1 to 1,000,000; default 1000; of scenarios with a clock of their own: theirs
	Score       string   `toml:"score"`       // "utility" (default) or "gain"
	SelfPlay    *bool    `toml:"self_play"`   // whether players meet themselves; default true
	Domains     []string `toml:"domains"`     // folders of benchmark domains (patterns as in shells; relative to the file), and names or paths of scenarios
	// Players are agents as command lines spell them (agents.Parse), names of [player.NAME] tables, and with leave to run
	// programs exec:COMMAND. Default: all tables, by the alphabet.
	Players []string          `toml:"players"`
	Player  map[string]Player `toml:"player,omitempty"`

	Dir string `toml:"-"` // of the file: patterns are relative to it
}

// Player is a [player.NAME] table.
type Player struct {
	Bidding  string             `toml:"bidding,omitempty"`
	Accept   string             `toml:"accept,omitempty"`
	Opponent string             `toml:"opponent,omitempty"`
	Params   map[string]float64 `toml:"params,omitempty"`
	Exec     string             `toml:"exec,omitempty"` // a command line instead of the parts
}

// Limits.
const (
	mostRounds  = 1_000_000
	mostPlayers = 200
)

// Load reads a tournament's file. The error has a line for each thing that is wrong, with file and line
// where the file's reader knows them.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s: %w", path, os.ErrNotExist)
	}
	if err != nil {
		return nil, err
	}
	c, err := Parse(path, data)
	if err != nil {
		return nil, err
	}
	c.Dir = filepath.Dir(path)
	return c, nil
}

// Parse reads the text of a tournament's file; name is for errors.
func Parse(name string, data []byte) (*Config, error) {
	c := &Config{Seed: 1, Repetitions: 10, Rounds: 1000, Score: "utility"}
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		var strict *toml.StrictMissingError
		var at *toml.DecodeError
		switch {
		case errors.As(err, &strict):
			var errs []error
			for i := range strict.Errors {
				e := &strict.Errors[i]
				row, _ := e.Position()
				key := e.Key()
				errs = append(errs, fmt.Errorf("%s:%d: unknown key %s%s", name, row, strings.Join(key, "."), suggest(key)))
			}
			return nil, errors.Join(errs...)
		case errors.As(err, &at):
			row, _ := at.Position()
			return nil, fmt.Errorf("%s:%d: %s", name, row, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := c.check(name, data); err != nil {
		return nil, err
	}
	return c, nil
}

var (
	topKeys    = []string{"title", "question", "seed", "repetitions", "rounds", "score", "self_play", "domains", "players", "player"}
	playerKeys = []string{"bidding", "accept", "opponent", "params", "exec"}
)

func suggest(key []string) string {
	known := topKeys
	if len(key) > 2 {
		known = playerKeys
	}
	word := strings.ToLower(key[len(key)-1])
	best, near := len(word)/2+1, ""
	for _, k := range known {
		if d := levenshtein.ComputeDistance(word, k); d < best {
			best, near = d, k
		}
	}
	if near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return "; allowed: " + strings.Join(known, ", ")
}

// line is where a key stands, 0 if nowhere: the first line that starts with it.
func line(data []byte, key string) int {
	for i, l := range strings.Split(string(data), "\n") {
		l = strings.TrimSpace(l)
		if rest, ok := strings.CutPrefix(l, key); ok && strings.HasPrefix(strings.TrimSpace(rest), "=") || l == "["+key+"]" {
			return i + 1
		}
	}
	return 0
}

func (c *Config) check(name string, data []byte) error {
	var errs []error
	bad := func(key, format string, a ...any) {
		at := name
		if n := line(data, key); n > 0 {
			at = fmt.Sprintf("%s:%d", name, n)
		}
		errs = append(errs, fmt.Errorf("%s: %s: %s", at, key, fmt.Sprintf(format, a...)))
	}
	if c.Seed < 0 {
		bad("seed", "%d is not >= 0", c.Seed)
	}
	if c.Repetitions < 1 || c.Repetitions > 1_000_000 {
		bad("repetitions", "%d is not from 1 to 1000000", c.Repetitions)
	}
	if c.Rounds < 1 || c.Rounds > mostRounds {
		bad("rounds", "%d is not from 1 to %d", c.Rounds, mostRounds)
	}
	if c.Score != "utility" && c.Score != "gain" {
		bad("score", "%q is not one of utility, gain", c.Score)
	}
	if len(c.Domains) == 0 {
		bad("domains", `names none; write folders or scenarios, such as ["domains/*", "anac"]`)
	}
	names := make([]string, 0, len(c.Player))
	for k := range c.Player {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		if _, err := c.Player[k].contender(k); err != nil {
			bad("player."+k, "%v", err)
		}
	}
	if len(c.Players) == 0 {
		c.Players = names
	}
	var seen []string
	for _, p := range c.Players {
		if slices.Contains(seen, p) {
			bad("players", "%q stands twice", p)
		}
		seen = append(seen, p)
		if _, ok := c.Player[p]; ok {
			continue
		}
		if _, err := contender(p); err != nil {
			bad("players", "%v", err)
		}
	}
	if len(c.Players) < 2 || len(c.Players) > mostPlayers {
		bad("players", "%d players are not from 2 to %d", len(c.Players), mostPlayers)
	}
	return errors.Join(errs...)
}

// Contender is who plays.
type Contender struct {
	Name string
	Spec agents.Spec
	Exec string // a command line; then Spec is empty
}

func (p Player) contender(name string) (Contender, error) {
	c := Contender{Name: name, Exec: p.Exec}
	if p.Exec != "" {
		if p.Bidding != "" || p.Accept != "" || p.Opponent != "" || p.Params != nil {
			return c, errors.New("a program (exec) has no bidding, accept, opponent or params")
		}
		return c, nil
	}
	c.Spec = agents.Spec{Bidding: p.Bidding, Accept: p.Accept, Opponent: p.Opponent, Params: p.Params}
	_, err := agents.New(c.Spec)
	return c, err
}

// execPrefix marks a program among the players.
const execPrefix = "exec:"

func contender(s string) (Contender, error) {
	if cmd, ok := strings.CutPrefix(s, execPrefix); ok {
		if strings.TrimSpace(cmd) == "" {
			return Contender{}, errors.New("exec: names no command, such as exec:python3 agent.py")
		}
		return Contender{Name: s, Exec: cmd}, nil
	}
	spec, err := agents.Parse(s)
	return Contender{Name: s, Spec: spec}, err
}

// contenders are the players in order.
func (c *Config) contenders() ([]Contender, error) {
	var out []Contender
	for _, p := range c.Players {
		var k Contender
		var err error
		if t, ok := c.Player[p]; ok {
			k, err = t.contender(p)
		} else {
			k, err = contender(p)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// selfPlay reports whether players meet themselves.
func (c *Config) selfPlay() bool { return c.SelfPlay == nil || *c.SelfPlay }

// TOML is the resolved tournament: every key with its value.
func (c *Config) TOML() []byte {
	r := *c
	yes := c.selfPlay()
	r.SelfPlay = &yes
	var b bytes.Buffer
	e := toml.NewEncoder(&b)
	e.SetArraysMultiline(true)
	if err := e.Encode(r); err != nil {
		panic("tournament: " + err.Error())
	}
	return b.Bytes()
}
