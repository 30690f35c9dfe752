// Package report makes what a person reads of a summary: report.html, and the summary on a terminal.
//
//	Answer     the answer in words: how often (the range over strategies first, simulation noise second),
//	           on what terms, why not and what decides it
//	Figures    the charts of a summary, in the order in which they are read
//	Build      a Page of both, with the numbers and where each comes from; Page.Write makes the one file
//	Terminal   the same for a terminal of 72 to 110 columns, with or without colours
//
// All of it comes from an analysis.Summary, a store.Brief (what the scenario calls its parties, issues and
// numbers) and plain inputs of the charts: no rows are read, so the time it takes does not grow with the
// number of runs. Shares are said out of 100 talks; errors are left out of them. What has no data, such as
// home or delivery in a scenario without them, is left out rather than shown empty. The same input gives
// the same bytes: there is no clock, host or map order in what is written.
package report
