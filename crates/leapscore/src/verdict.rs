//! From the machine to the report: everything that needs the whole call.

mod pacing;
mod tension;

use crate::call::{CallInfo, Role};
use crate::dialogue::{Episode, Floor, Machine, Tempo, episodes, repeats, runs, verbatim};
use crate::evidence::{Evidence, Part, Texts, join};
use crate::finding::{Finding, Scene};
use crate::report::*;
use crate::rulebook::{Detect, Kind, Model, Rulebook};
use crate::scorecard::{self, Line, PillarCase};
use crate::tension::curve;
use crate::unit::{ByteSpan, Pillar};
use crate::{coach, rulebook};

/// Share of the agent's and customer's words that the rulebook must know, per mille, and from how many words on it is asked.
const KNOWN_PERMILLE: usize = 300;
const KNOWN_FROM_WORDS: usize = 20;
/// Customer floors at the end of a call that tell its outcome.
const OUTCOME_FLOORS: usize = 3;

struct Draft<'a> {
    model: &'a Model,
    machine: &'a Machine,
    texts: &'a dyn Texts,
}

pub(crate) fn verdict(rulebook: &Rulebook, info: &CallInfo, texts: &dyn Texts, machine: &Machine, complete: bool) -> LeapReport {
    let model = rulebook.model();
    let draft = Draft { model, machine, texts };
    let floors = &machine.floors;
    let tempo = Tempo::of(model, info, machine);
    let repeats = repeats(model, floors);
    let curve = curve(model, floors, &machine.turns, &repeats, &tempo.overlaps);
    let mut episodes = episodes(&model.scorecard, floors, &curve.jumped);
    if !complete {
        forget_unanswered(&mut episodes, floors);
    }
    let runs = runs(model, floors);
    let scripts: Vec<_> = info.scripts.iter().map(|script| fold(model, script)).collect();
    let verbatim = verbatim(floors, &scripts, model.timing.verbatim_words);
    let scene = Scene {
        model,
        floors,
        turns: &machine.turns,
        episodes: &episodes,
        runs: &runs,
        tempo: &tempo,
        verbatim: &verbatim,
        repeats: &repeats,
        complete,
    };
    let findings = scene.findings();
    let sufficient = scorecard::both_spoke(floors) && draft.speaks_the_language();
    let cases = if sufficient { scorecard::cases(&scene, &findings) } else { Default::default() };
    let scored = [0, 1, 2, 3].map(|pillar: usize| scorecard::score(&model.rules, &cases[pillar]));
    let scores = [0, 1, 2, 3].map(|pillar: usize| scored[pillar].as_ref().map(|(score, _)| *score));
    let overall = scorecard::overall(model.scorecard.weights, scores);
    let no_score = if sufficient { NoScore::NoOpportunity } else { NoScore::InsufficientEvidence };
    let [listen, empathize, acknowledge, personalize] = model.scorecard.weights;
    let pillars = Pillar::ALL.map(|pillar| draft.pillar(&cases[pillar.index()], &scored[pillar.index()], no_score));
    let [p_listen, p_empathize, p_acknowledge, p_personalize] = pillars;
    LeapReport {
        schema_version: 1,
        span_unit: "utf8".into(),
        call_id: info.id.clone(),
        agent_id: info.agent_id.clone(),
        started_at: info.started_at.clone(),
        language: info.language.clone(),
        meta: info.meta.clone(),
        complete,
        truncated: false,
        rulebook: RulebookRef {
            id: rulebook.id().into(),
            version: rulebook.version().into(),
            fingerprint: rulebook.fingerprint().into(),
        },
        overall: Overall {
            score: overall,
            reason: overall.is_none().then_some(no_score),
            weights: Weights { listen, empathize, acknowledge, personalize },
        },
        pillars: Pillars { listen: p_listen, empathize: p_empathize, acknowledge: p_acknowledge, personalize: p_personalize },
        checkpoints: draft.checkpoints(&scene, &findings, &cases, sufficient),
        cues: draft.cues(),
        moves: runs
            .iter()
            .map(|run| MoveReport {
                id: model.moves[run.entry].id.clone(),
                outcome: match run.completed {
                    true => MoveOutcome::Completed,
                    false if !complete && run.open => MoveOutcome::Pending,
                    false => MoveOutcome::Broken,
                },
                steps: run.steps.iter().map(|(floor, hit)| draft.step(*floor, *hit)).collect(),
            })
            .collect(),
        findings: findings.iter().map(|finding| draft.finding(finding)).collect(),
        pacing: draft.pacing(&scene, &cases),
        tension: draft.tension(&curve, &findings),
        outcome: draft.outcome(),
        coaching: coach::steps(model, floors, &cases, scores).iter().map(|step| draft.coaching(step)).collect(),
        warnings: draft.warnings(info, &tempo),
    }
}

fn fold(model: &Model, text: &str) -> Vec<crate::text::Token> {
    let mut tokens = Vec::new();
    crate::text::fold_turn(&model.vocabulary, 0, text, &mut tokens);
    tokens
}

