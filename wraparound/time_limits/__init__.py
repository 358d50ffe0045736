"""The last day by which somebody must act, worked out from the date on a letter: pure functions, a source beside each.

`working_out.RULES` is every rule and `working_out.work_out` answers one. `definition` has the words that pages share;
`counting` counts; each area of law has a module. A rule whose source nobody has seen answers “check this”, no date.
"""
