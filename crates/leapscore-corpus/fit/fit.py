#!/usr/bin/env python3
"""Fits the judges: per cue, a logistic regression (L2, liblinear) over what the library's judges read.

  fit.py ROWS.jsonl OUT [--folds N] [--keep N]

ROWS.jsonl is written by `cargo xtask fit`: a line a labelled turn, {"id","writer","split","role","labels","features"}. Every cue is
fitted on all features, cut down to those that carry most (`--keep`), fitted again, and rounded to integers: STEPS to one unit of
log-odds. The threshold is the one of the best F1 on rows of writers whom the fit did not see (folds by writer). OUT gets
a table a cue, and the numbers of the folds are printed. Deterministic: the same rows give the same tables.
"""
import argparse, collections, json, os, warnings
import numpy as np
from scipy.sparse import csr_matrix
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

STEPS = 32
# Inverse strength of the regularisation, least rows a feature is met in, weight of a row that is an example of the rulebook: chosen by the folds.
STRENGTH, LEAST, EXAMPLE = 0.4, 3, 3.0
# In whole calls don'ts are as rare as they are in life: how much more their floors count when the threshold is chosen.
NATURAL = 3.0
# And how much more an absent row counts then, for a cue and for a don't: rows are written for their labels, calls are not.
RARER = (1.5, 2.0)
# Weight of a row's copy without case and punctuation.
BARE = 0.5
# A present row counts more where they are rare, at most so much.
MOST = 4.0


def read(path):
    rows = collections.defaultdict(list)
    for line in open(path, encoding='utf-8'):
        row = json.loads(line)
        rows[row['role']].append(row)
    return rows


def some(rows, share):
    """The rows of a share of the writers, spread over their order."""
    writers = sorted({row['writer'] for row in rows if row['split'] in ('fit', 'tune')})
    kept = {writer for i, writer in enumerate(writers) if int((i + 1) * share) > int(i * share)}
    return [row for row in rows if share == 1 or row['writer'] in kept or row['split'] == 'examples']


def matrix(rows):
    """Counts of the features met in enough rows, and their names."""
    met = collections.Counter(f for row in rows for f in set(row['features']))
    names = sorted(f for f, n in met.items() if n >= LEAST or f[0] == '@')
    index = {name: i for i, name in enumerate(names)}
    cells = [(i, index[f]) for i, row in enumerate(rows) for f in row['features'] if f in index]
    at = np.array(cells).T
    x = csr_matrix((np.ones(len(cells)), (at[0], at[1])), shape=(len(rows), len(names)))
    x.sum_duplicates()
    return x, names


def regression(x, y, weight):
    rare = min(MOST, max(1.0, (y == 0).sum() / max(1, y.sum()) / 3))
    model = LogisticRegression(C=STRENGTH, solver='liblinear', random_state=1, max_iter=300, class_weight={0: 1.0, 1: rare})
    model.fit(x, y, sample_weight=weight)
    return model.coef_[0], model.intercept_[0]


def fit(x, y, weight, keep):
    """Integer weights of the features kept, and the integer intercept."""
    coefficients, _ = regression(x, y, weight)
    carries = np.abs(coefficients) * np.sqrt(np.asarray(x.sum(0))[0])
    kept = np.sort(np.argsort(-carries, kind='stable')[:keep])
    coefficients, intercept = regression(x[:, kept], y, weight)
    whole = np.clip(np.rint(coefficients * STEPS), -127, 127).astype(int)
    some = whole != 0
    return kept[some], whole[some], int(round(intercept * STEPS))


def best(y, sums, weight):
    """The threshold of the best F1, and that F1."""
    order = np.argsort(-sums, kind='stable')
    y, sums, weight = y[order], sums[order], weight[order]
    hits = (y * weight).cumsum()
    f1 = 2 * hits / (weight.cumsum() + hits[-1])
    last = np.append(sums[1:] != sums[:-1], True)
    at = int(np.argmax(np.where(last, f1, 0)))
    return int(sums[at]), float(f1[at])


def judge(cue, rows, x, names, folds, keep):
    known = np.array([i for i, row in enumerate(rows) if cue in row['labels']])
    y = np.array([rows[i]['labels'][cue] for i in known])
    weight = np.array([EXAMPLE if rows[i]['split'] == 'examples' else BARE if rows[i]['split'] == 'bare' else 1.0 for i in known])
    calls = np.array([rows[i]['split'] == 'calls' for i in known])
    natural = np.where(calls, NATURAL, 1.0) * np.where(y == 0, RARER[bool(calls.any())], 1.0)
    writers = sorted({rows[i]['writer'] for i in known} - {'examples'})
    fold = np.array([writers.index(rows[i]['writer']) % folds if rows[i]['writer'] in writers else -1 for i in known])
    x = x[known]
    sums = np.zeros(len(y), int)
    for k in range(folds):
        kept, weights, intercept = fit(x[fold != k], y[fold != k], weight[fold != k], keep)
        sums[fold == k] = x[fold == k][:, kept] @ weights + intercept
    asked = (fold >= 0) & np.array([rows[i]['split'] != 'bare' for i in known])
    threshold, _ = best(y[asked], sums[asked], natural[asked])
    asked &= ~calls
    f1 = best(y[asked], sums[asked], np.ones(len(y))[asked])[1]
    kept, weights, intercept = fit(x, y, weight, keep)
    table = sorted(zip(weights.tolist(), (names[i] for i in kept)), key=lambda line: (-abs(line[0]), line[1]))
    return cue, int(y[asked].sum()), average_precision_score(y[asked], sums[asked]), f1, threshold - intercept, table


def write(folder, cue, threshold, table):
    lines = ''.join(f'{weight:4} {feature}\n' for weight, feature in table)
    head = '# Fitted by `cargo xtask fit`; weights in 1/%d of a unit of log-odds. Do not edit: fit again, or overlay.\n' % STEPS
    with open(os.path.join(folder, cue + '.toml'), 'w', encoding='utf-8') as out:
        out.write(f"{head}[[judge]]\ncue = \"{cue}\"\nthreshold = {threshold}\ntable = '''\n{lines}'''\n")


def main():
    warnings.filterwarnings('ignore', category=FutureWarning)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('rows')
    parser.add_argument('out')
    parser.add_argument('--folds', type=int, default=4)
    parser.add_argument('--keep', type=int, default=2500, help='most features a cue')
    parser.add_argument('--cues', nargs='*')
    parser.add_argument('--share', type=float, default=1, help='fit on this share of the writers only')
    options = parser.parse_args()
    print('| cue | positives | average precision | F1 | features |\n| --- | --- | --- | --- | --- |')
    mean = []
    for role, rows in sorted(read(options.rows).items()):
        rows = some(rows, options.share)
        x, names = matrix(rows)
        counts = collections.Counter(cue for row in rows if row['split'] not in ('examples', 'bare') for cue, value in row['labels'].items() if value)
        cues = sorted(cue for cue in counts if not options.cues or cue in options.cues)
        jobs = (delayed(judge)(cue, rows, x, names, options.folds, options.keep) for cue in cues)
        for cue, positives, precision, f1, threshold, table in Parallel(n_jobs=-1, return_as='generator')(jobs):
            write(options.out, cue, threshold, table)
            mean.append((precision, f1))
            print(f'| `{cue}` | {positives} | {precision:.2f} | {f1:.2f} | {len(table)} |', flush=True)
    print('\nMean over the cues, on writers not fitted on: average precision %.3f, F1 %.3f.' % tuple(np.mean(mean, 0)))


if __name__ == '__main__':
    main()
