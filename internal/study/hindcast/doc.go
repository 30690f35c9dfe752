// Package hindcast plays negotiations that took place with what was known before, and scores the
// forecasts against what came of them.
//
// A term is one issue of an episode. Its forecast is a sample on a scale, 0 to 1, that runs over the
// term's range; the range is fixed before any outcome is looked at. Two ways lead to a sample:
//
//   - Play builds every episode from rows of anchors (status quo, demands, value without a deal) by one
//     rule, and plays Parley's own sessions, one a term: see game.go, rule.go, episode.go.
//   - PlayNamed plays scenario files as they stand.
//
// Scores are proper: the CRPS of the sample (Gneiting & Raftery 2007), the RPS of ordered choices, the
// Brier score of the chance of a deal. Beside them stand those of simpler forecasts, made from the same
// cells, and the ablation: the rule with a uniform draw in place of the game.
//
// Nothing is fitted unless PlayFitted is asked, and then on the other groups of episodes. The rule's numbers
// are priors; what its form owes to outcomes is said where it stands.
package hindcast
