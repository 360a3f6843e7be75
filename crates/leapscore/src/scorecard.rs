//! The scorecard: opportunities, credits, charges, and a ledger that adds up exactly.

use crate::call::Role;
use crate::dialogue::{Floor, Interruption, MoveRun};
use crate::evidence::{Part, join};
use crate::finding::{Finding, Scene};
use crate::rulebook::{Credit, Kind, Rule, RuleId, Trigger};
use crate::unit::Pillar;

/// Whether a do was done at one opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    pub rule: RuleId,
    /// `None`: it cannot be judged or does not apply, and leaves the opportunity's worth.
    pub credit: Option<i32>,
    pub parts: Vec<Part>,
}

/// One chance for a pillar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opportunity {
    pub weight: i128,
    /// The floor that opens it.
    pub floor: usize,
    pub dos: Vec<Done>,
}

/// What makes one pillar's score.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PillarCase {
    pub opportunities: Vec<Opportunity>,
    /// Don'ts of the pillar, in order of turn.
    pub donts: Vec<Finding>,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub reason: String,
    pub points: i32,
    pub parts: Vec<Part>,
}

/// A pillar's score with its ledger; `None` without an opportunity.
pub(crate) type Scored = Option<(i32, Vec<Line>)>;

/// The cases of the four pillars.
pub(crate) fn cases(scene: &Scene<'_>, findings: &[Finding]) -> [PillarCase; 4] {
    Pillar::ALL.map(|pillar| {
        let rules = &scene.model.rules;
        let of_pillar = |finding: &&Finding| {
            let rule = &rules[finding.rule as usize];
            rule.pillar == pillar && rule.kind == Kind::Dont
        };
        let dos = &scene.model.scorecard.dos[pillar.index()];
        let judge = |opening: &Opening| Opportunity {
            weight: opening.weight,
            floor: opening.difficult.first().copied().unwrap_or(opening.floors.start),
            dos: dos.iter().map(|rule| do_rule(scene, findings, opening, *rule)).collect(),
        };
        PillarCase {
            opportunities: openings(scene, pillar).iter().map(judge).collect(),
            donts: findings.iter().filter(of_pillar).cloned().collect(),
        }
    })
}

/// Where an opportunity lies.
struct Opening {
    weight: i128,
    difficult: Vec<usize>,
    floors: std::ops::Range<usize>,
}

fn openings(scene: &Scene<'_>, pillar: Pillar) -> Vec<Opening> {
    let floors = 0..scene.floors.len();
    if pillar != Pillar::Personalize {
        let opening = |episode: &crate::dialogue::Episode| Opening {
            weight: if episode.disclosure.is_some() { scene.model.scorecard.disclosure_weight } else { 1 },
            difficult: episode.difficult.clone(),
            floors: episode.floors.clone(),
        };
        return scene.episodes.iter().map(opening).collect();
    }
    let opens = |floor: &Floor| floor.hits.iter().any(|hit| scene.model.scorecard.personalize_opened_by.contains(&hit.cue));
    let open = !scene.episodes.is_empty() || scene.floors.iter().any(opens);
    if open { vec![Opening { weight: 1, difficult: Vec::new(), floors }] } else { Vec::new() }
}

fn do_rule(scene: &Scene<'_>, findings: &[Finding], opening: &Opening, id: RuleId) -> Done {
    let rule = &scene.model.rules[id as usize];
    let (credit, parts) = match rule.trigger {
        Trigger::Pause => paused(scene, opening, rule),
        Trigger::LetFinish => let_finish(scene, opening, rule),
        Trigger::MoveCompleted => (Some(0), Vec::new()),
        _ => {
            let (points, parts) = best_credit(scene, findings, opening, rule);
            (Some(points), parts)
        }
    };
    let (credit, parts) = match (rule.trigger, rule.on_move) {
        (Trigger::MoveCompleted, Some(entry)) => completed(scene, findings, opening, rule, entry),
        _ => (credit, parts),
    };
    let credit = credit.map(|points| points.clamp(0, rule.worth)).filter(|points| *points > 0 || !mendable(scene, opening, rule));
    Done { rule: id, credit, parts }
}

