#!/usr/bin/env python3
"""Agreement of reports with labels: what `cargo xtask validity` calls.

  validity.py prepare WORK --own DIR [--rows DIR] [--calls DIR]    writes the calls to score, plain and stripped of case and punctuation
  validity.py table   WORK --own DIR [--rows DIR] [--calls DIR] [--page FILE --curve SHARE ...]    reads the reports, prints the tables

A row becomes a call of its context and the labelled turn, which comes last; its score is read off the cues in that turn. F1 of the
human-labelled rows uses the threshold that is best on them; AP and AUC need none.
"""
import argparse, collections, glob, gzip, json, os, re
import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score, cohen_kappa_score, roc_auc_score

PILLARS = ['listen', 'empathize', 'acknowledge', 'personalize']
CHECKPOINTS = ['paused_to_listen', 'acknowledged_emotions', 'reframed', 'offered_choice']
ASKED = {'question.open': 1, 'question.closed': 1}
OPEN = {'question.open': 1, 'question.closed': -1}
ANGER = {'anger.*': 1, 'distress.*': .1}
# What a cue in the labelled turn counts for a task.
TASKS = {
    'epitome_er': {'empathize.emotion_named': 1, 'empathize.compassion': 1, 'empathize.stock_phrase': .8, 'acknowledge.validation': .8, 'acknowledge.affirmation': .6, 'apology': .3},
    'epitome_ex': {'question.open': 1, 'question.closed': .8},
    'annomi_reflection': {'listen.reflection': 1, 'empathize.emotion_named': .8, 'acknowledge.validation': .3},
    'annomi_question': ASKED, 'esconv_question': ASKED, 'edintent_question': ASKED, 'swda_question': ASKED,
    'annomi_open_question': OPEN, 'swda_open_question': OPEN,
    'annomi_options_any': {'personalize.option': 1, 'personalize.ownership_question': 1, 'personalize.commitment': .3},
    'esconv_empathic': {'listen.reflection': 1, 'empathize.emotion_named': 1, 'empathize.compassion': 1, 'acknowledge.validation': 1, 'acknowledge.affirmation': 1, 'acknowledge.reframe': .6, 'empathize.stock_phrase': .7},
    'esconv_suggest': {'personalize.option': 1}, 'edintent_suggest': {'personalize.option': 1},
    'edintent_sympathy': {'empathize.compassion': 1, 'empathize.emotion_named': .5, 'empathize.stock_phrase': .7, 'apology': .3},
    'edintent_acknowledge': {'acknowledge.validation': 1, 'acknowledge.affirmation': 1, 'empathize.emotion_named': .7, 'listen.reflection': .7, 'listen.backchannel': .5},
    'swda_backchannel': {'listen.backchannel': 1},
    'ed_anger': ANGER, 'meld_anger': ANGER,
    'ed_negative': {'anger.*': 1, 'distress.*': 1, 'hardship': 1, 'calm.*': -1},
    'uss_dissat': 'tension',
}


def lines(path):
    return [json.loads(line) for line in open(path, encoding='utf-8')]


def packed(folder):
    """Human-labelled rows with a key each."""
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl.gz'))):
        name = os.path.basename(path)[:-len('.jsonl.gz')]
        for n, line in enumerate(gzip.open(path, 'rt', encoding='utf-8')):
            yield {**json.loads(line), 'key': f'{name}#{n}'}


def call_of(row):
    turns = row['turns'] if 'turns' in row else row['context'] + [{'role': row['role'], 'text': row['text']}]
    return {'id': row['key'], 'turns': turns}


def stripped(call):
    """Lower case, letters, digits and apostrophes only."""
    bare = lambda text: re.sub(r'\s+', ' ', re.sub(r"[^\w' ]+", ' ', text.replace('\u2019', "'"))).strip().lower()
    turns = [{k: v for k, v in turn.items() if k != 'words'} for turn in call['turns']]
    return {**call, 'turns': [{**turn, 'text': bare(turn['text']) or 'um'} for turn in turns]}


