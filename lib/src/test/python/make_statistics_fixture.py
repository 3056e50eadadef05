"""Writes lib/src/test/resources/fixtures/statistics.json: SciPy's word on the kit's statistics.

Run from the top of the repository, in an environment of its own:

    python -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.15.3
    VENV/bin/python lib/src/test/python/make_statistics_fixture.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

OUT = pathlib.Path("lib/src/test/resources/fixtures/statistics.json")


def columns():
    """Pairs of columns, easy and hard: few and many rows, ties, zero differences, tails."""
    random = np.random.default_rng(20)
    x = random.normal(0.5, 1, 12)
    yield "twelve rows without ties", x, x + random.normal(0.3, 0.5, 12)
    x = random.gamma(1, 0.6, 300)
    yield "three hundred rows", x, x * random.uniform(0.7, 1.4, 300)
    x = random.integers(0, 5, 80)
    yield "whole numbers with ties and zero differences", x, random.integers(0, 5, 80)
    x = random.integers(1, 4, 20)
    yield "few rows with ties", x, random.integers(1, 6, 20)
    x = random.standard_t(2, 120)
    yield "heavy tails", x, x + 0.4 + random.standard_t(2, 120)


def case(name, x, y):
    # Multiples of a power of two, so that differences are exact and ties are ties everywhere.
    x, y = (np.round(np.asarray(v, float) * 65536) / 65536 for v in (x, y))
    difference = x - y
    t = stats.ttest_rel(x, y)
    nonzero = difference[difference != 0]
    ties = len(set(np.abs(nonzero))) < len(nonzero)
    wilcoxon = stats.wilcoxon(
        difference,
        zero_method="wilcox",
        correction=True,
        method="asymptotic" if ties or len(nonzero) > 50 else "exact",
    )
    ranks = stats.rankdata(np.abs(nonzero))
    plus, minus = ranks[nonzero > 0].sum(), ranks[nonzero < 0].sum()
    interval = stats.bootstrap(
        (x,), np.mean, n_resamples=20000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    return {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "t": t.statistic,
        "tP": t.pvalue,
        "cohenDz": difference.mean() / difference.std(ddof=1),
        "wPlus": plus,
        "wilcoxonP": wilcoxon.pvalue,
        "rankBiserial": (plus - minus) / (plus + minus),
        "spearman": stats.spearmanr(x, y).statistic,
        "pearson": stats.pearsonr(x, y).statistic,
        "sampleSd": x.std(ddof=1),
        "populationSd": x.std(),
        "bootstrapMean": [interval.low, interval.high],
        "bootstrapWidth": 4 * x.std() / np.sqrt(len(x)),
    }


def main():
    fixture = {
        "made": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "cases": [case(*columns_) for columns_ in columns()],
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(fixture, indent=1) + "\n")


if __name__ == "__main__":
    main()
