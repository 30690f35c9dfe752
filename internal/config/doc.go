// Package config reads scenario files: TOML into typed structs, with defaults filled in, every problem
// reported with its place, and the resolved scenario written back.
//
// A scenario is decoded in three steps. BurntSushi/toml gives the values; a second pass with the
// parser of pelletier/go-toml gives every key and value its line and column (see locate.go); overrides
// of the form party.us.cost_of_delay=1.5 are laid over the tree with an origin of their own (set.go).
// The tree is then read into the structs by their tags (decode.go) and the whole is checked (check.go).
// Nothing stops at the first problem: all are collected, sorted by place and returned as Problems.
//
// The package knows the form of a scenario, not what its names stand for: which negotiators, protocols
// and trade models exist, and what a red line's expression may say, the caller passes in as Known.
//
// Field comments of the structs are the descriptions in the JSON Schema, so they are written for
// somebody who edits a scenario file.
package config