/// What the customer said last is not yet an opportunity: the agent has not had the word.
fn forget_unanswered(episodes: &mut Vec<Episode>, floors: &[Floor]) {
    let answered = |floor: usize| floors[floor..].iter().any(|other| other.role == Role::Agent);
    for episode in episodes.iter_mut() {
        episode.difficult.retain(|floor| answered(*floor));
        episode.disclosure = episode.disclosure.filter(|floor| answered(*floor));
    }
    episodes.retain(|episode| !episode.difficult.is_empty());
}

impl Draft<'_> {
    fn quote(&self, parts: &[Part]) -> Vec<Evidence> {
        parts.iter().map(|part| part.quote(self.texts.text(part.turn))).collect()
    }

    fn speaks_the_language(&self) -> bool {
        let tokens = || self.machine.floors.iter().flat_map(|floor| &floor.tokens);
        let known = tokens().filter(|token| token.id != 0).count();
        let all = tokens().count();
        all < KNOWN_FROM_WORDS || known * 1000 >= all * KNOWN_PERMILLE
    }

    fn pillar(&self, case: &PillarCase, scored: &scorecard::Scored, no_score: NoScore) -> PillarReport {
        let judgeable =
            case.opportunities.iter().filter(|opportunity| opportunity.dos.iter().any(|done| done.credit.is_some())).count();
        match scored {
            None => PillarReport { score: None, reason: Some(no_score), opportunities: 0, ledger: Vec::new() },
            Some((score, lines)) => PillarReport {
                score: Some(*score),
                reason: None,
                opportunities: judgeable.max(1) as u32,
                ledger: lines.iter().map(|line| self.line(line)).collect(),
            },
        }
    }

    fn line(&self, line: &Line) -> LedgerLine {
        LedgerLine { reason: line.reason.clone(), points: line.points, evidence: self.quote(&line.parts) }
    }

    fn cues(&self) -> Vec<CueHit> {
        let mut found: Vec<(String, Vec<Part>)> = Vec::new();
        for floor in &self.machine.floors {
            for hit in &floor.hits {
                found.push((self.model.cues[hit.cue as usize].id.clone(), join(floor.hit_parts(hit))));
            }
        }
        let backchannel = self.model.cues.iter().find(|cue| cue.detect == Detect::Backchannel);
        for part in &self.machine.backchannels {
            let agent = self.machine.turns[part.turn as usize].role == Role::Agent;
            found.extend(backchannel.filter(|_| agent).map(|cue| (cue.id.clone(), vec![*part])));
        }
        let mut cues: Vec<CueHit> = found.into_iter().filter_map(|(cue, parts)| self.cue(cue, &parts)).collect();
        cues.sort_by(|a, b| (a.turn, a.span, &a.cue).cmp(&(b.turn, b.span, &b.cue)));
        cues
    }

    /// `turn` is that of the heaviest part, `span` the hull of the evidence inside it.
    fn cue(&self, cue: String, parts: &[Part]) -> Option<CueHit> {
        let heaviest = parts.iter().max_by_key(|part| (part.end - part.start, u32::MAX - part.turn))?;
        let inside = || parts.iter().filter(|part| part.turn == heaviest.turn);
        let span = ByteSpan { start: inside().map(|part| part.start).min()?, end: inside().map(|part| part.end).max()? };
        let text = self.texts.text(heaviest.turn);
        let quote = text.get(span.start as usize..span.end as usize).unwrap_or("").to_string();
        Some(CueHit { cue, turn: heaviest.turn, span, quote, evidence: self.quote(parts) })
    }

    fn step(&self, floor: usize, hit: usize) -> MoveStep {
        let place = &self.machine.floors[floor];
        let hit = &place.hits[hit];
        MoveStep { cue: self.model.cues[hit.cue as usize].id.clone(), evidence: self.quote(&join(place.hit_parts(hit))) }
    }

    fn finding(&self, finding: &Finding) -> FindingReport {
        let rule = &self.model.rules[finding.rule as usize];
        FindingReport {
            rule: rule.id.clone(),
            kind: if rule.kind == Kind::Advice { FindingKind::Advice } else { FindingKind::Dont },
            turn: finding.turn,
            evidence: self.quote(&finding.parts),
            message: rule.summary.clone(),
            instead: rule.instead.clone(),
        }
    }

    fn coaching(&self, step: &coach::Step) -> Coaching {
        let rule = &self.model.rules[step.rule as usize];
        Coaching {
            pillar: step.pillar,
            rule: rule.id.clone(),
            turn: step.turn,
            evidence: self.quote(&step.parts),
            why: rule.why.clone(),
            source: rule.source.clone(),
            to_try: coach::wording(self.model, &self.machine.floors, step),
            pillar_score_if: step.pillar_score_if,
            overall_if: step.overall_if,
        }
    }

    /// A floor searched in vain: every turn of it, whole.
    fn searched(&self, floor: &Floor) -> Vec<Part> {
        let part = |turn: &u32| Part { turn: *turn, start: 0, end: self.texts.text(*turn).len() as u32, absence: true };
        floor.turns.iter().map(part).collect()
    }

    fn checkpoints(&self, scene: &Scene<'_>, findings: &[Finding], cases: &[PillarCase; 4], sufficient: bool) -> Checkpoints {
        let card = &self.model.scorecard.checkpoints;
        let none = |state| Checkpoint { state, basis: None, evidence: Vec::new() };
        let episodes = scene.episodes;
        let disclosed = episodes.iter().find_map(|episode| episode.disclosure);
        let first_hard = disclosed.or_else(|| episodes.first().and_then(|episode| episode.difficult.first().copied()));
        let judge = |checkpoint: &rulebook::Checkpoint| {
            if !sufficient {
                return none(State::Abstained);
            }
            let pillar = self.model.rules[checkpoint.rule as usize].pillar;
            let opportunities = &cases[pillar.index()].opportunities;
            if opportunities.is_empty() && cases[pillar.index()].donts.is_empty()
                || (pillar != Pillar::Personalize && episodes.is_empty())
            {
                return none(State::NotApplicable);
            }
            let credits =
                |rule: u16| opportunities.iter().flat_map(|opportunity| &opportunity.dos).filter(move |done| done.rule == rule);
            let judged = credits(checkpoint.rule).any(|done| done.credit.is_some());
            let (rule, points) = match checkpoint.fallback {
                Some(fallback) if !judged => fallback,
                _ => (checkpoint.rule, checkpoint.points),
            };
            let met = match first_hard.filter(|_| rule != checkpoint.rule) {
                // On the words alone, what counts is how the first hard thing that was told was received.
                Some(floor) => scorecard::reply_credit(scene, findings, rule, floor).filter(|(credit, _)| *credit >= points),
                None => {
                    let done = credits(rule).find(|done| done.credit.is_some_and(|credit| credit >= points));
                    done.and_then(|done| Some((done.credit?, done.parts.clone())))
                }
            };
            let timing = self.model.rules[rule as usize].trigger == rulebook::Trigger::Pause;
            let basis = Some(if timing { Basis::Timing } else { Basis::Words });
            let cut_in =
                timing && episodes.iter().any(|episode| scorecard::interrupted(&scene.tempo.interruptions, &episode.floors));
            match met {
                Some((_, parts)) if !cut_in => Checkpoint { state: State::Met, basis, evidence: self.quote(&parts) },
                _ => {
                    let searched = match opportunities.first() {
                        Some(opportunity) => scene.agent_floors(opportunity.floor..scene.floors.len()).next(),
                        None => scene.agent_floors(0..scene.floors.len()).last(),
                    };
                    let parts = searched.map(|floor| self.searched(&scene.floors[floor])).unwrap_or_default();
                    Checkpoint { state: State::Missed, basis, evidence: self.quote(&parts) }
                }
            }
        };
        Checkpoints {
            paused_to_listen: judge(&card[0]),
            acknowledged_emotions: judge(&card[1]),
            reframed: judge(&card[2]),
            offered_choice: judge(&card[3]),
        }
    }

    /// What the customer did in the end, from the last customer floors; a choice or promise counts from the whole call.
    fn outcome(&self) -> Outcome {
        let customer: Vec<&Floor> = self.machine.floors.iter().filter(|floor| floor.role == Role::Customer).collect();
        let last = &customer[customer.len().saturating_sub(OUTCOME_FLOORS)..];
        let find = |floors: &[&Floor], family: &str| {
            floors.iter().rev().find_map(|floor| {
                let of_family = |hit: &&crate::cue::Hit| self.model.cues[hit.cue as usize].id.split('.').next() == Some(family);
                floor.hits.iter().rev().find(of_family).map(|hit| join(floor.hit_parts(hit)))
            })
        };
        let state = |state, parts: Vec<Part>| Outcome { state, evidence: self.quote(&parts) };
        if let Some(parts) = find(last, "anger") {
            return state(OutcomeState::LeftAngry, parts);
        }
        let ranked = [
            (OutcomeState::PromiseToPay, "promise_to_pay", customer.as_slice()),
            (OutcomeState::ChoiceMade, "choice", customer.as_slice()),
            (OutcomeState::Calmer, "calm", last),
            (OutcomeState::Thanked, "thanks", last),
        ];
        for (reached, family, floors) in ranked {
            if let Some(parts) = find(floors, family) {
                return state(reached, parts);
            }
        }
        state(OutcomeState::Unknown, Vec::new())
    }

    fn warnings(&self, info: &CallInfo, tempo: &Tempo) -> Vec<String> {
        let mut warnings = Vec::new();
        let english = info.language.as_deref().is_none_or(|language| language.to_ascii_lowercase().starts_with("en"));
        if !english || !self.speaks_the_language() {
            warnings.push("the rulebook reads English; this call seems to be in another language".to_string());
        }
        if info.channel == crate::Channel::Voice && !tempo.judged() && !self.machine.turns.is_empty() {
            warnings.push("no start and end times: pauses and interruptions are not judged".to_string());
        }
        warnings
    }
}
