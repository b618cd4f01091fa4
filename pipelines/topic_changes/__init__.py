"""A topic as it is to be goes in; the topics file and the store that count it so come out.

`text` changes the words of a topics file, `files` says which file a change belongs in and writes
it, `change` does that and tags the stored articles again, as one step.
"""
