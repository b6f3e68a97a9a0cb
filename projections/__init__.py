"""The log of events replayed into answers: score lines, sheets, registers and trails."""
