package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"
)

// The drawings as they were last looked at. After a change: make golden, then look at them.
func TestGolden(t *testing.T) {
	g := goldie.New(t, goldie.WithNameSuffix(".svg"))
	for _, f := range demos() {
		for suffix, st := range map[string]Style{"": {}, "-narrow": {Size: Narrow, Bare: true}} {
			b, err := SVG(f, st)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(f.Name()+suffix, func(t *testing.T) { g.Assert(t, f.Name()+suffix, b) })
		}
	}
}

func TestGoldenCSV(t *testing.T) {
	g := goldie.New(t, goldie.WithNameSuffix(".csv"))
	for _, f := range []Figure{demoFunnel(), demoStrips(), demoTornado(), demoLevers()} {
		t.Run(f.Name(), func(t *testing.T) { g.Assert(t, f.Name(), CSV(f)) })
	}
}

func TestSameBytesTwice(t *testing.T) {
	for _, f := range demos() {
		for format, print := range map[string]func(Figure, Style) ([]byte, error){"svg": SVG, "png": PNG, "pdf": PDF} {
			if testing.Short() && format != "svg" && f.Name() != "dance" {
				continue
			}
			a, err := print(f, Style{})
			if err != nil {
				t.Fatalf("%s.%s: %v", f.Name(), format, err)
			}
			b, err := print(f, Style{})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a, b) {
				t.Errorf("%s.%s differs between two printings", f.Name(), format)
			}
		}
	}
}

// An SVG must be well-formed, name its role and label, and hold no colour but through a variable.
func TestSVGIsFitForAPage(t *testing.T) {
	for _, f := range demos() {
		for _, st := range []Style{{}, {Bare: true}, {Size: Narrow, Bare: true}} {
			b, err := SVG(f, st)
			if err != nil {
				t.Fatal(err)
			}
			dec := xml.NewDecoder(bytes.NewReader(b))
			for {
				tok, err := dec.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", f.Name(), err)
				}
				el, ok := tok.(xml.StartElement)
				if !ok {
					continue
				}
				attr := make(map[string]string)
				for _, a := range el.Attr {
					attr[a.Name.Local] = a.Value
				}
				switch el.Name.Local {
				case "svg":
					if attr["role"] != "img" || len(attr["aria-label"]) < 40 {
						t.Errorf("%s: role %q, label %q", f.Name(), attr["role"], attr["aria-label"])
					}
				case "path", "text":
					if !strings.Contains(attr["style"], "var(--") {
						t.Errorf("%s: a %s without a colour of the palette: %v", f.Name(), el.Name.Local, attr)
					}
				}
			}
			s := string(b)
			if st.Bare && (strings.Contains(s, "<style>") || strings.Contains(s, f.Title()+"<")) {
				t.Errorf("%s: a bare drawing holds its title or the palette", f.Name())
			}
			if !st.Bare && !strings.Contains(s, "prefers-color-scheme:dark") {
				t.Errorf("%s: a drawing alone has no dark colours", f.Name())
			}
			if strings.Contains(s, "#000000") || strings.Contains(s, "pt\"") {
				t.Errorf("%s: black, or a size in points", f.Name())
			}
		}
	}
}

