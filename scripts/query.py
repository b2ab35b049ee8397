"""Query the data from a script of your own: copy this and change the question.

python scripts/query.py
python scripts/query.py pay-now role="medical biller"
"""

import sys

import graph

kg = graph.load()  # the bundled data; graph.load("my.ttl") takes yours
name, *settings = sys.argv[1:] or ["who-talks-to-patients"]
for row in kg.query(name, dict(setting.split("=", 1) for setting in settings)):
    print(row)
