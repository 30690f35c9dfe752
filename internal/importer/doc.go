// Package importer opens the benchmark domains of other negotiation programs: GENIUS and ANAC XML,
// GeniusWeb JSON, NegoLog JSON, NegMAS YAML and JSON.
//
// A domain is a folder: a file that says what is on the table and two profiles that say what it is
// worth to each side. Files are told by what they hold, not by their names; the domain file may be
// missing, then the first profile says what is on the table. Profiles are taken in the alphabetical
// order of their file names (by bytes, as Python's sorted does).
//
// # What an outcome is worth
//
//	u(o) = sum over issues of weight_i x eval_i(o_i)
//
// with the weights as in the file, not renormalised (a sum other than 1 is warned of). In GENIUS a
// choice's evaluation is first divided by the highest of its issue (EvaluatorDiscrete of GENIUS 10.4);
// an integer is worth offset + slope (x - lowest), a real number parameter0 + parameter1 x, both held
// to 0..1, or a triangle. Weights of nested objectives are not used there, only those of issues. The
// other formats divide nothing. A reservation value that is missing is 0, a discount 1.
//
// Real numbers are cut into 21 values as GENIUS does (IssueReal), or as the file says. Numbers that
// are not finite, values that stand twice, issues or values that one file has and another has not, are
// errors with file and line. The package opens no other file than those of the folder, resolves no
// external entity, and reads neither past 64 levels of nesting nor past 64 MiB.
package importer
