#!/usr/bin/env python3
"""The plain baseline: per label, a logistic regression over 1-3-grams, fitted on `fit`.

  baseline.py [--data DIR] [--rows DIR] [--out DIR] [--labels ID ...] [--quick]

Prints and writes BASELINE.md (F1 and average precision on `test`, the learning curve, the transfer to other people's rows) and
curve.svg. Settings and thresholds are chosen on `tune`; `test` is only scored. `unsure` labels are left out, of fitting and scoring.
--rows names a folder of human-labelled rows (`*.jsonl.gz` of {"labels","role","context","text"}); none of them is fitted on.
"""
import argparse, glob, gzip, json, os, re
import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = (0.0625, 0.125, 0.25, 0.5, 1.0)
# Tasks of human-labelled rows, and the labels whose highest margin over their own thresholds is the score.
TASKS = {
    'epitome_er': ['empathize.emotion_named', 'empathize.compassion', 'acknowledge.validation'],
    'epitome_ex': ['question.open', 'question.closed'],
    'annomi_reflection': ['listen.reflection'],
    'annomi_question': ['question.open', 'question.closed'],
    'annomi_open_question': ['question.open'],
    'annomi_options_any': ['personalize.option'],
    'esconv_empathic': ['listen.reflection', 'empathize.emotion_named', 'empathize.compassion', 'acknowledge.validation', 'acknowledge.affirmation'],
    'esconv_suggest': ['personalize.option'],
    'esconv_question': ['question.open', 'question.closed'],
    'edintent_sympathy': ['empathize.compassion', 'empathize.emotion_named'],
    'edintent_suggest': ['personalize.option'],
    'edintent_acknowledge': ['acknowledge.validation', 'acknowledge.affirmation', 'empathize.emotion_named'],
    'edintent_question': ['question.open', 'question.closed'],
    'swda_question': ['question.open', 'question.closed'],
    'swda_open_question': ['question.open'],
    'swda_backchannel': ['listen.backchannel'],
    'ed_anger': ['anger.word', 'anger.event'],
    'ed_negative': ['anger.word', 'anger.event', 'hardship', 'distress.fear', 'distress.overwhelm', 'distress.sadness', 'distress.shame'],
    'meld_anger': ['anger.word', 'anger.event'],
    'uss_dissat': ['anger.word', 'anger.event', 'anger.escalation'],
}


def read(folder):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl'))):
        rows += [json.loads(line) for line in open(path, encoding='utf-8')]
    return rows


def labels():
    """The labels and their role, as the corpus crate lists them."""
    text = open(os.path.join(HERE, '..', 'src', 'label.rs'), encoding='utf-8').read()
    found = []
    for kind, id, role in re.findall(r'^    (cue|dont)\("([^"]+)"(?:, Role::(\w+))?\),', text, re.M):
        found.append((id, 'cues' if kind == 'cue' else 'rules', (role or 'Agent').lower()))
    return found


class Features:
    """TF-IDF of the judged turn's 1-3-grams and, kept apart and at half weight, of the single words of the turn before it."""

    def __init__(self, texts):
        token = r"[\w']+|[?!]"
        self.turn = TfidfVectorizer(ngram_range=(1, 3), min_df=2, binary=True, token_pattern=token)
        self.before = TfidfVectorizer(min_df=3, binary=True, token_pattern=token)
        self.turn.fit([turn for turn, _ in texts])
        self.before.fit([before for _, before in texts])
        self.fitted = self.of(texts)

    def of(self, texts):
        return hstack([self.turn.transform([turn for turn, _ in texts]), 0.5 * self.before.transform([before for _, before in texts])]).tocsr()


def text_of(row):
    turns, i = row['turns'], row['turn']
    return clean(turns[i]['text']), clean(turns[i - 1]['text']) if i else ''


def clean(text):
    return re.sub(r"[^\w' ?!]+", ' ', text.replace('\u2019', "'")).lower()


def values(rows, where, id):
    given = {'present': 1, 'absent': 0, 'unsure': -1}
    return np.array([given[row[where].get(id, 'absent')] for row in rows])


def f1(y, s, threshold):
    p = s >= threshold
    hit = float((y * p).sum())
    return 2 * hit / (2 * hit + ((1 - y) * p).sum() + (y * ~p).sum()) if hit else 0.0


def best_threshold(y, s):
    return max(np.unique(np.round(s, 3)), key=lambda t: f1(y, s, t))


def fit(x, y):
    return LogisticRegression(C=20.0, solver='liblinear', random_state=0).fit(x, y)


class Judge:
    """One label's model with its threshold."""

    def __init__(self, x, y, tune_x, tune_y):
        self.model = fit(x, y)
        self.threshold = best_threshold(tune_y, self.score(tune_x)) if tune_y.any() else 0.0

    def score(self, x):
        return self.model.decision_function(x)

    def margin(self, x):
        return self.score(x) - self.threshold


