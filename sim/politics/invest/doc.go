// Package invest turns announced investment into plants: projects, each reviewed, built with a lag or
// not, and perhaps sold under orders later.
//
// A [Plan] holds what a scenario fixes, a [Draw] what a run draws, a [Deal] what was agreed.
// [Plan.Run] plays one run project by project; [Plan.Expected] is its mean given the draw, exactly,
// which is what negotiators value. The year a is 1..Years; a project worth s started at time x in
// years:
//
//   - sizes are lognormal, until they add up to what is announced (the last is cut to fit);
//   - projects start one after another, evenly over S = max(Over, announced/Pace) years: Pace is the
//     most that review, permits and sites can take in a year, so it is a cap;
//   - a takeover meets national review (CFIUS). The chance that it is cleared is
//     p' = p + k c p (1-p), p = g + (1-g) Cleared, with g what the form of control eases, c from -1 to
//     1 how sensitive its sector is against the mean, k how far the review tells sectors apart. The
//     mean over sectors is p. Some of the cleared are mitigated; of the rest most withdraw and few
//     are blocked;
//   - a greenfield plant is outside CFIUS (50 USC 4565(a)(4)) and meets state laws and local refusal
//     instead: it passes with chance g + (1-g) Local;
//   - what passes is built with chance Built, else nothing of it: single pledges are U-shaped, near
//     all or near nothing (facts/calibration.csv, built share);
//   - it stands from the end of the year in which its lag is over. If the deal ends before (Until),
//     nothing more starts, and what is under construction is cancelled at Shock a year;
//   - what stands may be ordered sold (Grindr 2020, TikTok), at Forced a year times what the form of
//     control leaves of that risk: it stands on, but no longer in the investor's hands.
//
// The package knows no worth: [Path] has the quantities ($bn, jobs, $bn of value added a year), and
// interests weigh them. Randomness is counted (sim/chance): project i sees the same numbers whatever
// was agreed. Nothing is allocated in a run.
package invest
