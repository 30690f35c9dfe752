package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func init() {
	builders = append(builders, builder{"cp1993", "caliendo_parro1993_31x40", buildCP1993})
}

// buildCP1993 writes sectors.csv (elasticities, names), output.csv and added.csv (gross output and
// value-added shares, a row a sector, a column a country), trade.csv and tariffs.csv (a row a sector
// and exporter, a column an importer), nafta2005.csv (the tariffs of 2005 between the three members)
// and inputs.csv (a row a country and input, a column the sector that uses it).
func buildCP1993(from, to string) error {
	const n, s, traded = 31, 40, 20
	regions := strings.Fields("ARG AUS AUT BRA CAN CHL CHN DNK FIN FRA DEU GRC HUN IND IDN IRL ITA JPN KOR MEX " +
		"NLD NZL NOR PRT ZAF ESP SWE TUR GBR USA ROW")
	sectors := strings.Fields("agriculture mining food textile wood paper petroleum chemicals plastic minerals " +
		"basic_metals metal_products machinery office electrical communication medical auto other_transport other " +
		"electricity construction retail hotels land_transport water_transport air_transport aux_transport post finance " +
		"real_estate renting computer research other_business public education health other_services private")
	members := []int{4, 19, 29} // Canada, Mexico, the US
	if len(regions) != n || len(sectors) != s {
		return fmt.Errorf("%d regions, %d sectors", len(regions), len(sectors))
	}
	source := []string{
		"Source: Caliendo & Parro, Estimates of the Trade and Welfare Effects of NAFTA, Review of Economic",
		"Studies 82(1), 2015: replication data for 1993.",
	}
	with := func(note ...string) []string { return append(append([]string(nil), source...), note...) }

	theta, err := grid(from, "T.txt", traded, 1)
	if err != nil {
		return err
	}
	var rows [][]string
	for k, name := range sectors {
		t := "8.22" // what the authors use for services
		if k < traded {
			t = theta[k][0]
		}
		rows = append(rows, []string{name, t})
	}
	if err := write(to, "sectors.csv", with("theta: trade elasticity (99% sample)."), []string{"sector", "theta"}, rows); err != nil {
		return err
	}
	for _, t := range []struct{ file, out, note string }{
		{"GO.txt", "output.csv", "Gross output, dollars of 1993."},
		{"B.txt", "added.csv", "Share of value added in gross output."},
	} {
		cells, err := grid(from, t.file, s, n)
		if err != nil {
			return err
		}
		rows = nil
		for k := range cells {
			rows = append(rows, append([]string{sectors[k]}, cells[k]...))
		}
		if err := write(to, t.out, with(t.note), append([]string{"sector"}, regions...), rows); err != nil {
			return err
		}
	}
	for _, t := range []struct {
		file, out, note string
		percent         bool
	}{
		{"xbilat1993.txt", "trade.csv", "Trade before tariffs, thousand dollars of 1993; a row an exporter, a column an importer.", false},
		{"tariffs1993.txt", "tariffs.csv", "Applied tariffs of 1993, fractions; a row an exporter, a column an importer.", true},
	} {
		cells, err := grid(from, t.file, traded*n, n) // a row an importer there
		if err != nil {
			return err
		}
		if rows, err = turn(cells, sectors[:traded], regions, all(n), t.percent); err != nil {
			return fmt.Errorf("%s: %w", t.file, err)
		}
		if err := write(to, t.out, with(t.note), append([]string{"sector", "exporter"}, regions...), rows); err != nil {
			return err
		}
	}
	cells, err := grid(from, "tariffs2005.txt", traded*n, n)
	if err != nil {
		return err
	}
	if rows, err = turn(cells, sectors[:traded], regions, members, true); err != nil {
		return fmt.Errorf("tariffs2005.txt: %w", err)
	}
	header := []string{"sector", "exporter"}
	for _, m := range members {
		header = append(header, regions[m])
	}
	if err := write(to, "nafta2005.csv", with("Applied tariffs of 2005 between the members of NAFTA, fractions; a row an exporter, a column an importer."), header, rows); err != nil {
		return err
	}
	if cells, err = grid(from, "IO.txt", n*s, s); err != nil {
		return err
	}
	rows = nil
	for k := range cells {
		row := []string{regions[k/s], sectors[k%s]}
		for _, c := range cells[k] {
			if c == "0" {
				c = ""
			}
			row = append(row, c)
		}
		rows = append(rows, row)
	}
	return write(to, "inputs.csv", with("Share of each input in the material cost of a sector; a row an input, a column the sector that uses it."),
		append([]string{"region", "input"}, sectors...), rows)
}

// turn makes a row an exporter of what had a row an importer, for the members alone; zeros are left
// empty.
func turn(cells [][]string, sectors, regions []string, members []int, percent bool) ([][]string, error) {
	var rows [][]string
	for s, name := range sectors {
		for _, i := range members {
			row := []string{name, regions[i]}
			for _, j := range members {
				v, err := strconv.ParseFloat(cells[s*len(regions)+j][i], 64)
				if err != nil || v < 0 {
					return nil, fmt.Errorf("%q is not an amount", cells[s*len(regions)+j][i])
				}
				if percent {
					v /= 100
				}
				text := ""
				if v != 0 {
					text = strconv.FormatFloat(v, 'g', 9, 64)
				}
				row = append(row, text)
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func all(n int) []int {
	is := make([]int, n)
	for i := range is {
		is[i] = i
	}
	return is
}

// grid reads numbers in columns set apart by blanks, without a header, shortened by compact.
func grid(dir, name string, rows, columns int) ([][]string, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out [][]string
	in := bufio.NewScanner(f)
	for in.Scan() {
		cells := strings.Fields(in.Text())
		if len(cells) == 0 {
			continue
		}
		if len(cells) != columns {
			return nil, fmt.Errorf("%s, row %d: %d columns, not %d", name, len(out)+1, len(cells), columns)
		}
		for k := range cells {
			if cells[k], err = compact(cells[k]); err != nil {
				return nil, fmt.Errorf("%s, row %d: %w", name, len(out)+1, err)
			}
		}
		out = append(out, cells)
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	if len(out) != rows {
		return nil, fmt.Errorf("%s: %d rows, not %d", name, len(out), rows)
	}
	return out, nil
}