/// The call still runs, and a reply to come may earn the credit.
fn mendable(scene: &Scene<'_>, opening: &Opening, rule: &Rule) -> bool {
    if scene.complete || opening.floors.end < scene.floors.len() || matches!(rule.trigger, Trigger::Pause | Trigger::LetFinish) {
        return false;
    }
    let last = opening.difficult.last().copied().unwrap_or(opening.floors.start);
    let replies = scene.agent_floors(last..scene.floors.len()).count();
    // The reply that is being given may still go on.
    let open = scene.floors.last().is_some_and(|floor| floor.role == Role::Agent);
    let left = |credit: &Credit| credit.within == u32::MAX || replies < credit.within as usize + usize::from(open);
    rule.credit.is_empty() || rule.credit.iter().any(left)
}

/// Floor of the mean credit over the replies to the opening's difficult floors.
fn paused(scene: &Scene<'_>, opening: &Opening, rule: &Rule) -> (Option<i32>, Vec<Part>) {
    let latency = |reply: usize| Some((reply, scene.tempo.pause_permille(scene.model, scene.floors, reply)?));
    let judged: Vec<(usize, u64)> = opening.difficult.iter().filter_map(|difficult| latency(difficult + 1)).collect();
    if judged.is_empty() {
        return (None, Vec::new());
    }
    let sum: u64 = judged.iter().map(|(_, permille)| permille).sum();
    let credit = rule.worth as u64 * sum / (1000 * judged.len() as u64);
    let parts =
        judged.iter().filter(|(_, permille)| *permille > 0).flat_map(|(floor, _)| opening_words(&scene.floors[*floor])).collect();
    (Some(credit as i32), parts)
}

/// The best credit for a rule that the reply to one customer floor earns, and the words that earn it.
pub(crate) fn reply_credit(scene: &Scene<'_>, findings: &[Finding], rule: RuleId, difficult: usize) -> Option<(i32, Vec<Part>)> {
    let reply = scene.agent_floors(difficult..scene.floors.len()).next()?;
    let opening = Opening { weight: 1, difficult: vec![difficult], floors: difficult..reply + 1 };
    Some(best_credit(scene, findings, &opening, &scene.model.rules[rule as usize]))
}

/// The first words of a floor, which show where a reply begins.
fn opening_words(floor: &Floor) -> Vec<Part> {
    floor.parts(0, floor.tokens.len().min(6) as u32)
}

fn let_finish(scene: &Scene<'_>, opening: &Opening, rule: &Rule) -> (Option<i32>, Vec<Part>) {
    if !scene.tempo.judged() {
        return (None, Vec::new());
    }
    let cut = interrupted(&scene.tempo.interruptions, &opening.floors);
    let first_reply = scene.agent_floors(opening.floors.clone()).next();
    match first_reply {
        Some(floor) if !cut => (Some(rule.worth), opening_words(&scene.floors[floor])),
        _ => (Some(0), Vec::new()),
    }
}

/// The best credit that any reply earns, and the words that earn it.
fn best_credit(scene: &Scene<'_>, findings: &[Finding], opening: &Opening, rule: &Rule) -> (i32, Vec<Part>) {
    let mut best = (0, Vec::new());
    let replies: Vec<usize> = scene.agent_floors(opening.floors.clone()).collect();
    for credit in &rule.credit {
        if credit.points <= best.0 {
            continue;
        }
        if let Some((needed, points)) = credit.needs
            && best_credit(scene, findings, opening, &scene.model.rules[needed as usize]).0 < points
        {
            continue;
        }
        // The first place at which what must come before was said.
        let prepared = match credit.after_cues.is_empty() {
            true => Some((0, 0)),
            false => replies.iter().find_map(|floor| {
                let hit = scene.floors[*floor].hits.iter().find(|hit| credit.after_cues.contains(&hit.cue))?;
                Some((*floor, hit.start))
            }),
        };
        let Some(prepared) = prepared else { continue };
        let earned = (0..replies.len())
            .filter(|index| near(opening, replies[*index], credit))
            .find_map(|index| earned(scene, findings, &replies[..=index], credit, prepared));
        if let Some(parts) = earned {
            best = (credit.points, parts);
        }
    }
    best
}

