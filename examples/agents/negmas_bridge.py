"""Seats a NegMAS negotiator in Parley: python3 negmas_bridge.py negmas.sao.AspirationNegotiator

Needs NegMAS (pip install negmas). Every session gets a new negotiator of the class, with a utility function
over the session's outcomes and Parley's rounds as its steps. NegMAS negotiators answer a state: the bridge makes
one with the offer that lies before it and asks for a response and a counter-offer, as its SAO mechanism does.
docs/agents.md has the protocol.
"""
import importlib
import itertools
import json
import sys

from negmas import MappingUtilityFunction, make_issue
from negmas.sao import ResponseType, SAOMechanism, SAOState

spaces, sessions = {}, {}


def named(path):
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module or "negmas.sao"), name)


class Session:
    def __init__(self, begin, rounds, no_deal, kind):
        self.space = spaces[begin["space"]]
        self.weight, self.cost = begin["weight"], begin["cost"]
        self.sizes = [len(i["values"]) for i in self.space["issues"]]
        issues = [make_issue(list(range(n)), f"{k}") for k, n in enumerate(self.sizes)]
        self.mechanism = SAOMechanism(issues=issues, n_steps=rounds)
        every = itertools.product(*map(range, self.sizes))
        worth = {o: self.worth(o) for o in every}
        ufun = MappingUtilityFunction(worth, reserved_value=no_deal, outcome_space=self.mechanism.outcome_space)
        self.me = kind(name="me")
        self.mechanism.add(self.me, ufun=ufun)
        # A silent other side, so that the mechanism has the two it needs.
        self.mechanism.add(named("negmas.sao.RandomNegotiator")(name="other"), ufun=ufun)
        self.me.on_negotiation_start(self.mechanism.state)

    def cell(self, table, offer):
        at = 0
        for i in table["scope"]:
            at = at * self.sizes[i] + offer[i]
        return at

    def worth(self, offer):
        u = sum(w * i["table"][self.cell(i, offer)] for w, i in zip(self.weight, self.space["interests"]))
        for cost, line in zip(self.cost, self.space["lines"]):
            if line["broken"][self.cell(line, offer)]:
                u -= 1e9 if cost is None else cost
        return u

    def turn(self, turn):
        step, steps = turn["round"] - 1, turn["rounds"]
        offer = None if turn["offer"] is None else tuple(turn["offer"])
        state = SAOState(
            running=True, started=True, step=step, relative_time=(step + 1) / (steps + 1), n_negotiators=2,
            current_offer=offer, current_proposer=None if offer is None else "other",
        )
        answer = self.me(state)  # a response, and an outcome if it rejects
        if answer.response == ResponseType.ACCEPT_OFFER and offer is not None:
            return {"do": "accept"}
        if answer.response == ResponseType.END_NEGOTIATION or answer.outcome is None:
            return {"do": "walk"}
        return {"do": "offer", "offer": [int(v) for v in answer.outcome]}


kind = named(sys.argv[1] if len(sys.argv) > 1 else "negmas.sao.AspirationNegotiator")
for line in sys.stdin:
    asked, answers = json.loads(line), []
    for space in asked.get("spaces", []):
        spaces[space["space"]] = space
    for turn in asked.get("turns", []):
        if "begin" in turn:
            sessions[turn["session"]] = Session(turn["begin"], turn["rounds"], turn["no_deal"], kind)
        answers.append({"session": turn["session"], **sessions[turn["session"]].turn(turn)})
    print(json.dumps({"parley": 1, "id": asked["id"], "answers": answers}), flush=True)
