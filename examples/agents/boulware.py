"""A negotiator for Parley in Python, without dependencies: it holds out and gives way near the deadline.

Players name it "exec:python3 boulware.py", with --allow-exec. The protocol: docs/agents.md.
"""
import itertools
import json
import sys

spaces, sessions = {}, {}

class Session:
    def __init__(self, begin):
        self.space = spaces[begin["space"]]
        self.weight, self.cost = begin["weight"], begin["cost"]
        every = itertools.product(*(range(len(i["values"])) for i in self.space["issues"]))
        self.bids = sorted(((self.worth(o), o) for o in every), reverse=True)

    def cell(self, table, offer):
        at = 0
        for i in table["scope"]:  # row-major, the last issue fastest
            at = at * len(self.space["issues"][i]["values"]) + offer[i]
        return at

    def worth(self, offer):
        u = sum(w * i["table"][self.cell(i, offer)] for w, i in zip(self.weight, self.space["interests"]))
        for cost, line in zip(self.cost, self.space["lines"]):
            if line["broken"][self.cell(line, offer)]:
                u -= float("inf") if cost is None else cost
        return u

    def turn(self, turn):
        best, floor = self.bids[0][0], turn["no_deal"]
        if best < floor:
            return {"do": "walk"}
        t = min(1, (turn["round"] - 1) / max(1, turn["rounds"] - 1))
        target = best - (best - floor) * t**5
        if turn["offer"] is not None and self.worth(turn["offer"]) >= target:
            return {"do": "accept"}
        return {"do": "offer", "offer": next(o for u, o in reversed(self.bids) if u >= target)}


for line in sys.stdin:
    asked, answers = json.loads(line), []
    for space in asked.get("spaces", []):
        spaces[space["space"]] = space
    for turn in asked.get("turns", []):
        if "begin" in turn:
            sessions[turn["session"]] = Session(turn["begin"])
        answers.append({"session": turn["session"], **sessions[turn["session"]].turn(turn)})
    print(json.dumps({"parley": 1, "id": asked["id"], "answers": answers}), flush=True)
