package trade

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ParseOp reads "set", "add" or "scale".
func ParseOp(s string) (Op, error) {
	names := []string{"set", "add", "scale"}
	for op, name := range names {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return Op(op), nil
		}
	}
	if near := Nearest(s, names); near != "" {
		return 0, fmt.Errorf("change %q: did you mean %q?", s, near)
	}
	return 0, fmt.Errorf("change %q is not set, add or scale", s)
}

// ParseUse reads "" or "all", "inputs" or "finals".
func ParseUse(s string) (Use, error) {
	names := []string{"all", "inputs", "finals"}
	s = strings.TrimSpace(s)
	if s == "" {
		return AllUses, nil
	}
	for u, name := range names {
		if strings.EqualFold(s, name) {
			return Use(u), nil
		}
	}
	return 0, fmt.Errorf("use %q is not all, inputs or finals", s)
}

// ParseRaise reads a change as it stands on a command line, importer:exporter[:sector]=VALUE. A
// value with a sign adds (+0.10), one after an x compounds (x0.10), a bare one sets (0.10); a per
// cent sign divides by a hundred (+10%).
func ParseRaise(s string) (Change, error) {
	fail := func(why string) (Change, error) {
		return Change{}, fmt.Errorf("%q: %s; write importer:exporter[:sector]=+0.10", s, why)
	}
	names, value, ok := strings.Cut(s, "=")
	if !ok {
		return fail("no = in it")
	}
	parts := strings.Split(names, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return fail("needs two or three names before =")
	}
	for k := range parts {
		if parts[k] = strings.TrimSpace(parts[k]); parts[k] == "" {
			return fail("a name is empty; * stands for all")
		}
	}
	c := Change{Importer: parts[0], Exporter: parts[1], Sector: "*"}
	if len(parts) == 3 {
		c.Sector = parts[2]
	}
	value = strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(value, "+"), strings.HasPrefix(value, "-"):
		c.Op = Add
	case strings.HasPrefix(value, "x"):
		c.Op, value = Scale, value[1:]
	}
	var err error
	if c.Value, err = parseFraction(value); err != nil {
		return fail(err.Error())
	}
	return c, nil
}

// parseFraction reads 0.25 or 25%.
func parseFraction(s string) (float64, error) {
	s = strings.TrimSpace(s)
	number, percent := strings.CutSuffix(s, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	if percent {
		v /= 100
	}
	if v-v != 0 {
		return 0, fmt.Errorf("%q is not a finite number", s)
	}
	return v, nil
}

// LineError says which line of a tariff file is wrong, and why.
type LineError struct {
	Line int // from 1
	Err  error
}

// Error implements error.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the reason.
func (e *LineError) Unwrap() error { return e.Err }

// ReadSchedule reads CSV with the columns importer, exporter, sector, change, value and, if there,
// use, in any order; sector may be missing (all). lines are where the changes stand. Errors are a
// *LineError, or csv's own.
func ReadSchedule(r io.Reader) (s Schedule, lines []int, err error) {
	in := csv.NewReader(r)
	in.TrimLeadingSpace = true
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, errors.New("the tariff file is empty; its first line names importer,exporter,sector,change,value")
	}
	if err != nil {
		return nil, nil, err
	}
	columns := []string{"importer", "exporter", "sector", "change", "value", "use"}
	at := make(map[string]int, len(columns))
	for k, h := range head {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if _, twice := at[h]; twice {
			return nil, nil, &LineError{1, fmt.Errorf("column %q stands twice", h)}
		}
		known := false
		for _, c := range columns {
			known = known || c == h
		}
		if !known {
			return nil, nil, &LineError{1, fmt.Errorf("unknown column %q; the columns are %s", h, strings.Join(columns, ", "))}
		}
		at[h] = k
	}
	for _, c := range []string{"importer", "exporter", "change", "value"} {
		if _, ok := at[c]; !ok {
			return nil, nil, &LineError{1, fmt.Errorf("no column %q; the columns are %s", c, strings.Join(columns, ", "))}
		}
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return s, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := in.FieldPos(0)
		field := func(c string) string {
			if k, ok := at[c]; ok {
				return strings.TrimSpace(row[k])
			}
			return ""
		}
		c := Change{Importer: field("importer"), Exporter: field("exporter"), Sector: field("sector")}
		if c.Importer == "" || c.Exporter == "" {
			return nil, nil, &LineError{line, errors.New("a region is empty; * stands for all")}
		}
		if c.Sector == "" {
			c.Sector = "*"
		}
		if c.Op, err = ParseOp(field("change")); err == nil {
			if c.Use, err = ParseUse(field("use")); err == nil {
				c.Value, err = parseFraction(field("value"))
			}
		}
		if err != nil {
			return nil, nil, &LineError{line, err}
		}
		s, lines = append(s, c), append(lines, line)
	}
}
