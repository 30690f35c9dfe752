// Package chart draws Parley's figures from plain data, with gonum/plot's vector canvas.
//
// A figure is a struct of aggregated numbers (shares, quantiles, bins, one negotiation's offers). It
// never sees a run, so the time to draw does not depend on how many there were. Each figure states
// its finding (Title), what is plotted (Subtitle), what a reader who cannot see it should hear (Alt)
// and its numbers (CSV), and is drawn in two sizes, Wide and Narrow, to SVG, PNG and PDF.
//
// A title comes from a template whose condition is tested on the figure's own data; where none
// holds, a neutral sentence stands. The same data give the same bytes.
//
// The package knows no rows, no scenario files and no statistics: what is wrong in the numbers is
// wrong in the figure. Check reports data that cannot be drawn.
package chart
