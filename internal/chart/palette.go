package chart

import (
	"fmt"
	"image/color"
	"strings"
)

// Role is what a colour stands for. A role has one colour in each theme and no colour has two roles.
type Role uint8

const (
	BG         Role = iota // the ground
	Ink                    // text, results, medians
	Text2                  // secondary text; the dark neutral area
	Grey3                  // neither side; axes
	Grey4                  // survivors; histograms
	Grid                   // grid lines, density
	Pale                   // pale area
	First                  // the side in the first seat
	FirstTint              //
	Second                 // the side in the second seat, dashed where it is a line
	SecondTint             //
	Warn                   // threshold, miss, caution
	WarnText               // the same, as text
	Expired                // time ran out
	Outer                  // the outer set
	Inner                  // the inner set
	Heat1                  // least of the nine steps of the heat scale; Heat1+8 is most
	heat2
	heat3
	heat4
	heat5
	heat6
	heat7
	heat8
	Heat9
	roles
)

// HeatSteps is the number of steps of the heat scale.
const HeatSteps = int(Heat9-Heat1) + 1

// Theme chooses between light and dark. SVG carries both.
type Theme uint8

const (
	Light Theme = iota
	Dark
)

// palette gives each role its CSS name and its two colours, RRGGBB.
var palette = [roles]struct{ name, light, dark string }{
	BG:         {"bg", "FFFFFF", "12181E"},
	Ink:        {"ink", "17212B", "E8ECEF"},
	Text2:      {"text2", "55606B", "A9B3BC"},
	Grey3:      {"grey3", "87919B", "76828D"},
	Grey4:      {"grey4", "C3CAD0", "46525D"},
	Grid:       {"grid", "E2E6E9", "2A343D"},
	Pale:       {"pale", "F1F3F4", "1B232B"},
	First:      {"us", "004488", "7DB0E8"},
	FirstTint:  {"ust", "D3DEEA", "1E3A57"},
	Second:     {"cn", "B5402F", "E0745C"},
	SecondTint: {"cnt", "F3DBD5", "4F2A22"},
	Warn:       {"warn", "DDAA33", "E3B54A"},
	WarnText:   {"warnt", "8A6100", "E3B550"},
	Expired:    {"out", "D5DADE", "38434C"},
	Outer:      {"outer", "DDE2E5", "28323A"},
	Inner:      {"inner", "B4BEC6", "3D4953"},
	Heat1:      {"h1", "F4F6F7", "1A222A"},
	heat2:      {"h2", "E4E8EB", "232D36"},
	heat3:      {"h3", "CFD6DB", "2E3943"},
	heat4:      {"h4", "B7C1C9", "3B4853"},
	heat5:      {"h5", "9BA8B2", "4A5864"},
	heat6:      {"h6", "62717E", "8593A0"},
	heat7:      {"h7", "4A5B69", "9FADB8"},
	heat8:      {"h8", "33444F", "BAC6CF"},
	Heat9:      {"h9", "1B2934", "D7DFE5"},
}

// CSS is the name of the role's CSS variable, without the dashes.
func (r Role) CSS() string { return palette[r].name }

// rgb is the role's colour in a theme.
func (r Role) rgb(t Theme) color.NRGBA {
	hex := palette[r].light
	if t == Dark {
		hex = palette[r].dark
	}
	var c color.NRGBA
	if _, err := fmt.Sscanf(hex, "%02X%02X%02X", &c.R, &c.G, &c.B); err != nil {
		panic("chart: palette: " + hex)
	}
	c.A = 0xff
	return c
}

// heat is the step of the heat scale for a value, lo to hi.
func heat(v, lo, hi float64) Role {
	if hi <= lo {
		return Heat1
	}
	k := int(float64(HeatSteps) * (v - lo) / (hi - lo))
	return Heat1 + Role(min(max(k, 0), HeatSteps-1))
}

// heatText is the colour of text on a step of the heat scale.
func heatText(r Role) Role {
	if r <= heat5 {
		return Ink
	}
	return BG
}

// CSS returns the rules that give the palette's variables their values: light, dark where the reader
// prefers it or the root has data-theme="dark", and always light in print.
func CSS() string {
	vars := func(t Theme) string {
		var b strings.Builder
		for r := Role(0); r < roles; r++ {
			hex := palette[r].light
			if t == Dark {
				hex = palette[r].dark
			}
			fmt.Fprintf(&b, "--%s:#%s;", palette[r].name, hex)
		}
		return b.String()
	}
	return ":root{color-scheme:light;" + vars(Light) + "}" +
		"@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;" + vars(Dark) + "}}" +
		":root[data-theme=dark]{color-scheme:dark;" + vars(Dark) + "}" +
		"@media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{color-scheme:light;" + vars(Light) + "}}"
}
