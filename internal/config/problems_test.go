package config

import (
	"errors"
	"strings"
	"testing"
)

// base is a scenario without a fault; cases replace parts of it.
const base = `question = "q"
as_of = 2025-10-05
runs = 100
[issue]
tariff = { unit = "%", levels = [10, 20, 30], now = 30, source = "s" }
money  = { unit = "$bn", range = [0, 1000], step = 50, now = 0, source = "s" }
words  = { choices = ["same", "softer", "other"], now = "same" }
[no_deal]
tariff = { pert = [30, 40, 90], source = "s" }
[party.us.interest]
gain  = { weight = { uniform = [1, 5], assumed = "a" }, times = { tariff = { linear = [0, 1] } } }
price = { weight = -3, assumed = "a", times = { words = { same = 0, softer = 0.5, other = 1 } } }
[party.us.red_line]
never = { never = "words = other", holds = { chance = 0.9 }, assumed = "a" }
soft  = { when = "money > 500", costs = 4, assumed = "a" }
[party.us.negotiator]
bidding = "boulware"
concession = 0.2
[party.us.audience]
farmers = { share = 1, likes = { gain = 1 }, assumed = "a" }
[party.china]
cost_of_delay = 1
[party.china.interest]
gain = { weight = 2, assumed = "a", times = { tariff = { linear = [1, 0] }, money = { steps = [[0, 0], [500, 1]] } } }
[clock]
start = 2025-09-14
summit = 2025-10-30
days_per_round = 9
`

var names = Known{
	Bidding: []string{"boulware", "conceder", "tit_for_tat"}, Accept: []string{"next"}, Opponent: []string{"frequency"},
	Params: []string{"concession"}, Protocols: []string{"alternating_offers"}, Models: []string{"linear", "ossa2014"},
	CheckLine: func(_ []Issue, expr string) error {
		if strings.Contains(expr, "nowhere") {
			return errors.New(`column 1: no issue is called "nowhere"`)
		}
		return nil
	},
}

func TestBaseIsFine(t *testing.T) {
	if _, err := Parse("f", []byte(base), Options{Known: names}); err != nil {
		t.Fatal(err)
	}
}

