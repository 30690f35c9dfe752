package belief

// Bluff is a threat between a side that means it with chance Prior and another that cannot tell. If the
// other gives way the threatener gains Gain and the other loses Give. If it stands firm, one who means
// the threat carries it out, which costs the other Hurt; one who does not backs down, which costs it Audience at home
// (Fearon 1997, "Signaling foreign policy interests: tying hands versus sinking costs").
type Bluff struct {
	Prior    float64 // 0 to 1
	Gain     float64 // > 0
	Audience float64 // >= 0
	Give     float64 // > 0
	Hurt     float64 // > 0
}

// Solve is the equilibrium: how often one who does not mean it threatens, how often the other stands
// firm, and how likely it then is that the threat is meant. One who means it always threatens.
//
// Where standing firm would be a mistake even if every bluffer threatened (Prior x Hurt >= Give) all threaten and
// none stand firm. Where giving way is dearer than the sanction none give way, so none bluff who would
// pay for it. Else both mix, each so that the other is indifferent: the bluffer between threatening and
// keeping still, (1 - firm) Gain = firm Audience; the other between giving way and standing firm,
// Give = meant x Hurt.
func (b *Bluff) Solve() (bluffs, firm, meant float64) {
	switch {
	case b.Prior <= 0:
		return 0, 1, 0
	case float64(b.Prior*b.Hurt) >= b.Give:
		return 1, 0, b.Prior
	case b.Hurt <= b.Give:
		if b.Audience == 0 {
			return 1, 1, b.Prior
		}
		return 0, 1, 1
	}
	meant = b.Give / b.Hurt
	bluffs = b.Prior * (1 - meant) / ((1 - b.Prior) * meant)
	firm = b.Gain / (b.Gain + b.Audience)
	return bluffs, firm, meant
}

// Resolve is what a side is thought to be: one that means its threats, or one that bluffs. Nobody keeps
// to his type always.
type Resolve struct {
	Keeps  float64 // chance that one who means them carries a threat out, 0 to 1
	Bluffs float64 // chance that a bluffer does, 0 to 1
}

// DefaultResolve: nine in ten against one in ten.
var DefaultResolve = Resolve{0.9, 0.1}

// After is the chance that threats are meant after one has been carried out, or not, by Bayes' rule.
func (r Resolve) After(meant float64, carried bool) float64 {
	a, b := r.Keeps, r.Bluffs
	if !carried {
		a, b = 1-a, 1-b
	}
	sum := float64(meant*a) + float64((1-meant)*b)
	if !(sum > 0) {
		return meant
	}
	return float64(meant*a) / sum
}

// Carried is the chance that the next threat is carried out.
func (r Resolve) Carried(meant float64) float64 {
	return float64(meant*r.Keeps) + float64((1-meant)*r.Bluffs)
}
