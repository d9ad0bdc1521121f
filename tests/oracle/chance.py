"""What numpy draws of a model, for tests/it/chance.rs: writes chance.json beside this file.

    python tests/oracle/chance.py

Twenty deals, each won or not and of a lognormal size; a million years; of three quantiles the bar that holds the truth 95
times in 100, from the order statistics.
"""

import json
import pathlib

import numpy

YEARS = 1_000_000
deals = numpy.arange(20)
streams = {
    "chance": (0.1 + 0.04 * deals).round(6),
    "median": 5_000.0 + 1_500.0 * deals,
    "sigma": (0.3 + 0.03 * deals).round(6),
}

random = numpy.random.Generator(numpy.random.PCG64(2027))
years = numpy.zeros(YEARS)
for chance, median, sigma in zip(*streams.values()):
    years += (random.random(YEARS) < chance) * median * numpy.exp(sigma * random.standard_normal(YEARS))
years.sort()


def bar(part: float) -> dict:
    by = 1.96 * (YEARS * part * (1 - part)) ** 0.5
    low, high = (int(YEARS * part + it) for it in (-by, by))
    return {"part": part, "low": years[low], "high": years[high]}


drawn = {
    "years": YEARS,
    "streams": {name: values.tolist() for name, values in streams.items()},
    "quantiles": [bar(part) for part in (0.1, 0.5, 0.9)],
}
file = pathlib.Path(__file__).with_name("chance.json")
file.write_text(json.dumps(drawn, indent=1) + "\n")
