package economy

import (
	"maps"
	"slices"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Column is one measure of a result, a value a region.
type Column struct {
	Name   string // "welfare_pct"
	Values []float64
}

// Columns lists a result's measures in the order in which they are printed: those every model has,
// then its own by name.
func Columns(r *trade.Result) []Column {
	out := []Column{
		{"welfare_pct", r.WelfarePct},
		{"welfare_bn", r.WelfareBn},
		{"price_pct", r.PricePct},
		{"wage_pct", r.WagePct},
		{"exports_pct", r.ExportsPct},
		{"imports_pct", r.ImportsPct},
		{"revenue_bn", r.RevenueBn},
	}
	for _, name := range slices.Sorted(maps.Keys(r.Extra)) {
		out = append(out, Column{name, r.Extra[name]})
	}
	return out
}
