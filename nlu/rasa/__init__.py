"""A Rasa 3.6 server as the second classifier: its project (data, pipeline), and the client that asks it.

`components` runs inside Rasa's own environment; everything else runs in ours.
"""