/// The reply is among the first agent floors behind a difficult floor. Floors of agent and customer alternate.
fn near(opening: &Opening, reply: usize, credit: &Credit) -> bool {
    let behind = opening.difficult.partition_point(|difficult| *difficult < reply).checked_sub(1).map(|at| opening.difficult[at]);
    credit.within == u32::MAX || behind.is_some_and(|difficult| (reply - difficult).div_ceil(2) <= credit.within as usize)
}

/// The words by which the last of `replies` earns a credit.
fn earned(
    scene: &Scene<'_>,
    findings: &[Finding],
    replies: &[usize],
    credit: &Credit,
    prepared: (usize, u32),
) -> Option<Vec<Part>> {
    let last = *replies.last()?;
    let spoilt = |floor: usize| {
        let first = scene.floors[floor].first_turn();
        let end = scene.floors[floor].turns.last().map_or(first, |turn| turn + 1);
        let from = findings.partition_point(|finding| finding.turn < first);
        findings[from..].iter().take_while(|finding| finding.turn < end).any(|finding| credit.unless_rules.contains(&finding.rule))
    };
    if spoilt(last) {
        return None;
    }
    let span = &replies[replies.len().saturating_sub(credit.span as usize)..];
    let mut parts = Vec::new();
    let mut hits = 0;
    let mut latest = None;
    for floor in span.iter().filter(|floor| !spoilt(**floor)) {
        let place = &scene.floors[*floor];
        for hit in place.hits.iter().filter(|hit| credit.cues.contains(&hit.cue)) {
            latest = Some((*floor, hit.start));
            hits += 1;
            parts.extend(place.hit_parts(hit));
        }
    }
    (hits >= credit.hits && latest.is_some_and(|latest| prepared <= latest)).then(|| join(parts))
}

/// The move was completed in the opening, and what needs to be was earned.
fn completed(scene: &Scene<'_>, findings: &[Finding], opening: &Opening, rule: &Rule, entry: usize) -> (Option<i32>, Vec<Part>) {
    let begins = |run: &MoveRun| run.steps.first().map_or(0, |(floor, _)| *floor);
    let needs_met = rule
        .credit
        .iter()
        .filter_map(|credit| credit.needs)
        .all(|(needed, points)| best_credit(scene, findings, opening, &scene.model.rules[needed as usize]).0 >= points);
    let first = scene.runs.partition_point(|run| begins(run) < opening.floors.start);
    let mut inside = scene.runs[first..].iter().take_while(|run| begins(run) < opening.floors.end);
    match inside.find(|run| run.completed && run.entry == entry) {
        Some(run) if needs_met => {
            let (floor, hit) = run.steps[run.steps.len() - 1];
            let place = &scene.floors[floor];
            (Some(rule.worth), place.hit_parts(&place.hits[hit]))
        }
        _ => (Some(0), Vec::new()),
    }
}

/// The agent cut in somewhere in these floors.
pub(crate) fn interrupted(interruptions: &[Interruption], floors: &std::ops::Range<usize>) -> bool {
    let first = interruptions.partition_point(|case| case.agent_floor < floors.start);
    interruptions.get(first).is_some_and(|case| case.agent_floor < floors.end)
}

/// A rational number, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exact {
    over: i128,
    under: i128,
}

impl Exact {
    const fn whole(value: i128) -> Exact {
        Exact { over: value, under: 1 }
    }

