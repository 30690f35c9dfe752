package main

import (
	"fmt"
	"strconv"
)

func init() {
	builders = append(builders, builder{"jmwz2017", "jmwz2017_7x44", buildJmwz2017})
}

// buildJmwz2017 writes sectors.csv (elasticities, the tariffs of the trade war, value-added
// shares), trade.csv and tariffs.csv (a row a sector and exporter, a column an importer) and
// inputs.csv (a row a region and input, a column the sector that uses it). The final shares of the
// source are not used: the model computes them as residuals.
func buildJmwz2017(from, to string) error {
	const n, tradable = 44, 22
	regions := []string{"BRA", "CHN", "EU", "IND", "JPN", "ROW", "USA"}
	source := []string{
		"Source: Ju, Ma, Wang & Zhu, Trade Wars and Industrial Policy Competitions, Journal of Monetary",
		"Economics, 2024: 2017 data as circulated with a course of one of the authors.",
	}
	labels := []string{
		"agriculture", "fishing", "mining_energy", "mining_other", "mining_support", "food", "textiles", "wood", "paper",
		"petroleum", "chemicals", "pharmaceuticals", "plastics", "minerals", "basic_metals", "metal_products", "electronics",
		"electrical", "machinery", "motor_vehicles", "transport_equipment", "other_manufacturing",
	}
	words, count, err := read(from, "sectors_inferred.csv")
	if err != nil {
		return err
	}
	if count < tradable || len(labels) != tradable {
		return fmt.Errorf("sectors_inferred.csv: %d rows", count)
	}
	elastic, count, err := read(from, "cal_elasticities.csv")
	if err != nil {
		return err
	}
	if count != n {
		return fmt.Errorf("cal_elasticities.csv: %d sectors", count)
	}
	increments := make(map[string][]string)
	for file, column := range map[string]string{"tariff_Trump.csv": "trump_tariff_wave5", "tariff_China.csv": "China_tariff_wave5"} {
		t, count, err := read(from, file)
		if err != nil {
			return err
		}
		if count != tradable {
			return fmt.Errorf("%s: %d sectors", file, count)
		}
		increments[file] = t[column]
	}
	shares, err := long(from, "vashare.csv", "vashare", "iso_o", regions, []string{"indcode"}, n)
	if err != nil {
		return err
	}
	header := []string{"sector", "name", "label", "theta", "psi", "us_on_china", "china_on_us"}
	for _, r := range regions {
		header = append(header, "va_"+r)
	}
	var rows [][]string
	for s := range n {
		name, label := fmt.Sprintf("services_%d", s+1), fmt.Sprintf("Services (%d)", s+1)
		us, china := "", ""
		if s < tradable {
			name, label = labels[s], words["label_inferred"][s]
			if us, err = compact(increments["tariff_Trump.csv"][s]); err != nil {
				return err
			}
			if china, err = compact(increments["tariff_China.csv"][s]); err != nil {
				return err
			}
		}
		row := []string{strconv.Itoa(s + 1), name, label}
		for _, c := range []string{`\theta`, `\psi`} {
			v, err := compact(elastic[c][s])
			if err != nil {
				return fmt.Errorf("cal_elasticities.csv, %d: %w", s+1, err)
			}
			row = append(row, v)
		}
		rows = append(rows, append(append(row, us, china), shares[s]...))
	}
	notes := append(append([]string(nil), source...),
		"label: inferred from the order of the OECD's tables. theta: trade elasticity. psi: scale elasticity.",
		"us_on_china, china_on_us: increments of the trade war of 2018-19, fractions. va_R: share of value",
		"added in R's output.")
	if err := write(to, "sectors.csv", notes, header, rows); err != nil {
		return err
	}
	for _, t := range []struct{ file, column, out, note string }{
		{"TradeFlow2017.csv", "tradevalue", "trade.csv", "Expenditure including tariffs, million dollars of 2017; a row an exporter, a column an importer."},
		{"tariff_prewar2017.csv", "AHS_simple", "tariffs.csv", "Tariffs before the trade war, 2017, fractions; a row an exporter, a column an importer."},
	} {
		cells, err := long(from, t.file, t.column, "iso_o", regions, []string{"iso_d", "indcode"}, n)
		if err != nil {
			return err
		}
		rows = nil
		for s := range n {
			for i, r := range regions {
				row := []string{strconv.Itoa(s + 1), r}
				for j := range regions {
					row = append(row, cells[s*len(regions)+j][i])
				}
				rows = append(rows, row)
			}
		}
		notes := append(append([]string(nil), source...), t.note)
		if err := write(to, t.out, notes, append([]string{"sector", "exporter"}, regions...), rows); err != nil {
			return err
		}
	}
	cells, err := long(from, "IOshare.csv", "valueshare", "iso_o", regions, []string{"input_ind", "output_ind"}, n)
	if err != nil {
		return err
	}
	header = []string{"region", "input"}
	for s := range n {
		header = append(header, strconv.Itoa(s+1))
	}
	rows = nil
	for i, r := range regions {
		for k := range n {
			row := []string{r, strconv.Itoa(k + 1)}
			for j := range n {
				row = append(row, cells[j*n+k][i])
			}
			rows = append(rows, row)
		}
	}
	notes = append(append([]string(nil), source...),
		"Share of each input in the material cost of a sector; a row an input, a column the sector that uses it.")
	return write(to, "inputs.csv", notes, header, rows)
}

// long reads a table in which the first key runs fastest through the regions and the others follow,
// last slowest, and returns a row of cells for every combination of those, checking every label.
// Keys named iso_d run through the regions, others through 1..n.
func long(dir, file, value, first string, regions, others []string, n int) ([][]string, error) {
	t, count, err := read(dir, file)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for k := range count {
		at := k
		i := at % len(regions)
		if at /= len(regions); i == 0 {
			out = append(out, nil)
		}
		if t[first][k] != regions[i] {
			return nil, fmt.Errorf("%s, row %d: %s is not %s", file, k+1, first, regions[i])
		}
		for _, key := range others {
			want, size := "", n
			if key == "iso_d" {
				size = len(regions)
				want = regions[at%size]
			} else {
				want = strconv.Itoa(at%size + 1)
			}
			if at /= size; t[key][k] != want {
				return nil, fmt.Errorf("%s, row %d: %s is not %s", file, k+1, key, want)
			}
		}
		if at != 0 {
			return nil, fmt.Errorf("%s, row %d: more rows than there should be", file, k+1)
		}
		v, err := compact(t[value][k])
		if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", file, k+1, err)
		}
		out[len(out)-1] = append(out[len(out)-1], v)
	}
	want := 1
	for _, key := range others {
		if key == "iso_d" {
			want *= len(regions)
		} else {
			want *= n
		}
	}
	if len(out) != want || len(out[want-1]) != len(regions) {
		return nil, fmt.Errorf("%s: %d rows, not %d", file, count, want*len(regions))
	}
	return out, nil
}
