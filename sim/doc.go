// Package sim plays bilateral negotiations: sessions of two negotiators under a protocol, at a table.
//
// # Who owns what
//
// A session is one negotiation. The table owns the live sessions, the protocol, the clock, validation
// and blame. A seat is one side of the table; it plays that side of every session. A negotiator is
// what decides for one party in one session.
//
// The hub table (NewHub) gives each seat a goroutine with an inbox and moves mail in batches: the
// table's goroutine gathers the sessions that wait for a seat into a Batch and sends it; the seat
// answers every one and hands the batch back. Where a protocol asks both sides at once the table
// sends to both seats and then receives from both. The plain table (NewPlain) plays session by
// session with plain calls. Both use the same protocols on the same Session, so they give the same
// results to the byte; the plain table is the oracle of the hub.
//
// The rules of the mail: the table starts the seats' goroutines, is the only one that sends to and
// closes their inboxes, and waits for all of them before Play returns, however it returns. Whoever
// holds a Batch owns everything its Turns point to (view, offers, negotiator, party, random stream);
// the table touches none of it until the batch is back. The two seats never share anything that
// either writes.
//
// # Time
//
// Time is counted in rounds. In alternating offers a round is one turn of each side; elsewhere the
// protocol says what it is. A session reads no clock, so neither load nor order can change a result: a
// session's result is a function of its Setup alone.
//
// # Blame
//
// A negotiator that panics, does not answer, offers what is not in the space or over its own hard red
// line, accepts such a thing, or accepts when nothing lies before it ends its own session as an Error
// that names the seat and what it did. The others go on. What this package cannot do is stop a
// negotiator in the same process that never returns; agents in other processes are reached through
// Seat, whose implementation keeps the deadline.
//
// # Protocols
//
// Stacked alternating offers (Aydogan, Festen, Hindriks and Jonker 2017), monotonic concession with
// Zeuthen's risk (Rosenschein and Zlotkin 1994), last offer (Gueth, Schmittberger and Schwarze 1982)
// and mediated single text (Klein, Faratin, Sayama and Bar-Yam 2003). See Protocols.
//
// The package does not know who the parties are, what a deal is worth in the world, or what becomes
// of a signed one: that is its callers' business.
package sim
