"""A made-up year of the 41 units of 附件1: every name, number and event in it is invented."""
