package scenario

import (
	"github.com/parley-sim/parley/internal/config"
)

// fromDelivery makes an interest's strength what is really built or bought of an issue, in its unit:
//
//	plants      investment x cleared(screening) x built_share
//	purchases   purchases x purchase_share
//
// and the interest's shapes multiply it. The share that review clears is drawn by choice of
// `screening`, so plants are a component for each choice: then every component is a table that does
// not change times a weight that does.
func (c *compiler) fromDelivery(k component, p *config.Party, in *config.Interest) []component {
	d := c.cfg.Delivery
	if d == nil {
		c.fail("party.%s.interest.%s: from = \"delivery\" needs a [delivery] section", p.Key, in.Key)
		return nil
	}
	of := in.Of
	if of == "" {
		of = map[string]string{"plants": "investment", "purchases": "purchases"}[in.Key]
	}
	i, ok := c.space.Issue(of)
	if !ok || c.space.Issues[i].Numbers == nil {
		c.fail("party.%s.interest.%s: delivery of %q needs an issue of that name with numbers; name it with of = \"...\"", p.Key, in.Key, of)
		return nil
	}
	k.scope = union(k.scope, []int{i})
	shapes := k.strength
	k.strength = func(x []float64) float64 { return x[i] * shapes(x) }
	if of == "purchases" {
		k.weight = append(k.weight, c.vars.number(&d.PurchaseShare, 1, ""))
		return []component{k}
	}
	k.weight = append(k.weight, c.vars.number(&d.BuiltShare, 1, ""))
	s, ok := c.space.Issue("screening")
	if !ok || d.Cleared == nil {
		return []component{k}
	}
	k.scope = union(k.scope, []int{s})
	var parts []component
	for v, choice := range c.space.Issues[s].Values {
		cleared, ok := d.Cleared.Get(choice)
		if !ok {
			c.fail("delivery.cleared: no share for screening = %s", choice)
			continue
		}
		part := k
		part.name = k.name + ":" + choice
		part.weight = append(append([]value(nil), k.weight...),
			c.vars.number(cleared, 1, ""))
		strength := k.strength
		part.strength = func(x []float64) float64 {
			if x[s] != float64(v) {
				return 0
			}
			return strength(x)
		}
		parts = append(parts, part)
	}
	return parts
}