def prepare(options):
    sets = {'corpus': lines(os.path.join(options.work, 'corpus.jsonl')), 'own': lines(os.path.join(options.own, 'calls.jsonl'))}
    if options.calls:
        sets['calls'] = lines(os.path.join(options.calls, 'calls.jsonl'))
    if options.rows:
        sets['rows'] = [call_of(row) for row in packed(options.rows)]
        if not sets['rows']:
            raise SystemExit(f'{options.rows}: no *.jsonl.gz with rows')
    for name, calls in sets.items():
        for ending, form in (('', lambda call: call), ('.stripped', stripped)):
            with open(os.path.join(options.work, f'{name}{ending}.jsonl'), 'w', encoding='utf-8') as out:
                out.writelines(json.dumps(form(call), ensure_ascii=False) + '\n' for call in calls)


def reports(work, name):
    return {report['call_id']: report for report in lines(os.path.join(work, name + '.reports.jsonl'))}


# --- the corpus's rows

def fires(report, label, turn):
    if any(finding['rule'] == label and finding['turn'] == turn for finding in report['findings']):
        return True
    return any(hit['cue'] == label and any(part['turn'] == turn for part in hit['evidence']) for hit in report['cues'])


def f1(hit, missed, false):
    return 2 * hit / (2 * hit + missed + false) if hit else 0.0


def counts(rows, found):
    """Per label: hits, misses, false alarms; the same per style."""
    table = collections.defaultdict(lambda: [0, 0, 0])
    for row in rows:
        for label, value in row['labels'].items():
            fired = fires(found[row['id']], label, row['turn'])
            for key in (label, (label, row['style'])):
                if value or fired:
                    table[key][0 if value and fired else 1 if value else 2] += 1
    return table


DONTS = ('listen.empathy_rebuttal', 'listen.straight_to_business', 'listen.filler_empathy', 'empathize.dismissive_apology', 'empathize.no_clarifier',
         'acknowledge.dead_end', 'acknowledge.policy_wall', 'acknowledge.blame', 'personalize.call_back', 'personalize.passive_close', 'personalize.ultimatum')


def kind(label):
    if label in DONTS:
        return "don'ts"
    return "customer's cues" if label.startswith(('anger', 'distress', 'calm', 'hardship', 'thanks', 'choice', 'promise')) else "agent's cues"


def mean_f1(table, labels, style=None):
    return float(np.mean([f1(*table[(label, style) if style else label]) for label in labels]))


def corpus_tables(options):
    rows = lines(os.path.join(options.work, 'corpus.labels.jsonl'))
    plain, bare = counts(rows, reports(options.work, 'corpus')), counts(rows, reports(options.work, 'corpus.stripped'))
    labels = sorted({label for row in rows for label in row['labels']})
    out = [f'{len(rows)} rows by writers of whom nothing else is used. F1 is the mean over the labels.', '',
           '| labels | number | F1 | stripped | clean | raw ASR | chat |', '| --- | --- | --- | --- | --- | --- | --- |']
    for name in ("don'ts", "agent's cues", "customer's cues", 'all'):
        some = [label for label in labels if name in ('all', kind(label))]
        cells = [mean_f1(plain, some), mean_f1(bare, some)] + [mean_f1(plain, some, style) for style in ('clean', 'asr', 'chat')]
        out.append(f'| {name} | {len(some)} | ' + ' | '.join(f'{cell:.2f}' for cell in cells) + ' |')
    out += ['', '| label | positives | precision | recall | F1 | stripped |', '| --- | --- | --- | --- | --- | --- |']
    for label in sorted(labels, key=lambda label: (kind(label), label)):
        hit, missed, false = plain[label]
        out.append(f'| `{label}` | {hit + missed} | {hit / max(1, hit + false):.2f} | {hit / max(1, hit + missed):.2f} | {f1(*plain[label]):.2f} | {f1(*bare[label]):.2f} |')
    if options.curve:
        out += ['', 'Learning curve: the judges fitted on a share of the writers, thresholds included, and scored on the same rows.', '',
                '| share of the writers | ' + ' | '.join(options.curve) + ' |', '| --- |' + ' --- |' * len(options.curve)]
        tables = [counts(rows, reports(options.work, f'curve-{share}')) for share in options.curve]
        for name in ("don'ts", "agent's cues", "customer's cues", 'all'):
            some = [label for label in labels if name in ('all', kind(label))]
            out.append(f'| {name} | ' + ' | '.join(f'{mean_f1(table, some):.2f}' for table in tables) + ' |')
    return out