    fn plus(self, over: i128, under: i128) -> Exact {
        let divisor = gcd(self.under, under);
        let sum = self.over * (under / divisor) + over * (self.under / divisor);
        let common = self.under / divisor * under;
        let divisor = gcd(sum.abs(), common).max(1);
        Exact { over: sum / divisor, under: common / divisor }
    }

    /// Rounded to the nearest whole number, halves up.
    fn round(self) -> i32 {
        (2 * self.over + self.under).div_euclid(2 * self.under) as i32
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A pillar's score and ledger.
pub(crate) fn score(rules: &[Rule], case: &PillarCase) -> Scored {
    let worth = |opportunity: &Opportunity| -> i128 {
        opportunity.dos.iter().filter(|done| done.credit.is_some()).map(|done| i128::from(rules[done.rule as usize].worth)).sum()
    };
    let judged: Vec<(&Opportunity, i128)> =
        case.opportunities.iter().map(|opportunity| (opportunity, worth(opportunity))).filter(|(_, worth)| *worth > 0).collect();
    if judged.is_empty() && case.donts.is_empty() {
        return None;
    }
    let total: i128 = judged.iter().map(|(opportunity, _)| opportunity.weight).sum();
    let mut lines: Vec<Line> = Vec::new();
    let mut sum = Exact::whole(0);
    let mut write = |sum: &mut Exact, next: Exact, reason: &str, parts: &[Part]| {
        let points = next.round() - sum.round();
        *sum = next;
        if points != 0 {
            lines.push(Line { reason: reason.to_string(), points, parts: parts.to_vec() });
        }
    };
    for (opportunity, worth) in &judged {
        for done in &opportunity.dos {
            let credit = i128::from(done.credit.unwrap_or(0));
            let next = sum.plus(100 * opportunity.weight * credit, worth * total);
            write(&mut sum, next, &rules[done.rule as usize].id, &done.parts);
        }
    }
    for dont in &case.donts {
        let rule = &rules[dont.rule as usize];
        let next = sum.plus(-i128::from(rule.charge), 1);
        write(&mut sum, next, &rule.id, &dont.parts);
    }
    let mut capped: Vec<RuleId> = Vec::new();
    for dont in &case.donts {
        let rule = &rules[dont.rule as usize];
        let Some(cap) = rule.cap.filter(|cap| sum.round() > *cap && !capped.contains(&dont.rule)) else { continue };
        capped.push(dont.rule);
        let parts = case.donts.iter().filter(|other| other.rule == dont.rule).flat_map(|other| other.parts.clone()).collect();
        write(&mut sum, Exact::whole(i128::from(cap)), &format!("cap.{}", rule.id), &join(parts));
    }
    let rounded = sum.round();
    if rounded < 0 {
        let parts = case.donts.iter().flat_map(|dont| dont.parts.clone()).collect();
        write(&mut sum, Exact::whole(0), "limit.floor", &join(parts));
    } else if rounded > 100 {
        let parts = judged.iter().flat_map(|(opportunity, _)| opportunity.dos.iter().flat_map(|done| done.parts.clone())).collect();
        write(&mut sum, Exact::whole(100), "limit.ceiling", &join(parts));
    }
    Some((sum.round(), lines))
}

/// The weighted mean of the pillars that apply, rounded half up.
pub(crate) fn overall(weights: [u32; 4], scores: [Option<i32>; 4]) -> Option<i32> {
    let (mut sum, mut total) = (0_i64, 0_i64);
    for (weight, score) in weights.into_iter().zip(scores) {
        if let Some(score) = score {
            sum += i64::from(weight) * i64::from(score);
            total += i64::from(weight);
        }
    }
    (total > 0).then(|| ((2 * sum + total) / (2 * total)) as i32)
}

/// The agent and the customer both spoke.
pub(crate) fn both_spoke(floors: &[Floor]) -> bool {
    [Role::Agent, Role::Customer].into_iter().all(|role| floors.iter().any(|floor| floor.role == role))
}
