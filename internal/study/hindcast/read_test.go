package hindcast

import (
	"strings"
	"testing"
)

const head = "episode,issue,unit,status_quo,demand_a,demand_b,threat_no_deal,outcome,coded_fields,value_type\n"

func TestReadTermsRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "t.csv: the file is empty"},
		{"no rows", head, "t.csv: there is no row"},
		{"a column is missing", "episode,isue,unit,status_quo,demand_a,demand_b,threat_no_deal,outcome\n", `t.csv:1: there is no column "issue" (there are episode, isue, unit, status_quo, demand_a, demand_b, threat_no_deal, outcome); is it "isue"?`},
		{"words for a number", head + "a_b,us_tariff,pct,ten,,,,,,numeric\n", `t.csv:2:19: status_quo: "ten" is not a number`},
		{"not finite", head + "a_b,us_tariff,pct,NaN,,,,,,\n", `t.csv:2:19: status_quo: "NaN" is not a number`},
		{"twice", head + "a_b,x,pct,1,,,,,,\na_b,x,pct,1,,,,,,\n", "t.csv:3:5: issue: x of a_b stands in line 2 already"},
		{"short row", head + "a_b,x,pct\n", "t.csv:2: 3 cells under 10 columns"},
		{"a quote", head + "a_b,\"x,pct\n", "t.csv:2:12: extraneous or missing \" in quoted-field"},
		{"no name", head + ",x,pct,1,,,,,,\n", "t.csv:2: a row needs an episode and an issue"},
		{"a field that is none", head + "a_b,x,pct,1,,,,,treat_no_deal,\n", `t.csv:2:17: coded_fields: "treat_no_deal" is not a column; is it "threat_no_deal"?`},
		{"type", head + "a_b,x,pct,1,,,,,,numerc\n", `t.csv:2:18: value_type: "numerc" is not one of numeric, text, mixed; is it "numeric"?`},
	} {
		_, err := ReadTerms("t.csv", strings.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestReadOutcomesRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"syntax", "[\n {\"id\": \"x\",}\n]", "o.json:2: invalid character"},
		{"ends early", "[{\"id\": \"x\"", "o.json:1: unexpected end"},
		{"class", "[\n{\"id\": \"x\",\n\"outcome_class\": \"agred\"}]", `o.json:2: x: outcome_class: "agred" is not one of agreed, partial, extended, collapsed, never_ratified; is it "agreed"?`},
		{"type", "[\n{\"id\": 3, \"outcome_class\": \"agreed\"}]", "o.json:2: id is a number, not string"},
		{"twice", `[{"id": "x", "outcome_class": "agreed"}, {"id": "x", "outcome_class": "agreed"}]`, `o.json:1: "x" stands twice`},
		{"an object without episodes", `{}`, `o.json: there is no "episodes" in it`},
	} {
		_, err := ReadOutcomes("o.json", []byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
	}
}

// Deal or not comes from outcome_class alone.
func TestSettle(t *testing.T) {
	list, err := ReadTerms("t.csv", strings.NewReader(head+"x_y,us_tariff,pct,10,,,25,,,\nz_y,a,pct,1,,,1,1,,\nno,a,pct,1,,,1,1,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := ReadOutcomes("o.json", []byte(`{"episodes": [{"id": "x_y", "outcome_class": "never_ratified", "dates": {"agreed": "2020-12-30", "end": "2021-05-20"}, "parties": {"a": "X", "b": "Y"}},
		{"id": "z_y", "outcome_class": "extended", "dates": {"end": "2021-01-01"}, "parties": {"a": "X", "b": "Z"}}, {"id": "more", "outcome_class": "agreed", "parties": ["X", 3], "dates": null}]}`))
	if err != nil {
		t.Fatal(err)
	}
	no, extra := Settle(list, records)
	if len(no) != 1 || no[0] != "no" || len(extra) != 1 || extra[0] != "more" {
		t.Errorf("without an outcome %v, without terms %v", no, extra)
	}
	if list[0].Deal == nil || *list[0].Deal || list[1].Deal == nil || !*list[1].Deal || list[2].Deal != nil {
		t.Errorf("deals %v %v %v", list[0].Deal, list[1].Deal, list[2].Deal)
	}
	if list[0].Group != "X 2021" || list[1].Group != "X 2021" || list[2].Group != "no" {
		t.Errorf("groups %q %q %q", list[0].Group, list[1].Group, list[2].Group)
	}
}
