package tournament

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// schemaVersion counts changes to what a row means.
const schemaVersion = 1

// Columns of a row, in order.
const (
	colRun = iota
	colPoint
	colReplication
	colSeed
	colVersion
	colStatus
	colCause
	colFirst
	colRound
	colOffers
	colDomain
	colAgent      // two of them
	colUtility    = colAgent + 2
	colScore      = colUtility + 2
	colGain       = colScore + 2
	colJoint      = colGain + 2
	colToFrontier = colJoint + 1
	colToNash     = colToFrontier + 1
	colToKS       = colToNash + 1
	colBlame      = colToKS + 1
	colClock      = colBlame + 1
	columns       = colClock + 1
)

// Ends of a session, in the order of the status column.
const (
	ended = iota // signed
	failed
	faulty
)

// Job is a tournament as an experiment. Run r is replication r / points of point r mod points; a point is a domain and an
// ordered pair of players.
type Job struct {
	Config  *Config
	Domains []*Domain
	Players []Contender
	pairs   [][2]int
	gain    bool
	NewHost func() Host // of one worker; nil where no program may be run
}

// Host runs programs as players.
type Host interface {
	// Negotiator is the program's seat in one session after another.
	Negotiator(command string) (sim.Negotiator, error)
	// Seat is a new seat that plays negotiators of this process and programs, in batches.
	Seat() sim.Seat
	// Close ends what was started.
	Close() error
}

// New prepares a tournament. Programs are refused unless there is a host.
func New(c *Config, domains []*Domain, host bool) (*Job, error) {
	players, err := c.contenders()
	if err != nil {
		return nil, err
	}
	for _, p := range players {
		if p.Exec != "" && !host {
			return nil, &ExecError{Command: p.Exec}
		}
	}
	if len(domains) == 0 {
		return nil, errors.New("a tournament needs a domain")
	}
	j := &Job{Config: c, Domains: domains, Players: players, gain: c.Score == "gain"}
	for _, d := range domains {
		if d.Draws != nil && !j.gain && d.Draws.Config.Worth != "unit" {
			return nil, fmt.Errorf(`%s counts worth in %s, which cannot be added to other domains' utilities; write score = "gain"`, d.Name, d.Draws.Config.Worth)
		}
	}
	for i := range players {
		for k := range players {
			if i != k || c.selfPlay() {
				j.pairs = append(j.pairs, [2]int{i, k})
			}
		}
	}
	for _, d := range domains {
		if d.Draws != nil {
			continue
		}
		d.yard = &yard{}
		a, b := d.Model.NewParty(0), d.Model.NewParty(1)
		a.Set(d.Terms[0])
		b.Set(d.Terms[1])
		if err := d.yard.measure(d.Model.NewSolver(), a, b, j.gain); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
	}
	return j, nil
}

// ExecError says that a program would have to be run and may not.
type ExecError struct{ Command string }

func (e *ExecError) Error() string {
	return fmt.Sprintf("the player exec:%s is a program, which is not run unasked", e.Command)
}

// Points is the number of cells: domains times ordered pairs.
func (j *Job) Points() uint64 { return uint64(len(j.Domains) * len(j.pairs)) }

// Runs is how many sessions the file asks for.
func (j *Job) Runs() uint64 { return j.Points() * uint64(j.Config.Repetitions) }

