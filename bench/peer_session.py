"""NegMAS sessions on a domain of GENIUS: `peer_session.py FOLDER SECONDS` prints sessions per second as JSON.

Boulware against conceder over 100 rounds, in one process; only the sessions are timed. Runs inside a virtual
environment with NegMAS; `session_against.py` starts it.
"""

import json
import sys
import time

from negmas import SAOMechanism
from negmas.inout import Scenario
from negmas.sao import BoulwareTBNegotiator, ConcederTBNegotiator


def main() -> None:
    scenario = Scenario.from_genius_folder(sys.argv[1], ignore_discount=True)
    limit = float(sys.argv[2])
    held, agreed = 0, 0
    begun = time.process_time()
    while time.process_time() - begun < limit:
        session = SAOMechanism(outcome_space=scenario.outcome_space, n_steps=100)
        session.add(BoulwareTBNegotiator(), ufun=scenario.ufuns[0])
        session.add(ConcederTBNegotiator(), ufun=scenario.ufuns[1])
        agreed += session.run().agreement is not None
        held += 1
    print(json.dumps({"sessions": held, "agreed": agreed, "per_second": held / (time.process_time() - begun)}))


main()
