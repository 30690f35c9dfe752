package economy

import "slices"

// median of the values, which stay as they are; of an even number, the mean of the middle two.
func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(x))
	if h := len(s) / 2; len(s)%2 == 1 {
		return s[h]
	}
	return (s[len(s)/2-1] + s[len(s)/2]) / 2
}
