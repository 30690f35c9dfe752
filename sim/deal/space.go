package deal

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unsafe"
)

// Issue is one item on the table.
type Issue struct {
	Name    string    // the word used in scenario files and columns
	Label   string    // for people; Name when empty
	Unit    string    // of Numbers, such as "%" or "$bn"; may be empty
	GivenBy string    // the party that gives when the value rises; may be empty
	Values  []string  // the names of the values, at least one, no two alike
	Numbers []float64 // what each value measures, in Unit, strictly ascending; nil for choices
	Now     int       // index of today's value, -1 if there is none
}

// Title is the label, or the name where there is no label.
func (is *Issue) Title() string {
	if is.Label != "" {
		return is.Label
	}
	return is.Name
}

// Value returns the index of the value with this name.
func (is *Issue) Value(name string) (int, bool) {
	for i, v := range is.Values {
		if v == name {
			return i, true
		}
	}
	return -1, false
}

// Words says value v with its unit, such as "41.1%" or "$550bn".
func (is *Issue) Words(v int) string {
	name := is.Values[v]
	switch {
	case is.Numbers == nil || is.Unit == "":
		return name
	case is.Unit == "%":
		return name + "%"
	case strings.HasPrefix(is.Unit, "$"):
		return "$" + name + is.Unit[1:]
	default:
		return name + " " + is.Unit
	}
}

// Offer is an outcome: one value index per issue, in the space's order.
type Offer []uint16

// Equal reports whether both name the same outcome.
func (o Offer) Equal(p Offer) bool {
	if len(o) != len(p) {
		return false
	}
	if len(o) == 0 {
		return true
	}
	// As bytes: the runtime compares them by words, and a table compares two offers a turn.
	return bytes.Equal(unsafe.Slice((*byte)(unsafe.Pointer(&o[0])), 2*len(o)), unsafe.Slice((*byte)(unsafe.Pointer(&p[0])), 2*len(p)))
}

// Space is the set of all outcomes. It does not change after NewSpace.
type Space struct {
	Issues []Issue
	dims   []int
	stride []uint64 // of the row-major index, last issue fastest; nil when the size passes 2^63
	byName map[string]int
}

// maxValues is how many values an issue may have: an index is a uint16, and 65535 stays free.
const maxValues = 1<<16 - 1

// NewSpace checks the issues and takes them over. Every problem is reported.
func NewSpace(issues []Issue) (*Space, error) {
	if len(issues) == 0 {
		return nil, errors.New("a space needs at least one issue")
	}
	s := &Space{Issues: issues, byName: make(map[string]int, len(issues))}
	var errs []error
	for i := range issues {
		is := &issues[i]
		if is.Name == "" {
			errs = append(errs, fmt.Errorf("issue %d has no name", i))
		}
		if _, dup := s.byName[is.Name]; dup {
			errs = append(errs, fmt.Errorf("issue %s: named twice", is.Name))
		}
		s.byName[is.Name] = i
		errs = append(errs, checkIssue(is)...)
		s.dims = append(s.dims, len(is.Values))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if n := s.Size(); n.IsInt64() {
		s.stride = make([]uint64, len(issues))
		at := uint64(1)
		for i := len(issues) - 1; i >= 0; i-- {
			s.stride[i] = at
			at *= uint64(s.dims[i])
		}
	}
	return s, nil
}

func checkIssue(is *Issue) []error {
	var errs []error
	bad := func(format string, a ...any) {
		errs = append(errs, fmt.Errorf("issue %s: "+format, append([]any{is.Name}, a...)...))
	}
	if len(is.Values) == 0 {
		bad("has no values")
	}
	if len(is.Values) > maxValues {
		bad("%d values are more than %d", len(is.Values), maxValues)
	}
	seen := make(map[string]bool, len(is.Values))
	for _, v := range is.Values {
		if seen[v] {
			bad("value %q appears twice", v)
		}
		seen[v] = true
	}
	if is.Numbers != nil && len(is.Numbers) != len(is.Values) {
		bad("%d numbers for %d values", len(is.Numbers), len(is.Values))
	}
	for i, x := range is.Numbers {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			bad("%v is not a finite number", x)
		} else if i > 0 && x <= is.Numbers[i-1] {
			bad("%v follows %v; the numbers must rise", x, is.Numbers[i-1])
		}
	}
	if is.Now < -1 || is.Now >= len(is.Values) {
		bad("now = %d is not the index of a value (-1 for none, else 0 to %d)", is.Now, len(is.Values)-1)
	}
	return errs
}

// Len is the number of issues.
func (s *Space) Len() int { return len(s.dims) }

// Issue returns the index of the issue with this name.
func (s *Space) Issue(name string) (int, bool) {
	i, ok := s.byName[name]
	return i, ok
}