def of_role(rows, role):
    return [row for row in rows if row['turns'][row['turn']]['role'] == role]


def known(y):
    return np.flatnonzero(y >= 0)


def evaluate(data, wanted, sizes):
    """Per label: rows, F1 and average precision on `test` for every size of `fit`; and the judges at full size."""
    results, judges, features = {}, {}, {}
    for role in ('agent', 'customer'):
        fit_rows, tune_rows, test_rows = (of_role(data[split], role) for split in ('fit', 'tune', 'test'))
        order = np.random.default_rng(7).permutation(len(fit_rows))
        for size in sizes:
            some = [fit_rows[i] for i in order[:int(round(size * len(order)))]]
            if len(some) < 50:
                continue
            grams = Features([text_of(row) for row in some])
            tune_x, test_x = grams.of([text_of(row) for row in tune_rows]), grams.of([text_of(row) for row in test_rows])
            for id, where, _ in (label for label in labels() if label[2] == role and label[0] in wanted):
                y, tune_y, test_y = (values(rows, where, id) for rows in (some, tune_rows, test_rows))
                i, j, k = known(y), known(tune_y), known(test_y)
                if y[i].sum() < 2:
                    continue
                judge = Judge(grams.fitted[i], y[i], tune_x[j], tune_y[j])
                s = judge.score(test_x[k])
                results.setdefault(id, {})[size] = {
                    'fitted': int(y[i].sum()), 'test': int(test_y[k].sum()), 'f1': f1(test_y[k], s, judge.threshold),
                    'ap': float(average_precision_score(test_y[k], s)), 'by': by_style(test_rows, k, test_y[k], s, judge.threshold)}
                if size == 1.0:
                    judges[id] = judge
            features[role] = grams
    return results, judges, features


def by_style(rows, k, y, s, threshold):
    styles = np.array([rows[i]['style'] for i in k])
    return {style: f1(y[styles == style], s[styles == style], threshold) for style in ('clean', 'asr', 'chat')}


def transfer(folder, judges, features, results):
    """Each task's F1 (threshold that is best on those rows), average precision and AUC, with no such row fitted on."""
    tasks = {}
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl.gz'))):
        for line in gzip.open(path, 'rt', encoding='utf-8'):
            row = json.loads(line)
            if 'context' in row:
                for task in row['labels']:
                    tasks.setdefault(task, []).append(row)
    out = {}
    for task, rows in sorted(tasks.items()):
        ids = [id for id in TASKS.get(task, []) if id in judges]
        if not ids:
            continue
        y = np.array([float(row['labels'][task]) for row in rows])
        texts = [(clean(row['text']), clean(row['context'][-1]['text']) if row['context'] else '') for row in rows]
        role = next(label[2] for label in labels() if label[0] == ids[0])
        x = features[role].of(texts)
        s = np.max([judges[id].margin(x) for id in ids], axis=0)
        out[task] = {'n': len(y), 'f1': f1(y, s, best_threshold(y, s)), 'ap': float(average_precision_score(y, s)),
                     'auc': float(roc_auc_score(y, s)), 'ids': ids}
    return out


def references(folder):
    for path in (os.path.join(folder, 'baselines.json'), os.path.join(folder, '..', 'baselines.json')):
        if os.path.exists(path):
            return json.load(open(path))
    return {}


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float('nan')