// Schema implements experiment.Job.
func (j *Job) Schema() store.Schema {
	var names, domains, causes []string
	for _, p := range j.Players {
		names = append(names, p.Name)
	}
	for _, d := range j.Domains {
		domains = append(domains, d.Name)
	}
	for c := sim.Accepted; c <= sim.SeatFailed; c++ {
		causes = append(causes, c.String())
	}
	seats := []string{"0", "1"}
	c := make([]store.Column, 0, columns)
	id := func(n string) { c = append(c, store.Column{Name: n, Kind: store.Int, Role: "id"}) }
	id("run")
	id("point")
	id("replication")
	id("seed")
	id("schema_version")
	c = append(c,
		store.Column{Name: "status", Kind: store.Level, Role: "end", Levels: []string{"signed", "no_deal", "error"}},
		store.Column{Name: "cause", Kind: store.Level, Role: "end", Levels: causes},
		store.Column{Name: "first", Kind: store.Level, Role: "end", Levels: seats},
		store.Column{Name: "round", Kind: store.Int, Role: "end"},
		store.Column{Name: "offers", Kind: store.Int, Role: "end"},
		store.Column{Name: "domain", Kind: store.Level, Role: "end", Levels: domains},
	)
	for _, s := range seats {
		c = append(c, store.Column{Name: "agent." + s, Kind: store.Level, Role: "agent", Levels: names})
	}
	for _, what := range []string{"utility.", "score.", "gain."} {
		for _, s := range seats {
			c = append(c, store.Column{Name: what + s, Kind: store.Float, Role: "worth"})
		}
	}
	for _, what := range []string{"joint", "to_frontier", "to_nash", "to_kalai_smorodinsky"} {
		c = append(c, store.Column{Name: what, Kind: store.Float, Role: "worth"})
	}
	c = append(c,
		store.Column{Name: "blame", Kind: store.Level, Role: "end", Levels: seats},
		store.Column{Name: "wall_clock", Kind: store.Int, Role: "end"},
	)
	return store.Schema{Version: schemaVersion, Columns: c}
}

