package deal

import "errors"

// Options bound the work of a Model; the zero value is sensible.
type Options struct {
	MaxPoints  int     // points of one frontier before it is thinned with a certified bound; default 65536
	MaxBoxes   int     // boxes red lines may cut the space into; default 256
	Resolution float64 // AtLeast may miss the lowest utility by this share of a party's range; 0 = exact while that can be done
	Tolerance  float64 // utilities closer than this are one; default 1e-9
}

// Model is a space with both sides' profiles, compiled. It does not change and may be shared.
type Model struct {
	Space   *Space
	Profile [2]Profile
	opt     Options
}

// Compile checks the profiles and prepares what every draw shares.
func Compile(s *Space, p [2]Profile, b [2]Bounds, opt Options) (*Model, error) {
	var errs []error
	for k := range p {
		errs = append(errs, s.checkProfile(&p[k], &b[k]))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if opt.Tolerance == 0 {
		opt.Tolerance = 1e-9
	}
	return &Model{Space: s, Profile: p, opt: opt}, nil
}
