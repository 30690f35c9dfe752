package report

import (
	"fmt"
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parley-sim/parley/internal/analysis"
)

func (p *screen) style(code, s string) string {
	if !p.Colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *screen) bold(s string) string { return p.style("1", s) }
func (p *screen) dim(s string) string  { return p.style("2", s) }

var escape = regexp.MustCompile("\x1b\\[[0-9;]*m")

// width is the columns a string takes: runes, styles apart. All that is printed is one column wide.
func width(s string) int { return utf8.RuneCountInString(escape.ReplaceAllString(s, "")) }

// pad fills a string to n columns, at its left end if right is set.
func pad(s string, n int, right bool) string {
	fill := strings.Repeat(" ", max(n-width(s), 0))
	if right {
		return fill + s
	}
	return s + fill
}

// wrap breaks text into lines of at most n columns; those after the first are indented. A word longer
// than a line stays whole.
func wrap(s string, n, indent int) []string {
	var lines []string
	line := ""
	for i, word := range strings.Split(s, " ") {
		switch {
		case i == 0:
			line = word
		case word == "":
			line += " " // leading and double spaces stay
		case width(line)+1+width(word) > n && strings.TrimSpace(line) != "":
			lines = append(lines, strings.TrimRight(line, " "))
			line = strings.Repeat(" ", indent) + word
		default:
			line += " " + word
		}
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], "\u00a0", " ")
	}
	return lines
}

// whole keeps wrap from breaking s.
func whole(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// bar is a bar of n columns, in eighths.
func bar(n float64) string {
	eighths := int(math.Round(8 * n))
	s := strings.Repeat("█", eighths/8)
	if r := eighths % 8; r > 0 {
		s += string([]rune("▏▎▍▌▋▊▉")[r-1])
	}
	return s
}

// maxSpark is the most columns of a sparkline.
const maxSpark = 12

// spark is a histogram in one line: a column a level, neighbours put together where there are more
// than maxSpark. A level that never comes up is a space.
func spark(counts []int64) string {
	per := (len(counts) + maxSpark - 1) / maxSpark
	var bins []int64
	for i, n := range counts {
		if i%per == 0 {
			bins = append(bins, 0)
		}
		bins[len(bins)-1] += n
	}
	top := int64(1)
	for _, n := range bins {
		top = max(top, n)
	}
	var b strings.Builder
	for _, n := range bins {
		if n == 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune([]rune("▁▂▃▄▅▆▇█")[min(int(8*n/top), 7)])
	}
	return b.String()
}

// apportion shares out a whole number by counts, to the largest remainders (Hamilton's method); ties
// go to the first.
func apportion(total int, counts []int64) []int {
	var sum int64
	for _, n := range counts {
		sum += n
	}
	out := make([]int, len(counts))
	if sum == 0 {
		return out
	}
	left := total
	rest := make([]float64, len(counts))
	order := make([]int, len(counts))
	for i, n := range counts {
		exact := float64(total) * float64(n) / float64(sum)
		out[i] = int(exact)
		rest[i] = exact - float64(out[i])
		left -= out[i]
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for k := range left {
		out[order[k]]++
	}
	return out
}

// in100 is a share as talks of 100, rounded.
func in100(s analysis.Share) int { return int(math.Round(100 * s.Share)) }

// of100 is a share as talks of 100, in words where rounding would say none or all.
func of100(s analysis.Share) string {
	n := in100(s)
	switch {
	case n == 0 && s.N > 0:
		return "<1"
	case n == 100 && s.N < s.Of:
		return ">99"
	}
	return strconv.Itoa(n)
}

func orLess(n int, count int64) string {
	if n == 0 && count > 0 {
		return "<1"
	}
	return strconv.Itoa(n)
}

// plural is a count with its noun: 1 talk, 100,000 talks.
func plural(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(strconv.FormatInt(n, 10)) + " " + noun
}

// thousands puts commas into digits; more than 15 digits are told as a power of ten.
func thousands(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, frac, point := strings.Cut(digits, ".")
	if len(whole) > 15 {
		return sign + fmt.Sprintf("%s.%s x 10^%d", whole[:1], whole[1:2], len(whole)-1)
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if point {
		b.WriteString("." + frac)
	}
	return sign + b.String()
}

// round is a measured number for reading: whole from 10 on, one decimal from 1, two below.
func round(v float64) string {
	places := 2
	switch a := math.Abs(v); {
	case a >= 9.95:
		places = 0
	case a >= 0.995:
		places = 1
	}
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		return "0"
	}
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return thousands(s)
}

// exact is a number of the scenario, with the decimals it has.
func exact(v float64) string { return thousands(strconv.FormatFloat(v, 'f', -1, 64)) }

// short is a drawn number's edge: three significant digits.
func short(v float64) string {
	f, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		f = v
	}
	return exact(f)
}

// atMost rounds up, to one decimal below 10.
func atMost(v float64) string {
	if v >= 10 {
		return strconv.Itoa(int(math.Ceil(v)))
	}
	return strconv.FormatFloat(math.Ceil(10*v)/10, 'f', 1, 64)
}

func between(s analysis.Spread) string {
	lo, hi := round(s.Lo), round(s.Hi)
	if strings.HasPrefix(lo, "-") || strings.HasPrefix(hi, "-") {
		return lo + " to " + hi
	}
	return lo + " - " + hi
}

// duration is a time spent: 0.4 s, 6.2 s, 1 min 12 s, 2 h 5 min.
func duration(d time.Duration) string {
	switch {
	case d < 100*time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	case d < 100*time.Minute:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}

// words is a key as a reader would write it.
func words(key string) string { return strings.ReplaceAll(key, "_", " ") }