// Hash implements experiment.Job.
func (j *Job) Hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "parley tournament %d\n%d %d %s %v\n", schemaVersion, j.Config.Seed, j.Config.Rounds, j.Config.Score, j.Config.selfPlay())
	for _, p := range j.Players {
		fmt.Fprintf(h, "%q %q %q\n", p.Name, agents.Usual(p.Spec).String(), p.Exec)
	}
	for _, d := range j.Domains {
		fmt.Fprintf(h, "%q %x\n", d.Name, d.sum)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// place is what a run is.
func (j *Job) place(run uint64) (domain, pair int, rep uint64) {
	cell, rep := experiment.Place(run, j.Points())
	return int(cell) / len(j.pairs), int(cell) % len(j.pairs), rep
}

// slots is how many sessions a worker has live: few, for each slot keeps a negotiator of every player and seat.
const slots = 16

// NewWorker implements experiment.Job.
func (j *Job) NewWorker() (experiment.Worker, error) {
	w := &worker{j: j, slot: make([]chair, slots), row: make(store.Row, columns)}
	opt := sim.HubOptions{Batch: slots}
	if j.programs() {
		w.host = j.NewHost()
		opt.Seat = [2]sim.Seat{w.host.Seat(), w.host.Seat()}
	}
	w.table = sim.NewHub(opt)
	return w, nil
}

// programs reports whether any player is a program.
func (j *Job) programs() bool {
	for _, p := range j.Players {
		if p.Exec != "" {
			return true
		}
	}
	return false
}

// Close implements experiment.Closer.
func (w *worker) Close() error {
	if w.host == nil {
		return nil
	}
	return w.host.Close()
}

// worker plays shards. Any worker makes the same rows.
type worker struct {
	j         *Job
	table     sim.Table
	host      Host
	slot      []chair
	row       store.Row
	next, end uint64
	fault     error
	emit      func(store.Row) error
	drawn     map[int]*drawn // by domain, of scenarios
	pcg       rand.PCG
}

// chair is what a slot keeps.
type chair struct {
	sat   [][2]sim.Negotiator // by player and seat
	party map[int][2]*deal.Party
	run   uint64
	yard  *yard
	draw  *scenario.Draw
}

// drawn are a scenario's last draws with what they are measured by.
type drawn struct {
	solver *deal.Solver
	rep    uint64
	yard   *yard
}

// Shard implements experiment.Worker.
func (w *worker) Shard(ctx context.Context, first, n uint64, emit func(store.Row) error) error {
	w.next, w.end, w.emit, w.fault = first, first+n, emit, nil
	err := w.table.Play(ctx, w, w.settle)
	return errors.Join(w.fault, err)
}

var seatID = [2]uint64{chance.ID("tournament.seat.0"), chance.ID("tournament.seat.1")}

// Next implements sim.Source.
func (w *worker) Next(at int, out *sim.Setup) bool {
	if w.next == w.end || w.fault != nil {
		return false
	}
	if w.fault = w.seat(&w.slot[at], w.next, out); w.fault != nil {
		return false
	}
	w.next++
	return true
}

func (w *worker) seat(c *chair, run uint64, out *sim.Setup) error {
	j := w.j
	di, pi, rep := j.place(run)
	d := j.Domains[di]
	c.run = run
	if c.party == nil {
		c.party, c.sat = map[int][2]*deal.Party{}, make([][2]sim.Negotiator, len(j.Players))
	}
	party, ok := c.party[di]
	if !ok {
		party = [2]*deal.Party{d.Model.NewParty(0), d.Model.NewParty(1)}
		c.party[di] = party
	}
	seed := uint64(j.Config.Seed)
	terms := &d.Terms
	out.Rounds = int32(j.Config.Rounds)
	c.yard = d.yard
	if d.Draws != nil {
		c.draw = d.Draws.NewDraw()
		d.Draws.Draw(seed, rep, c.draw)
		terms = &c.draw.Terms
	}
	for side, p := range party {
		p.Set(terms[side])
	}
	if d.Draws != nil {
		y, err := w.yardOf(di, rep, party)
		if err != nil {
			return err
		}
		c.yard = y
	}
	for side := range party {
		k := j.pairs[pi][side]
		if c.sat[k][side] == nil {
			n, err := w.make(&j.Players[k])
			if err != nil {
				return err
			}
			c.sat[k][side] = n
		}
		if know, ok := c.sat[k][side].(agents.Knower); ok && know.Wants() {
			know.Know(&terms[1-side])
		}
		out.Negotiator[side] = c.sat[k][side]
		chance.Seed(&w.pcg, seed, rep, seatID[side], uint64(di))
		out.Seed[side] = w.pcg.Uint64()
	}
	out.ID, out.Party, out.First = run, party, int(rep%2)
	return nil
}

func (w *worker) make(p *Contender) (sim.Negotiator, error) {
	if p.Exec != "" {
		return w.host.Negotiator(p.Exec)
	}
	return agents.New(p.Spec)
}

// yardOf measures a scenario's draw, once for all sessions of a repetition that follow one another.
func (w *worker) yardOf(di int, rep uint64, party [2]*deal.Party) (*yard, error) {
	if w.drawn == nil {
		w.drawn = map[int]*drawn{}
	}
	k := w.drawn[di]
	if k != nil && k.rep == rep {
		return k.yard, nil
	}
	if k == nil {
		k = &drawn{solver: w.j.Domains[di].Model.NewSolver()}
		w.drawn[di] = k
	}
	k.rep, k.yard = rep, &yard{}
	return k.yard, k.yard.measure(k.solver, party[0], party[1], w.j.gain)
}

// settle turns a result into its row.
func (w *worker) settle(at int, r *sim.Result) error {
	c := &w.slot[at]
	di, pi, rep := w.j.place(c.run)
	row := w.row
	for i := range row {
		row[i] = store.Missing
	}
	pair := w.j.pairs[pi]
	row[colRun], row[colPoint], row[colReplication] = c.run, c.run%w.j.Points(), rep
	row[colSeed], row[colVersion] = uint64(w.j.Config.Seed), schemaVersion
	row[colCause], row[colFirst], row[colDomain] = uint64(r.Cause), rep%2, uint64(di)
	row[colRound], row[colOffers] = uint64(r.Round), uint64(r.Offers)
	row[colAgent], row[colAgent+1] = uint64(pair[0]), uint64(pair[1])
	row[colClock] = 0
	if r.Status == sim.Error && strings.Contains(r.Err, external.Late) {
		row[colClock] = 1
	}
	switch r.Status {
	case sim.Error:
		row[colStatus] = faulty
		row[colBlame] = uint64(max(0, int(r.By)))
		return w.emit(row)
	case sim.Signed:
		row[colStatus] = ended
	default:
		row[colStatus] = failed
	}
	u := r.Utility
	for side := range u {
		if b, ok := c.sat[pair[side]][side].(agents.Botherer); ok {
			u[side] -= b.Bother()
		}
	}
	score := c.yard.point(u)
	for side := range score {
		row.PutF(colUtility+side, u[side])
		row.PutF(colScore+side, score[side])
		row.PutF(colGain+side, c.yard.gainOf(side, u[side]))
	}
	row.PutF(colJoint, score[0]+score[1])
	front, nash, ks := c.yard.distances(score)
	row.PutF(colToFrontier, front)
	row.PutF(colToNash, nash)
	row.PutF(colToKS, ks)
	return w.emit(row)
}