# --- whole calls

def call_numbers(gold, found):
    ids = [id for id in gold if id in found]
    overall = lambda id: 50 if found[id]['overall']['score'] is None else found[id]['overall']['score']
    by = collections.defaultdict(list)
    for id in ids:
        by[gold[id]['scenario']].append(id)
    pairs = [(a, b) for group in by.values() for a in group for b in group if gold[a]['tier'] < gold[b]['tier']]
    order = [1.0 if overall(a) < overall(b) else .5 if overall(a) == overall(b) else 0.0 for a, b in pairs]
    known = lambda id: [v for v in gold[id]['pillars'].values() if v is not None]
    out = {'calls': len(ids), 'tier order within a scenario': np.mean(order),
           'overall, rho': spearmanr([overall(id) for id in ids], [np.mean(known(id)) for id in ids])[0]}
    for pillar in PILLARS:
        both = [(found[id]['pillars'][pillar]['score'], gold[id]['pillars'][pillar]) for id in ids]
        both = [(score, label) for score, label in both if score is not None and label is not None]
        out[f'{pillar}, rho'] = spearmanr(*zip(*both))[0]
        out[f'{pillar}, weighted kappa of the fifth with 0-4'] = cohen_kappa_score([min(4, s // 20) for s, _ in both], [round(l) for _, l in both], weights='quadratic', labels=range(5))
    state = lambda value: {'not_applicable': 'na', 'abstained': 'na', None: 'na'}.get(value, value)
    for name in CHECKPOINTS:
        both = [(state(found[id]['checkpoints'][name]['state']), state(gold[id]['checkpoints'].get(name))) for id in ids]
        out[f'{name}, kappa'] = cohen_kappa_score(*zip(*both))
    hit = missed = false = 0
    for id in ids:
        wanted = {(f['rule'], f['turn']) for f in gold[id]['findings']}
        got = {(f['rule'], f['turn']) for f in found[id]['findings'] if f['kind'] == 'dont'}
        hit, missed, false = hit + len(wanted & got), missed + len(wanted - got), false + len(got - wanted)
    out["don'ts, F1 over rule and turn"] = f1(hit, missed, false)
    out["don'ts, precision"] = hit / max(1, hit + false)
    spikes = [(set(gold[id]['spikes']), {s['turn'] for s in found[id]['tension']['spikes']}) for id in ids]
    out['tension spikes, F1'] = f1(sum(len(g & p) for g, p in spikes), sum(len(g - p) for g, p in spikes), sum(len(p - g) for g, p in spikes))
    return out


def call_table(columns):
    out = ['| | ' + ' | '.join(name for name, _ in columns) + ' |', '| --- |' + ' --- |' * len(columns)]
    for key in columns[0][1]:
        show = (lambda v: str(v)) if key == 'calls' else (lambda v: f'{v:.2f}')
        out.append(f'| {key} | ' + ' | '.join(show(numbers[key]) for _, numbers in columns) + ' |')
    return out


def calls_tables(options):
    columns = []
    for name, folder in (('calls', options.calls), ('own', options.own)):
        if folder:
            gold = {label['id']: label for label in lines(os.path.join(folder, 'labels.jsonl'))}
            title = {'calls': 'further calls', 'own': "the corpus's calls"}[name]
            columns += [(title, call_numbers(gold, reports(options.work, name))), (title + ', stripped', call_numbers(gold, reports(options.work, name + '.stripped')))]
    return call_table(columns)


# --- human-labelled rows

def weight(task, cue):
    return task.get(cue, task.get(cue.split('.')[0] + '.*', 0))


def score(task, row, report):
    if task == 'annomi_quality':
        return -(50 if report['overall']['score'] is None else report['overall']['score'])
    if task == 'uss_call_dissat':
        return max([turn['level'] for turn in report['tension']['turns']] or [0])
    last = len(row['context'])
    if TASKS[task] == 'tension':
        return next((turn['level'] for turn in report['tension']['turns'] if turn['turn'] == last), 0)
    hits = [(weight(TASKS[task], hit['cue']), hit['span']) for hit in report['cues'] if hit['turn'] == last]
    if task == 'swda_backchannel':
        # A backchannel is nearly the whole turn.
        hits = [(w, span) for w, span in hits if span['end'] - span['start'] >= .6 * len(row['text'].strip())]
    return sum(w for w, _ in hits)


def best_f1(y, s):
    return max(f1(int((y & (s >= t)).sum()), int((y & (s < t)).sum()), int((~y & (s >= t)).sum())) for t in np.unique(s)[:400])


def row_tables(options):
    rows = list(packed(options.rows))
    refs = {}
    for folder in (options.rows, os.path.dirname(os.path.abspath(options.rows))):
        if os.path.exists(os.path.join(folder, 'baselines.json')):
            refs = {k: v for k, v in json.load(open(os.path.join(folder, 'baselines.json'))).items() if isinstance(v, dict)}
    values = {}
    for form in ('rows', 'rows.stripped'):
        found = reports(options.work, form)
        for row in rows:
            for task, label in row['labels'].items():
                if task in TASKS or task in ('annomi_quality', 'uss_call_dissat'):
                    values.setdefault(task, {}).setdefault(form, []).append((label > 0, score(task, row, found[row['key']])))
    out = ['| task | rows | F1 | stripped | untrained | trained | average precision | AUC |', '| --- | --- | --- | --- | --- | --- | --- | --- |']
    at = [0, 0, 0]
    for task, forms in sorted(values.items()):
        y, s = (np.array(part) for part in zip(*forms['rows']))
        _, bare = (np.array(part) for part in zip(*forms['rows.stripped']))
        plain, strip, ref = best_f1(y, s), best_f1(y, bare), refs.get(task, {})
        show = lambda name: f'{ref[name]:.2f}' if ref.get(name) is not None else '-'
        out.append(f'| {task} | {len(y)} | {plain:.2f} | {strip:.2f} | {show("regex")} | {show("trained")} | {average_precision_score(y, s):.2f} | {roc_auc_score(y, s):.2f} |')
        at[0] += ref.get('trained') is not None
        at[1] += ref.get('trained') is not None and plain >= ref['trained'] - .005
        at[2] += ref.get('regex') is not None and plain < ref['regex'] - .005
    if refs:
        out += ['', f'At or above the trained figure: {at[1]} of {at[0]}; below the untrained one: {at[2]}.']
    return out


def table(options):
    parts = [('Fresh wordings', corpus_tables(options)), ('Whole calls', calls_tables(options))]
    if options.rows:
        parts.append(('Human-labelled rows', row_tables(options)))
    text = '\n\n'.join(f'### {title}\n\n' + '\n'.join(body) for title, body in parts) + '\n'
    print(text)
    if options.page:
        begin, end = '<!-- tables: made by `cargo xtask validity` -->\n', '<!-- end of the tables -->\n'
        page = open(options.page, encoding='utf-8').read()
        head, tail = page.split(begin)[0], page.split(end)[1]
        open(options.page, 'w', encoding='utf-8').write(f'{head}{begin}\n{text}\n{end}{tail}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('task', choices=['prepare', 'table'])
    parser.add_argument('work')
    parser.add_argument('--own', required=True)
    parser.add_argument('--rows')
    parser.add_argument('--calls')
    parser.add_argument('--page')
    parser.add_argument('--curve', nargs='*', default=[])
    options = parser.parse_args()
    (prepare if options.task == 'prepare' else table)(options)


if __name__ == '__main__':
    main()
