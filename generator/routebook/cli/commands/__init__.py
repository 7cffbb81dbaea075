"""The commands, a module each, with the click command in `command`.

A new command is a new module here; its name is the command's.
"""