// China's lines are dashed, so that they are told apart without colour.
func TestDashesSurvive(t *testing.T) {
	for _, f := range []Figure{demoContours(), demoDance(), demoECDF(), demoReaction()} {
		b, err := SVG(f, Style{Bare: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(b), "\n") {
			if !strings.Contains(line, "stroke:var(--") || !strings.Contains(line, "L") || strings.Contains(line, "fill:") {
				continue
			}
			dashed := strings.Contains(line, "stroke-dasharray")
			if strings.Contains(line, "--cn") && !dashed || strings.Contains(line, "stroke:var(--us,") && dashed {
				t.Errorf("%s: %.120s", f.Name(), line)
			}
		}
		if !strings.Contains(string(b), "stroke-dasharray") {
			t.Errorf("%s has no dashes", f.Name())
		}
	}
}

// No two roles share a light colour: the SVG's variables are found by it.
func TestPaletteIsUnambiguous(t *testing.T) {
	if len(variables) != int(roles) {
		t.Errorf("%d colours for %d roles", len(variables), roles)
	}
	for r := Role(0); r < roles; r++ {
		for _, th := range []Theme{Light, Dark} {
			if c := r.rgb(th); c.A != 255 || c.R|c.G|c.B == 0 {
				t.Errorf("%s: %v", r.CSS(), c)
			}
		}
	}
}

func TestNumbersAsPrinted(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -4: "−4", 1000: "1,000", 1234567: "1,234,567", 41.1: "41.1", 16.52: "16.5", 0.254: "0.25", 0.0312: "0.031", 99.97: "100", -0.001: "−0.001", 350: "350"} {
		if got := num(v); got != want {
			t.Errorf("num(%v) = %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.004: "under 0.1", 0.3: "0.3", 0.94: "0.9", 1.2: "1", 29.4: "29", 99.6: "99.6", 99.98: "over 99.9", 100: "100"} {
		if got := of100(v); got != want {
			t.Errorf("of100(%v) = %q, want %q", v, got, want)
		}
	}
	for want, got := range map[string]string{
		"$350bn": amount(350, "$bn"), "$1trn": amount(1000, "$bn"), "$25bn a year": amount(25, "$bn a year"), "30%": amount(30, "%"), "4 years": amount(4, "years"),
		"1 year": amount(1, "years"), "−$4bn": amount(-4, "$bn"), "18 to 37": between(18, 37), "20–41.1": span(20, 41.1), "−4 to 78": span(-4, 78), "0.7": amount(0.7, ""),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := shares(100, []float64{33.4, 33.3, 33.3}); got[0]+got[1]+got[2] != 100 || got[0] != 34 {
		t.Errorf("shares: %v", got)
	}
}

func TestPNGSize(t *testing.T) {
	b, err := PNG(demoFunnel(), Style{Theme: Dark})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w != 1600 {
		t.Errorf("width %d px", w)
	}
	if got, want := img.At(2, 2), BG.rgb(Dark); !sameColour(got, want) {
		t.Errorf("ground %v, want %v", got, want)
	}
	if len(b) > 150_000 {
		t.Errorf("%d bytes: not quantised?", len(b))
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "charts")
	names, err := Write(dir, []Figure{demoFunnel(), &Tornado{}, demoLevers()}, []string{"svg", "png", "pdf"})
	if err != nil {
		t.Fatal(err)
	}
	want := "01-funnel.csv 01-funnel.svg 01-funnel-narrow.svg 01-funnel.png 01-funnel-dark.png 01-funnel.pdf " +
		"02-levers.csv 02-levers.svg 02-levers-narrow.svg 02-levers.png 02-levers-dark.png 02-levers.pdf"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("wrote %s", got)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 12 {
		t.Errorf("%d files", len(files))
	}
	if _, err := Write(dir, nil, []string{"gif"}); err == nil || !strings.Contains(err.Error(), `"gif" is not one of svg, png, pdf`) {
		t.Errorf("gif: %v", err)
	}
	bad := demoFunnel()
	bad.Steps[1].Left = 120
	if _, err := Write(dir, []Figure{bad}, nil); err == nil || !strings.Contains(err.Error(), "120") {
		t.Errorf("more talks left than there were: %v", err)
	}
}

func TestPDFKeepsItsText(t *testing.T) {
	b, err := PDF(demoDance(), Style{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte("%PDF-")) || bytes.Contains(b, []byte("(D:202")) {
		t.Error("no PDF, or one with today's date")
	}
	if len(b) > 80_000 {
		t.Errorf("%d bytes: fonts not cut to what is used?", len(b))
	}
}