// Each case replaces one piece of the base by another and names what must be reported, place included.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key at the top", "runs = 100", "rnus = 100", `f:3:1: rnus: unknown key; allowed: question, as_of, worth, runs`},
		{"with a suggestion", "runs = 100", "rnus = 100", `did you mean "runs"?`},
		{"unknown key in a table", "cost_of_delay = 1", "cost_of_dely = 1", `f:22:1: party.china.cost_of_dely: unknown key; allowed: name, short`},
		{"unknown key of a number", "uniform = [1, 5]", "unifrom = [1, 5]", `f:11:22: party.us.interest.gain.weight.unifrom: unknown key of a number`},
		{"unknown key of an issue", "step = 50", "stpe = 50", `f:6:45: issue.money.stpe: unknown key; allowed: label, unit, levels, range, step`},
		{"a number that is a string", "cost_of_delay = 1", `cost_of_delay = "1"`, `f:22:17: party.china.cost_of_delay: "1" is a string, not a number`},
		{"a number that is an array", "cost_of_delay = 1", `cost_of_delay = [1, 2]`, `f:22:17: party.china.cost_of_delay: [1, 2] is an array, not a number`},
		{"a string that is a number", `question = "q"`, `question = 5`, `f:1:12: question: 5 is an integer; write a string, in quotes`},
		{"a table that is a number", "[party.us.negotiator]\nbidding = \"boulware\"\nconcession = 0.2", "[x]\n", `f:16:2: x: unknown key`},
		{"a date that is none", "as_of = 2025-10-05", `as_of = "autumn"`, `f:2:9: as_of: "autumn" is not a date; write 2025-10-05`},
		{"nan", "cost_of_delay = 1", "cost_of_delay = nan", `f:22:17: party.china.cost_of_delay: NaN is not a finite number`},
		{"infinity", "levels = [10, 20, 30]", "levels = [10, 20, inf]", `f:5:42: issue.tariff.levels.2: +Inf is not a finite number`},
		{"nan in a distribution", "uniform = [1, 5]", "uniform = [1, nan]", `f:11:36: party.us.interest.gain.weight.uniform.1: NaN is not a finite number`},
		{"no runs", "runs = 100", "runs = 0", `f:3:8: runs: 0 is not >=1`},
		{"minus one run", "runs = 100", "runs = -1", `f:3:8: runs: -1 is not >=1`},
		{"half a run", "runs = 100", "runs = 0.5", `f:3:8: runs: 0.5 is not a whole number`},
		{"levels fall", "levels = [10, 20, 30]", "levels = [10, 30, 20]", `f:5:42: issue.tariff.levels.2: 20 follows 30; levels must rise`},
		{"levels alike", "levels = [10, 20, 30]", "levels = [30, 30]", `f:5:38: issue.tariff.levels.1: 30 follows 30`},
		{"no levels", "levels = [10, 20, 30]", "levels = []", `issue.tariff.levels: empty`},
		{"empty range", "range = [0, 1000]", "range = [7, 7]", `f:6:34: issue.money.range: empty range: 7 is not below 7`},
		{"range upside down", "range = [0, 1000]", "range = [10, 0]", `empty range: 10 is not below 0`},
		{"range of one", "range = [0, 1000]", "range = [10]", `issue.money.range: 1 numbers; write range = [lowest, highest]`},
		{"step 0", "step = 50", "step = 0", `f:6:52: issue.money.step: 0 is not above 0`},
		{"step below 0", "step = 50", "step = -50", `issue.money.step: -50 is not above 0`},
		{"step does not divide", "step = 50", "step = 300", `issue.money.step: 300 does not divide the range 0 to 1000; 333.33`},
		{"step too fine", "step = 50", "step = 1e-9", `issue.money.step: 1e-09 makes more than 65536 values`},
		{"no step", ", step = 50", "", `f:6:10: issue.money: a range needs a step, such as step = 100`},
		{"two ways to say values", "step = 50", "step = 50, levels = [1]", `issue.money: says in more than one way`},
		{"no way to say values", `levels = [10, 20, 30], now = 30`, `now = 30`, `f:5:10: issue.tariff: says not what values it can take`},
		{"now is no value", "now = 30", "now = 25", `f:5:53: issue.tariff.now: 25 is not one of its values: 10, 20, 30`},
		{"now is no choice", `now = "same"`, `now = "smae"`, `issue.words.now: smae is not one of its values: same, softer, other; did you mean "same"?`},
		{"choice twice", `"softer", "other"]`, `"same"]`, `issue.words.choices.1: "same" stands twice`},
		{"max leaves nothing", "step = 50", "step = 50, max = -1", `issue.money.max: leaves money no value; its numbers run from 0 to 1000`},
		{"a name no column can have", "tariff = { unit", `"a b" = { unit`, `f:5:1: issue."a b": "a b" cannot name an issue; use letters`},
		{"a keyword", "words  = {", "now  = {", `issue.now: "now" cannot name an issue: red lines read it`},
		{"unknown issue in an interest", "words = { same", "wodrs = { same", `f:12:49: party.us.interest.price.times.wodrs: an interest's shape names "wodrs", which is not on the table; issues: tariff, money, words; did you mean "words"?`},
		{"a choice without strength", ", other = 1 }", " }", `no strength for words = other; name every value`},
		{"a strength without choice", "other = 1", "othr = 1", `"othr" is not a value of words; it has same, softer, other, and shapes are`},
		{"a shape misspelt", "linear = [0, 1]", "liner = [0, 1]", `did you mean "linear"?`},
		{"a shape of numbers on choices", "{ same = 0, softer = 0.5, other = 1 }", "{ linear = [0, 1] }", `words has no numbers for linear; give every choice a strength: { same = 0, ... }`},
		{"points that fall", "[[0, 0], [500, 1]]", "[[500, 0], [0, 1]]", `f:24:106: party.china.interest.gain.times.money.steps.1: 0 does not lie above 500`},
		{"a log of 0", "{ linear = [1, 0] }, money", "{ log = [0, 1] }, money", `a logarithm needs numbers above 0; write log = [a, b]`},
		{"a log from 0", "{ steps = [[0, 0], [500, 1]] }", "{ log = [1, 10] }", `a logarithm needs numbers above 0, and money starts at 0`},
		{"empty uniform", "uniform = [1, 5]", "uniform = [5, 5]", `f:11:32: party.us.interest.gain.weight: uniform: low and high are both 5`},
		{"likely outside", "pert = [30, 40, 90]", "pert = [30, 100, 90]", `f:9:19: no_deal.tariff: pert: likely 100 is outside`},
		{"too few parameters", "pert = [30, 40, 90]", "pert = [30, 90]", `no_deal.tariff: pert: 2 numbers given, not 3`},
		{"chance above 1", "chance = 0.9", "chance = 1.9", `party.us.red_line.never.holds: chance: probability 1.9 is outside 0 to 1`},
		{"not a chance", "holds = { chance = 0.9 }", "holds = { uniform = [0, 1] }", `party.us.red_line.never.holds.uniform: [0, 1]: this is a chance; write 0.7`},
		{"zero weights of a choice", `bidding = "boulware"`, "bidding = { choice = { boulware = 0, conceder = 0 } }", `party.us.negotiator.bidding.choice: { boulware = 0, conceder = 0 }: all weights are 0`},
		{"negative weight", `bidding = "boulware"`, "bidding = { choice = { boulware = 2, conceder = -1 } }", `the weight -1 is below 0`},
		{"zero weights of a party", "weight = 2, assumed", "weight = 0, assumed", `f:23:14: party.china.interest: every weight is 0`},
		{"zero shares", "share = 1,", "share = 0,", `party.us.audience: all shares are 0`},
		{"a share above 1", "share = 1,", "share = 1.5,", `f:20:21: party.us.audience.farmers.share: 1.5 is not a share, 0 to 1`},
		{"negative cost of delay", "cost_of_delay = 1", "cost_of_delay = { uniform = [-1, 1] }", `[-1, 1] reaches from -1 to 1, which is not >=0`},
		{"an audience that likes nothing there is", "likes = { gain", "likes = { gian", `party.us.audience.farmers.likes.gian: us has no such interest; it has gain, price; did you mean "gain"?`},
		{"an unknown strategy", `bidding = "boulware"`, `bidding = "bolware"`, `f:17:11: party.us.negotiator.bidding: "bolware" is not one of boulware, conceder, tit_for_tat; did you mean "boulware"?`},
		{"an unknown strategy in a choice", `bidding = "boulware"`, `bidding = { choice = { boulware = 1, concedr = 1 } }`, `f:17:38: party.us.negotiator.bidding.choice.concedr: "concedr" is not one of`},
		{"an unknown parameter", "concession = 0.2", "concesion = 0.2", `f:18:1: party.us.negotiator.concesion: unknown key; allowed: bidding, accept, opponent, concession; did you mean "concession"?`},
		{"a line over an unknown issue", "words = other", "nowhere = other", `f:14:19: party.us.red_line.never.never: "nowhere = other": column 1: no issue is called "nowhere"`},
		{"a line that forbids nothing", `never = "words = other", `, "", `party.us.red_line.never: forbids nothing`},
		{"a price without a line", "costs = 4, ", "", `party.us.red_line.soft.when: needs costs`},
		{"a hard line with a price", `never = "words = other"`, `never = "words = other", costs = 3`, `party.us.red_line.never.costs: goes with when`},
		{"a price of 0", "costs = 4", "costs = 0", `party.us.red_line.soft.costs: 0 is not >0`},
		{"no deal on an unknown issue", "tariff = { pert", "tarif = { pert", `f:9:1: no_deal.tarif: no_deal names "tarif", which is not on the table`},
		{"three parties", "[party.china]\n", "[party.eu]\n[party.china]\n", `party: 3 (us, eu, china); a negotiation has two parties`},
		{"arrays of tables", "[party.china]\n", "[[party.china]]\n", `party.china: tables are named here: write [party.china.NAME], not [[party.china]]`},
		{"a summit before the start", "summit = 2025-10-30", "summit = 2025-09-14", `clock.summit: 2025-09-14 is not after the start, 2025-09-14`},
		{"no summit", "summit = 2025-10-30\n", "", `clock.start: needs a summit`},
		{"rounds and dates", "days_per_round = 9", "rounds = 9", `f:28:10: clock.rounds: goes without start and summit`},
		{"rounds too long", "days_per_round = 9", "days_per_round = 90", `up to 90 days a round leave no round between`},
		{"an unknown protocol", "[clock]\n", "[clock]\nprotocol = \"alternating\"\n", `f:26:12: clock.protocol: "alternating" is not one of alternating_offers; did you mean "alternating_offers"?`},
		{"no economy", "weight = 2, assumed", `from = "economy", weight = 2, assumed`, `comes from the economy, but there is no [economy]`},
		{"a share by a choice that is not there", "[clock]\n", "[issue.control]\nchoices = [\"ours\", \"theirs\"]\nnow = \"ours\"\n[delivery]\neased = { our = 0.5 }\n[clock]\n", `"our" is not a choice of control; it has ours, theirs; did you mean "ours"?`},
		{"a share by an issue that is not there", "[clock]\n", "[delivery]\nstake = { ours = 0.5 }\n[clock]\n", `delivery.stake: is by choice of the issue "control", which is not on the table`},
		{"a share above one", "[clock]\n", "[delivery]\ngreenfield = 1.5\n[clock]\n", `delivery.greenfield: 1.5 `},
		{"a cap that is drawn", "[clock]\n", "[delivery]\npace = { uniform = [10, 50] }\n[clock]\n", `delivery.pace: is the same in every run; write a number, not uniform 10 to 50`},
		{"a lag that falls", "[clock]\n", "[delivery]\nplant_lag = { shortest = 3, likely = 2, longest = 4 }\n[clock]\n", `delivery.plant_lag.likely: 2 is less than 3`},
		{"a lag without its middle", "[clock]\n", "[delivery]\nplant_lag = { shortest = 3, longest = 4 }\n[clock]\n", `delivery.plant_lag: has no likely; write shortest, likely and longest, in years`},
		{"a lag with another part", "[clock]\n", "[delivery]\nplant_lag = { shortest = 3, likly = 3, longest = 4 }\n[clock]\n", `did you mean "likely"?`},
		{"a stream without investment", "weight = 2, assumed", `from = "delivery", of = "jobs", weight = 2, assumed`, `jobs is of the issue investment, in numbers, which is not on the table`},
		{"leverage without an economy", "weight = 2, assumed", `from = "leverage", weight = 2, assumed`, `comes from the economy, but there is no [economy]`},
		{"unknown origin of an interest", "weight = 2, assumed", `from = "econmy", weight = 2, assumed`, `"econmy" is not one of economy, leverage, delivery; did you mean "economy"?`},
		{"an unknown trade model", "[clock]\n", "[economy]\ntariffs = \"osa2014\"\n[clock]\n", `economy.tariffs: "osa2014" is not one of linear, ossa2014; did you mean "ossa2014"?`},
		{"no strength at all", "times = { tariff = { linear = [0, 1] } } }", "}", `party.us.interest.gain: has no strength`},
		{"an attitude to risk", "cost_of_delay = 1", "risk = \"averse\"", `f:22:8: party.china.risk: "averse" is not an attitude to risk`},
		{"a rule that is none", "[clock]\n", "[ratify]\nrule = { us = \"most\" }\n[clock]\n", `ratify.rule.us: "most" is not a rule`},
		{"a rule of nobody", "[clock]\n", "[ratify]\nrule = { uk = \"share > 0.5\" }\n[clock]\n", `ratify.rule.uk: "uk" is not a party; allowed: us, china`},
		{"a value varied that cannot be", "[clock]\n", "[design.vary]\n\"issue.money.max\" = [100, -1]\n[clock]\n", `f:26:27: issue.money.max: leaves money no value`},
		{"a path varied that is none", "[clock]\n", "[design.vary]\n\"issue.monney.max\" = [100]\n[clock]\n", `there is no "monney" here; there are tariff, money, words; did you mean "money"?`},
		{"a drawn yardstick", "step = 50", "step = 50, marks = { x = { uniform = [1, 2] } }", `issue.money.marks.x: a yardstick is a fixed number`},
		{"a table of the wrong size", "times = { tariff = { linear = [0, 1] } } }", "table = { issues = [\"tariff\", \"words\"], strength = [[1, 2, 3], [4, 5, 6]] } }", `2 strengths along tariff, which has 3 values`},
		{"a table that is ragged", "times = { tariff = { linear = [0, 1] } } }", "table = { issues = [\"tariff\", \"words\"], strength = [[1, 2, 3], [4, 5]] } }", `[4, 5] has 2 elements, others at this depth 3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(base, c.old) == 0 {
				t.Fatalf("the base has no %q", c.old)
			}
			_, err := Parse("f", []byte(strings.Replace(base, c.old, c.new, 1)), Options{Known: names})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

func TestEveryProblemAtOnceInOrder(t *testing.T) {
	text := strings.NewReplacer("runs = 100", "runs = 0", "step = 50", "step = 0", "words = { same", "wodrs = { same",
		"cost_of_delay = 1", "cost_of_delay = nan", "summit =", "smmit =").Replace(base)
	_, err := Parse("f", []byte(text), Options{Known: names, Sets: []string{"output.success=lastng", "seed=-1"}})
	var ps Problems
	if !errors.As(err, &ps) {
		t.Fatal(err)
	}
	want := []string{"runs:", "issue.money.step:", "times.wodrs:", "party.china.cost_of_delay:", "clock.start:", "clock.smmit:", "--set output.success=lastng:", "--set seed=-1:"}
	if len(ps) != len(want) {
		t.Fatalf("%d problems, want %d:\n%v", len(ps), len(want), err)
	}
	for i, p := range ps {
		if !strings.Contains(p.Error(), want[i]) {
			t.Errorf("problem %d is %v, want %s", i, p, want[i])
		}
	}
}

func TestWhatIsMissing(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "f: the file is empty; a scenario has [issue] and two parties",
		" \n\t\n":              "f: the file is empty",
		"# only a comment\n":   "f: issue: there is nothing on the table; write [issue]",
		"[issue]\n":            "f:1:2: issue: there is nothing on the table; write a line for each issue",
		"question = 'q'\n":     "f: party: none; a negotiation has two parties",
		"issue = 3\nparty=4\n": "f:1:9: issue: 3 is an integer; write a table, [issue] or { ... }",
		"[party.us]\n":         "f:1:8: party.us.interest: us has no interests",
		"\xff = 1":             "f:",
	} {
		_, err := Parse("f", []byte(text), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestLegalOddities(t *testing.T) {
	for name, text := range map[string]string{
		"10^12 runs":             strings.Replace(base, "runs = 100", "runs = 1_000_000_000_000", 1),
		"runs as a float":        strings.Replace(base, "runs = 100", "runs = 1e6", 1),
		"one outcome":            strings.Replace(base, "levels = [10, 20, 30]", "levels = [30]", 1),
		"one weight of 0":        strings.Replace(base, "weight = -3", "weight = 0", 1),
		"one choice of weight 0": strings.Replace(base, `bidding = "boulware"`, "bidding = { choice = { boulware = 1, conceder = 0 } }", 1),
		"now off the table":      strings.Replace(base, "step = 50", "step = 50, min = 100", 1),
		"multi-line inline":      strings.Replace(base, "{ unit = \"$bn\", range", "{ unit = \"$bn\",\n  range", 1),
	} {
		if _, err := Parse("f", []byte(text), Options{Known: names}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
