package config

// Issue is one item on the table. Exactly one of Levels, Range with Step, and Choices says what values
// it can take.
type Issue struct {
	// The word for it in this file and in columns.
	Key string `toml:",key"`
	// The words for it in charts and tables; the key if empty.
	Label string `toml:"label"`
	// The unit of its numbers, such as "%" or "$bn".
	Unit string `toml:"unit"`
	// The numbers it can take, rising.
	Levels []float64 `toml:"levels"`
	// The lowest and the highest number it can take, with step between; [0, 1000].
	Range []float64 `toml:"range"`
	// The distance between values of a range; it must divide it.
	Step float64 `toml:"step"`
	// The words it can take, in an order that reads well.
	Choices []string `toml:"choices"`
	// Today's value: one of its numbers or choices.
	Now Value `toml:"now"`
	// Numbers below this are off the table. Shapes keep referring to all the issue's numbers.
	Min *float64 `toml:"min"`
	// Numbers above this are off the table, as in --set issue.investment.max=400. Shapes keep referring to all the issue's numbers.
	Max *float64 `toml:"max"`
	// Yardsticks that charts mark, by name: { Japan = 550 }.
	Marks []NamedNumber `toml:"marks"`
	// The party whose concession it is, by key: that of the US tariff is given by us.
	GivenBy string `toml:"given_by"`
	Backing
}

// Value is today's value of an issue: a number, a name, or nothing (Set false).
type Value struct {
	Set    bool
	Name   string // of choices; of a number as written in columns
	Number float64
	IsName bool
}
