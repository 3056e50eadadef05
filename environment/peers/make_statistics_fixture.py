"""Writes lib/src/test/resources/fixtures/statistics.json: what SciPy says about small columns.

The kit's statistics tests compare with these numbers. Run it with SciPy 1.14.1 and NumPy 2.0.2:

    python environment/peers/make_statistics_fixture.py
"""

import json
import pathlib

import numpy
import scipy
from scipy import stats

TARGET = pathlib.Path(__file__).parents[2] / "lib/src/test/resources/fixtures/statistics.json"


def case(name, x, y, method):
    t = stats.ttest_rel(x, y)
    options = {"zero_method": "wilcox", "correction": method == "approx", "method": method}
    two_sided = stats.wilcoxon(x, y, **options)
    positive = stats.wilcoxon(x, y, alternative="greater", **options)
    difference = x - y
    return {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "t": float(t.statistic),
        "tP": float(t.pvalue),
        "cohenDz": float(difference.mean() / difference.std(ddof=1)),
        "wilcoxon": float(positive.statistic),
        "wilcoxonP": float(two_sided.pvalue),
        "spearman": float(stats.spearmanr(x, y).statistic),
        "pearson": float(stats.pearsonr(x, y).statistic),
    }


def main():
    random = numpy.random.default_rng(7)
    small = random.normal(size=(2, 12)).round(6)
    large = numpy.abs(random.normal(size=(2, 120))).round(6)
    large[0] *= 0.8
    ties = random.integers(0, 4, size=(2, 80)).astype(float)  # many ties and zero differences
    document = {
        "scipy": scipy.__version__,
        "cases": [
            case("small", small[0], small[1], "exact"),
            case("large", large[0], large[1], "approx"),
            case("ties", ties[0], ties[1], "approx"),
        ],
    }
    TARGET.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
