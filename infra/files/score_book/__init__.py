"""The workbook of score sheets: what an office prints, with formulas from the lines to the ranks."""
