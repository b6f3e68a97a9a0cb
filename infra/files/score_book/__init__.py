"""The workbook of score sheets, to be printed and checked: formulas from lines up to ranks."""
