package main

import "fmt"

// buildOssa2014 writes sectors.csv (elasticities, political weights, MFN-optimal tariffs), and
// trade.csv and tariffs.csv, wide: a row a sector and exporter, a column an importer.
func buildOssa2014(from, to string) error {
	regions := []string{"Brazil", "China", "EU", "India", "Japan", "ROW", "US"}
	source := []string{
		"Source: Ossa, Trade Wars and Trade Talks with Data, American Economic Review 104(12), 2014: public",
		"replication data (GTAP 8, flows of 2007, trade balances purged). Rounded to nine digits.",
	}
	labels, n, err := read(from, "sectors.csv")
	if err != nil {
		return err
	}
	words := make(map[string]string)
	for k := range n { // two columns of one name, one after the other: codes, then words
		words[labels["String"][k]] = labels["String"][n+k]
	}
	params, n, err := read(from, "sectors_params.csv")
	if err != nil {
		return err
	}
	header := []string{"sector", "label", "sigma"}
	columns := [][]string{params["sigma"]}
	for _, kind := range []string{"lambda_pol_", "mfn_optimal_tariff_pol_"} {
		short := map[string]string{"lambda_pol_": "lambda_", "mfn_optimal_tariff_pol_": "mfn_"}[kind]
		for _, r := range regions {
			header = append(header, short+r)
			columns = append(columns, params[kind+r])
		}
	}
	var rows [][]string
	for s := range n {
		code := params["label"][s]
		row := []string{code, words[code]}
		for _, c := range columns {
			if len(c) != n {
				return fmt.Errorf("sectors_params.csv: a column is missing")
			}
			v, err := compact(c[s])
			if err != nil {
				return fmt.Errorf("sectors_params.csv, %s: %w", code, err)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	notes := append(append([]string(nil), source...),
		"sigma: elasticity of substitution. lambda_J: political weight of the sector in J's government.",
		"mfn_J: J's optimal tariff when it must be the same for all origins, a fraction, as stored there.")
	if err := write(to, "sectors.csv", notes, header, rows); err != nil {
		return err
	}

	flows, n, err := read(from, "flows.csv")
	if err != nil {
		return err
	}
	header = append([]string{"sector", "exporter"}, regions...)
	for _, t := range []struct{ column, file, note string }{
		{"trade", "trade.csv", "Million dollars of 2007 before tariffs; a row an exporter, a column an importer."},
		{"tariff", "tariffs.csv", "Factual tariffs of 2007, fractions; a row an exporter, a column an importer."},
	} {
		rows = nil
		for k := 0; k < n; k += len(regions) {
			row := []string{flows["sector_label"][k], flows["origin"][k]}
			for j, r := range regions {
				if flows["destination"][k+j] != r || flows["origin"][k+j] != row[1] {
					return fmt.Errorf("flows.csv, row %d: not in the order of regions", k+j+1)
				}
				v, err := compact(flows[t.column][k+j])
				if err != nil {
					return fmt.Errorf("flows.csv, row %d: %w", k+j+1, err)
				}
				row = append(row, v)
			}
			rows = append(rows, row)
		}
		if err := write(to, t.file, append(append([]string(nil), source...), t.note), header, rows); err != nil {
			return err
		}
	}
	return nil
}
