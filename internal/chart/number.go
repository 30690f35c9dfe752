package chart

import (
	"math"
	"strconv"
	"strings"
)

// num prints a number as prose and ticks want it: a true minus, commas at thousands, and only the
// decimals it has, at most as many as its size deserves (none from 100, one from 10, else two).
func num(v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	}
	digits := 2
	switch a := math.Abs(v); {
	case a >= 99.95:
		digits = 0
	case a >= 9.995:
		digits = 1
	case a < 0.095 && a > 0:
		digits = min(int(math.Ceil(-math.Log10(a)))+1, 12)
	}
	return decimals(v, digits)
}

// decimals prints at most a number of decimals, without trailing zeros.
func decimals(v float64, digits int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	if v < 0 && strings.Trim(whole, "0.,") != "" {
		return "−" + whole
	}
	return whole
}

// whole prints a count: "100,000".
func whole(n int64) string { return decimals(float64(n), 0) }

// of100 prints talks of 100: whole numbers, but never 0 or 100 for what is not exactly that.
func of100(v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case v > 0 && v < 0.05:
		return "under 0.1"
	case v > 0 && v < 0.95:
		return decimals(v, 1)
	case v >= 99.5 && v < 99.95:
		return decimals(v, 1)
	case v >= 99.95 && v < 100:
		return "over 99.9"
	}
	return decimals(v, 0)
}

// shares rounds parts of a whole so that they add up to it: largest remainder (Hamilton's method).
// The whole is rounded first.
func shares(total float64, parts []float64) []int {
	out, rest := make([]int, len(parts)), int(math.Round(total))
	for i, p := range parts {
		out[i] = int(math.Floor(p))
		rest -= out[i]
	}
	taken := make([]bool, len(parts))
	for ; rest > 0; rest-- {
		best := -1
		for i, p := range parts {
			if !taken[i] && (best < 0 || p-math.Floor(p) > parts[best]-math.Floor(parts[best])) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		out[best]++
		taken[best] = true
	}
	return out
}

// amount prints a value with its unit: "$350bn", "$25bn a year", "30%", "4 years".
func amount(v float64, unit string) string {
	switch {
	case unit == "":
		return num(v)
	case strings.HasPrefix(unit, "%"):
		return num(v) + unit
	case strings.HasPrefix(unit, "$"):
		sign, a := "", v
		if v < 0 {
			sign, a = "−", -v
		}
		if rest, ok := strings.CutPrefix(unit, "$bn"); ok && a >= 1000 && math.Mod(a, 100) == 0 {
			return sign + "$" + num(a/1000) + "trn" + rest
		}
		return sign + "$" + num(a) + unit[1:]
	}
	if v == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return num(v) + " " + unit
}

// withUnit is a label with its unit: "Length of the deal, years".
func withUnit(label, unit string) string {
	if unit == "" {
		return label
	}
	return label + ", " + unit
}

// span prints a range in a column: "20–41.1".
func span(lo, hi float64) string {
	if num(lo) == num(hi) {
		return num(lo)
	}
	if lo < 0 || hi < 0 {
		return num(lo) + " to " + num(hi)
	}
	return num(lo) + "–" + num(hi)
}

// between prints a range in prose: "18 to 37".
func between(lo, hi float64) string {
	if num(lo) == num(hi) {
		return num(lo)
	}
	return num(lo) + " to " + num(hi)
}

// count is a small number in words.
func count(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return whole(int64(n))
}

// plural adds an s.
func plural(n int, noun string) string {
	if n == 1 {
		return count(n) + " " + noun
	}
	return count(n) + " " + noun + "s"
}

// listed joins phrases: "a, b and c".
func listed(parts []string) string {
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
}

// raw prints a number for CSV: ten significant digits, so that the rounding of sums stays out of it;
// empty for NaN.
func raw(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	if r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64); err == nil {
		v = r
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// ticks returns about n round values from lo to hi, both ends included when they are round: steps of
// 1, 2, 2.5, 3 or 5 times a power of ten.
func ticks(lo, hi float64, n int) []float64 {
	if !(hi > lo) || math.IsInf(hi-lo, 0) {
		return []float64{lo}
	}
	rough := (hi - lo) / float64(max(n, 1))
	mag := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * mag
	for _, k := range []float64{1, 2, 2.5, 3, 5, 10} {
		if k*mag >= rough*0.999 {
			step = k * mag
			break
		}
	}
	var out []float64
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		out = append(out, i*step)
	}
	return out
}

// lower puts the first letter of a phrase in lower case, unless it starts a name: a word in capitals
// or one of the names given.
func lower(s string, names ...string) string {
	first, _, _ := strings.Cut(s, " ")
	for _, n := range names {
		if n != "" && strings.HasPrefix(s, n) {
			return s
		}
	}
	if strings.HasSuffix(first, "'s") || strings.HasSuffix(first, "’s") { // China's
		return s
	}
	if len(first) > 1 && strings.ToUpper(first) == first || s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// upper puts the first letter of a sentence in upper case.
func upper(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// after puts a separator before a phrase, if there is one.
func after(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

// article puts a or an before a phrase. Initials that are read as a consonant take a.
func article(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if first == "US" || first == "EU" || first == "UK" || s == "" || !strings.ContainsRune("aeiouAEIOU", rune(s[0])) {
		return "a " + s
	}
	return "an " + s
}

// sample says how many: "n = 100,000", which no line breaks.
func sample(n int64) string { return "n\u00a0=\u00a0" + whole(n) }

// Num prints a number as the figures do: "1,000", "−4", "41.1".
func Num(v float64) string { return num(v) }

// Amount prints a value with its unit as the figures do: "$350bn", "30%", "4 years".
func Amount(v float64, unit string) string { return amount(v, unit) }

// Of100 prints talks of 100 as the figures do: whole numbers, but never 0 or 100 for what is not
// exactly that.
func Of100(v float64) string { return of100(v) }

// Count prints a small number in words, a larger one in digits: "six", "24".
func Count(n int) string { return count(n) }

// Lower puts the first letter of a label in lower case, for use within a sentence, unless it starts a
// name: a word in capitals, or one of those given.
func Lower(s string, names ...string) string { return lower(s, names...) }

// Upper puts the first letter of a sentence in upper case.
func Upper(s string) string { return upper(s) }
