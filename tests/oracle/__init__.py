"""A second, naive scorer, written from the scoring note alone, and random registers for it.

Nothing here imports the product. `sheet.answer` replays a whole register for each question;
`registers.registers` draws registers in which every line is valid at its place. Where the product
and this package disagree, one of them has misread the note.
"""