// Size is the exact number of outcomes.
func (s *Space) Size() *big.Int {
	n := big.NewInt(1)
	for _, d := range s.dims {
		n.Mul(n, big.NewInt(int64(d)))
	}
	return n
}

// Count is the number of outcomes where it is below 2^63; ok is false beyond.
func (s *Space) Count() (n uint64, ok bool) {
	if s.stride == nil {
		return 0, false
	}
	return s.stride[0] * uint64(s.dims[0]), true
}

// Index is the outcome's row-major number, last issue fastest. It panics where Count has none.
func (s *Space) Index(o Offer) uint64 {
	if s.stride == nil {
		panic("deal: Index on a space of more than 2^63 outcomes")
	}
	var at uint64
	for i, v := range o {
		at += uint64(v) * s.stride[i]
	}
	return at
}

// At writes the outcome with this row-major number into out.
func (s *Space) At(index uint64, out Offer) {
	if s.stride == nil {
		panic("deal: At on a space of more than 2^63 outcomes")
	}
	for i := len(out) - 1; i >= 0; i-- {
		d := uint64(s.dims[i])
		if index < d { // most of the way for small numbers, and a division saved
			out[i], index = uint16(index), 0
			continue
		}
		q := index / d
		out[i], index = uint16(index-q*d), q
	}
}

// Check says what is wrong with an offer, nil if it lies in the space. It does not allocate unless it fails.
func (s *Space) Check(o Offer) error {
	if len(o) != len(s.dims) {
		return fmt.Errorf("the offer has %d values, the space %d issues", len(o), len(s.dims))
	}
	for i, v := range o {
		if int(v) >= s.dims[i] {
			return fmt.Errorf("%s: %d is not the index of a value (0 to %d)", s.Issues[i].Name, v, s.dims[i]-1)
		}
	}
	return nil
}

// NewOffer is an offer of the right length: the first value of every issue.
func (s *Space) NewOffer() Offer { return make(Offer, len(s.dims)) }

// Now is today's values as an outcome; ok is false when an issue has none.
func (s *Space) Now() (o Offer, ok bool) {
	o = s.NewOffer()
	for i := range s.Issues {
		if s.Issues[i].Now < 0 {
			return nil, false
		}
		o[i] = uint16(s.Issues[i].Now)
	}
	return o, true
}

// Words says an offer issue by issue: "us_tariff 41.1%, investment $550bn". What is as today is
// left out when brief is set and something else differs.
func (s *Space) Words(o Offer, brief bool) string {
	if err := s.Check(o); err != nil {
		return err.Error()
	}
	var b strings.Builder
	for i := range s.Issues {
		is := &s.Issues[i]
		if brief && int(o[i]) == is.Now {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(is.Name + " " + is.Words(int(o[i])))
	}
	if b.Len() == 0 {
		return "everything as today"
	}
	return b.String()
}

// Strings is the offer as value names, issue by issue.
func (s *Space) Strings(o Offer) []string {
	v := make([]string, len(o))
	for i := range o {
		v[i] = s.Issues[i].Values[o[i]]
	}
	return v
}

// Parse finds the outcome with these value names, issue by issue. A number may be written in any way
// that means the same ("30" and "30.0").
func (s *Space) Parse(values map[string]string) (Offer, error) {
	o := s.NewOffer()
	var errs []error
	for _, name := range sortedKeys(values) {
		if _, ok := s.byName[name]; !ok {
			errs = append(errs, fmt.Errorf("no issue is called %q%s", name, suggest(name, s.names())))
		}
	}
	for i := range s.Issues {
		is := &s.Issues[i]
		name, ok := values[is.Name]
		if !ok {
			errs = append(errs, fmt.Errorf("%s has no value", is.Name))
			continue
		}
		v, ok := is.find(name)
		if !ok {
			errs = append(errs, fmt.Errorf("%s: %q is not one of its values (%s)%s", is.Name, name, listed(is.Values), suggest(name, is.Values)))
			continue
		}
		o[i] = uint16(v)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return o, nil
}

// find is Value, with numbers compared as numbers.
func (is *Issue) find(name string) (int, bool) {
	if v, ok := is.Value(name); ok {
		return v, true
	}
	x, err := strconv.ParseFloat(name, 64)
	if err != nil || is.Numbers == nil {
		return -1, false
	}
	return is.nearest(x)
}

// nearest is the value whose number is x, a rounding error apart.
func (is *Issue) nearest(x float64) (int, bool) {
	for i, n := range is.Numbers {
		if math.Abs(n-x) <= 1e-9*math.Max(1, math.Abs(n)) {
			return i, true
		}
	}
	return -1, false
}

func (s *Space) names() []string {
	n := make([]string, len(s.Issues))
	for i := range s.Issues {
		n[i] = s.Issues[i].Name
	}
	return n
}
