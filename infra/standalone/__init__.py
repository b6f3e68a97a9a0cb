"""Two programs for people outside the office: ``verify.py`` and ``witness.py``.

They are a second implementation of the audit log's formats (``docs/reference/audit-formats.md``)
that shares no code with ``domain.audit``, and they run on any Python from 3.9 without anything
installed. The parts lie here one subject to a module; ``assemble`` puts them into one file each.
"""
