package main

import (
	"fmt"
	"math"
	"strconv"
)

func init() {
	builders = append(builders, builder{"liberation2025", "liberation2025_194", buildLiberation2025})
}

// buildLiberation2025 writes countries.csv (GDP, the tariff the US announced) and imports.csv, a
// row an importer and a column an exporter, in whole dollars.
func buildLiberation2025(from, to string) error {
	labels, n, err := read(from, "country_labels.csv")
	if err != nil {
		return err
	}
	gdp, g, err := read(from, "gdp.csv")
	if err != nil {
		return err
	}
	tariffs, t, err := read(from, "tariffs.csv")
	if err != nil {
		return err
	}
	if g != n || t != n {
		return fmt.Errorf("%d labels, %d incomes, %d tariffs", n, g, t)
	}
	source := []string{
		"Source: Ignatenko, Macedoni, Lashkaripour & Simonovska, Making America Great Again? The Economic",
		"Impacts of Liberation Day Tariffs, Journal of International Economics, 2025: replication data.",
	}
	var rows [][]string
	for k := range n {
		y, err := dollars(gdp["gdp"][k], 1)
		if err != nil {
			return fmt.Errorf("gdp.csv, row %d: %w", k+1, err)
		}
		v, err := compact(tariffs["applied_tariff"][k])
		if err != nil {
			return fmt.Errorf("tariffs.csv, row %d: %w", k+1, err)
		}
		rows = append(rows, []string{labels["iso3"][k], labels["CountryName"][k], y, v})
	}
	notes := append(append([]string(nil), source...),
		"gdp: dollars of 2023. us_tariff: rate the US announced on 2 April 2025, a fraction, before its",
		"floor of 0.10.")
	if err := write(to, "countries.csv", notes, []string{"iso3", "name", "gdp", "us_tariff"}, rows); err != nil {
		return err
	}

	flows, f, err := read(from, "trade_cepii.csv")
	if err != nil {
		return err
	}
	if f != n {
		return fmt.Errorf("trade_cepii.csv: %d exporters for %d countries", f, n)
	}
	header := append([]string{"importer"}, labels["iso3"]...)
	rows = nil
	for j := range n {
		row := []string{labels["iso3"][j]}
		column := flows["export_ij"+strconv.Itoa(j+1)]
		if len(column) != n {
			return fmt.Errorf("trade_cepii.csv: no column of importer %d", j+1)
		}
		for i, cell := range column {
			if cell == "" {
				row = append(row, "")
				continue
			}
			v, err := dollars(cell, 1000)
			if err != nil {
				return fmt.Errorf("trade_cepii.csv, row %d, column %d: %w", i+1, j+1, err)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	notes = append(append([]string(nil), source...),
		"Trade flows of 2023 (BACI, CEPII), dollars; a row an importer, a column an exporter; empty: none.")
	return write(to, "imports.csv", notes, header, rows)
}

// dollars turns a number of units dollars each into dollars and tenths of a cent. Customs record
// dollars, but the published sums carry the noise of single precision, and Cambodia's deficit, which
// nearly vanishes, repeats to 1e-6 only with it.
func dollars(s string, unit float64) (string, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return "", fmt.Errorf("%q is not an amount", s)
	}
	return strconv.FormatFloat(math.Round(v*unit*1000)/1000, 'f', -1, 64), nil
}