def page(data, results, moved, refs):
    sizes = sorted({size for by in results.values() for size in by})
    full = {id: by[1.0] for id, by in results.items() if 1.0 in by}
    kinds = {id: ('dont' if where == 'rules' else role) for id, where, role in labels()}
    lines = [
        '# The plain baseline', '',
        'Made by `cargo xtask corpus --baseline` (with `--rows DIR` for the last table); the method is in `baseline/baseline.py`:',
        'per label, logistic regression (L2) over TF-IDF of the 1-3-grams of the judged turn and of the single words of the turn before it,',
        'in lower case, of punctuation only ? and !, fitted on `fit`; settings and threshold chosen on `tune`; scored on `test`, `unsure` left',
        'out. The test writers wrote nothing else, and most rows of a label are near-misses and other labels, not ordinary traffic.',
        '', f"Rows: {', '.join(f'{split} {len(rows)}' for split, rows in data.items())}.", '',
        f"**Mean over {len(full)} labels: F1 {mean(r['f1'] for r in full.values()):.2f}, average precision {mean(r['ap'] for r in full.values()):.2f}.** "
        + ' '.join(f"{name} {mean(r['f1'] for id, r in full.items() if kinds[id] == kind):.2f};" for name, kind in
                   (('Agent cues', 'agent'), ("don'ts", 'dont'), ("customer's cues", 'customer')))[:-1] + ' (F1). By style: '
        + ', '.join(f"{style} {mean(r['by'][style] for r in full.values()):.2f}" for style in ('clean', 'asr', 'chat')) + '.', '',
        '| label | positives in fit | in test | F1 | average precision |', '| --- | --- | --- | --- | --- |']
    lines += [f"| `{id}` | {r['fitted']} | {r['test']} | {r['f1']:.2f} | {r['ap']:.2f} |" for id, r in full.items()]
    lines += ['', '## Learning curve', '', 'The same with a random part of the rows of `fit` (one order, so that each part holds the smaller ones).', '',
              '| part of fit | mean positives a label | mean F1 | mean average precision |', '| --- | --- | --- | --- |']
    for size in sizes:
        of = [by[size] for by in results.values() if size in by]
        lines.append(f"| 1/{round(1 / size)} | {mean(r['fitted'] for r in of):.0f} | {mean(r['f1'] for r in of):.3f} | {mean(r['ap'] for r in of):.3f} |")
    lines += ['', '![The learning curve](curve.svg)', '']
    if moved:
        lines += ['## Other people, other places', '',
                  'The same models on rows of published corpora that people labelled. Not one of those rows was fitted on, and none is in this',
                  'repository. The threshold of F1 is the best on these rows (as in the reference figures, whose threshold is from the same half);',
                  'AUC needs none. *Untrained*: about 45 hand-written patterns, the "?" rule or a question grammar. *Trained*: TF-IDF 1-3-grams and',
                  'logistic regression fitted on thousands of rows of the same corpus. Both were measured on the other half of the rows.', '',
                  '| task | rows | F1 | untrained | trained | average precision | AUC | labels |', '| --- | --- | --- | --- | --- | --- | --- | --- |']
        for task, r in moved.items():
            ref = refs.get(task, {})
            show = lambda name: f"{ref[name]:.2f}" if ref.get(name) is not None else '-'
            lines.append(f"| {task} | {r['n']} | {r['f1']:.2f} | {show('regex')} | {show('trained')} | {r['ap']:.2f} | {r['auc']:.2f} | {', '.join(r['ids'])} |")
        both = [(task, r) for task, r in moved.items() if refs.get(task, {}).get('regex') is not None]
        at = [task for task, r in both if r['f1'] >= refs[task]['regex'] - 0.005]
        lines += ['', f"At or above the untrained figure: {len(at)} of {len(both)}" + (f"; below it: {', '.join(t for t, _ in both if t not in at)}." if len(at) < len(both) else '.'), '']
    return '\n'.join(lines).rstrip() + '\n'


def plot(results, path):
    import matplotlib
    matplotlib.use('svg')
    matplotlib.rcParams['svg.hashsalt'] = 'leapscore'
    import matplotlib.pyplot as plt
    kinds = {id: ("don'ts" if where == 'rules' else f"{role}'s cues") for id, where, role in labels()}
    figure, axes = plt.subplots(figsize=(7, 4.2))
    for kind in ("agent's cues", "don'ts", "customer's cues"):
        of = [by for id, by in results.items() if kinds[id] == kind]
        sizes = sorted({size for by in of for size in by})
        axes.plot([mean(by[s]['fitted'] for by in of if s in by) for s in sizes], [mean(by[s]['f1'] for by in of if s in by) for s in sizes], marker='o', label=kind)
    axes.set_xscale('log', base=2)
    axes.xaxis.set_major_formatter(matplotlib.ticker.ScalarFormatter())
    axes.set_xlabel('mean positives a label in fit (log scale)')
    axes.set_ylabel('mean F1 on test')
    axes.set_ylim(0, 1)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={'Date': None, 'Creator': None})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', default=os.path.join(HERE, '..', 'data'))
    parser.add_argument('--rows', help='a folder of human-labelled rows')
    parser.add_argument('--out', default=os.path.join(HERE))
    parser.add_argument('--labels', nargs='*', help='only these')
    parser.add_argument('--quick', action='store_true', help='no learning curve, write nothing')
    options = parser.parse_args()
    data = {split: read(os.path.join(options.data, split)) for split in ('fit', 'tune', 'test')}
    wanted = set(options.labels or [id for id, _, _ in labels()])
    unknown = wanted - {id for id, _, _ in labels()}
    if unknown:
        parser.error('unknown label: ' + ', '.join(sorted(unknown)))
    results, judges, features = evaluate(data, wanted, (1.0,) if options.quick else SIZES)
    moved, refs = {}, {}
    if options.rows:
        moved, refs = transfer(options.rows, judges, features, results), references(options.rows)
        if not moved:
            parser.error(f'no labelled rows in {options.rows}')
    text = page(data, results, moved, refs)
    print(text)
    if not options.rows:
        print('No --rows given: the models were not tried on human-labelled rows.')
    if not options.quick:
        open(os.path.join(options.out, 'BASELINE.md'), 'w', encoding='utf-8').write(text)
        plot(results, os.path.join(options.out, 'curve.svg'))


if __name__ == '__main__':
    main()
