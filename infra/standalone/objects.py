"""Evidence files in a bag: each is named by its digest."""

from __future__ import annotations

from infra.standalone.bag_names import OBJECTS
from infra.standalone.bag_source import Bag
from infra.standalone.findings import Findings
from infra.standalone.wording import Said


def check_objects(bag: Bag, findings: Findings) -> None:
    """Check that each evidence file has the digest that it is named by."""
    for name in sorted(bag.sizes):
        if not name.startswith(OBJECTS):
            continue
        try:
            same = bag.digest(name) == name[len(OBJECTS) :]
        except OSError:
            continue  # noted with the bag's files
        if not same:
            said = Said("内容的摘要不是它的名称：附件被改动", "its digest is not its name: altered")
            findings.add("DIGEST", name, said)
