//! From the joined document to the model: names become numbers, phrases become steps with an anchor.

mod told;

use super::anchor::Anchors;
use super::document::{self, Document, Text};
use super::judge::{Feature, Judges, LANES, Signal, WORDS};
use super::model::*;
use super::phrase::{self, Element, Item};
use super::source::Sources;
use crate::error::{Error, ErrorCode};
use crate::text::{LexMask, VocabularyBuilder, WordId};
use crate::unit::Pillar;
use std::collections::{BTreeMap, BTreeSet};

/// Most lexicons: one bit each.
pub(super) const MAX_LEXICONS: usize = 120;

struct Compiler<'a> {
    sources: &'a Sources,
    words: VocabularyBuilder,
    lexicons: BTreeMap<String, u32>,
    used: BTreeSet<u32>,
    anchors: Anchors,
    cues: Vec<String>,
    rules: Vec<String>,
    phrases: Vec<Phrase>,
}

pub(super) fn compile(document: &Document, sources: &Sources) -> Result<Model, Error> {
    let mut compiler = Compiler {
        sources,
        words: VocabularyBuilder::new(),
        lexicons: BTreeMap::new(),
        used: BTreeSet::new(),
        anchors: Anchors::default(),
        cues: document.cue.iter().map(|cue| cue.id.as_ref().clone()).collect(),
        rules: document.rule.iter().map(|rule| rule.id.as_ref().clone()).collect(),
        phrases: Vec::new(),
    };
    for (surface, words) in &document.normalise {
        compiler.words.add_normalisation(surface, words);
    }
    compiler.lexicons(document)?;
    let classes = compiler.classes();
    compiler.ambiguous(document)?;
    compiler.cue_phrases(document)?;
    let judges = compiler.judges(document)?;
    let marks = ["^", "$"].map(|mark| compiler.words.intern(mark));
    compiler.unused(document)?;
    let cues = compiler.cue_table(document)?;
    let moves = compiler.moves(document)?;
    let rules = compiler.rule_table(document)?;
    let nudges = compiler.nudges(document)?;
    let scorecard = compiler.scorecard(document, &rules)?;
    let slots = document.slot.iter().map(|slot| compiler.slot(slot)).collect::<Result<Vec<_>, Error>>()?;
    let header = document.rulebook.clone().ok_or_else(|| missing("[rulebook]"))?;
    let filed = compiler.anchors.file(&mut compiler.phrases, &cues, &mut compiler.words);
    let vocabulary = compiler.words.build(classes.filler, classes.number);
    let slots = slots.into_iter().map(|(of_self, fills)| Slot::new(&vocabulary, of_self, fills)).collect();
    Ok(Model {
        id: header.id,
        version: header.version,
        vocabulary,
        classes,
        cues,
        phrases: compiler.phrases,
        word_postings: filed.by_word,
        lexicon_postings: filed.by_lexicon,
        anchor_lexicons: filed.anchor_lexicons,
        entry_postings: filed.entries,
        judges,
        marks,
        moves,
        rules,
        nudges,
        slots,
        scorecard,
        tension: numbers(document.tension.clone(), "[tension]", |tension| [&mut tension.calm_cues, &mut tension.demands])?,
        timing: numbers(document.timing.clone(), "[timing]", |timing| [&mut timing.hold_cues, &mut timing.resumed_cues])?,
    })
}

/// A table without its names: those are resolved in the scorecard.
fn numbers<T>(table: Option<T>, name: &str, lists: fn(&mut T) -> [&mut Vec<Text>; 2]) -> Result<T, Error> {
    let mut table = table.ok_or_else(|| missing(name))?;
    lists(&mut table).into_iter().for_each(Vec::clear);
    Ok(table)
}

fn missing(what: &str) -> Error {
    Error::new(ErrorCode::RulebookSyntax, format!("the rulebook has no {what}"))
}

impl Compiler<'_> {
    fn unknown(&self, what: &str, name: &Text) -> Error {
        let message = format!("no {what} is called {:?}", name.as_ref());
        self.sources.error_at(ErrorCode::RulebookUnknownName, name, message)
    }

    fn lexicons(&mut self, document: &Document) -> Result<(), Error> {
        for lexicon in &document.lexicon {
            let bit = self.lexicons.len();
            if bit == MAX_LEXICONS {
                let message = format!("more than {MAX_LEXICONS} lexicons");
                return Err(self.sources.error_at(ErrorCode::RulebookRange, &lexicon.id, message));
            }
            self.lexicons.insert(lexicon.id.as_ref().clone(), bit as u32);
        }
        self.anchors.common = ["common_most", "common"].map(|name| self.lexicons.get(name).map_or(0, |bit| 1 << bit));
        // An entry of several words belongs to every lexicon that includes its own.
        let mut masks: Vec<LexMask> = (0..document.lexicon.len()).map(|bit| 1 << bit).collect();
        for (bit, lexicon) in document.lexicon.iter().enumerate() {
            for name in &lexicon.include {
                let Some(included) = self.lexicons.get(name.as_ref()).copied() else {
                    return Err(self.unknown("lexicon", name));
                };
                self.used.insert(included);
                masks[included as usize] |= 1 << bit;
            }
        }
        for (lexicon, mask) in document.lexicon.iter().zip(masks) {
            for entry in &lexicon.words {
                self.lexicon_entry(entry, mask)?;
            }
        }
        Ok(())
    }

    fn lexicon_entry(&mut self, entry: &Text, mask: LexMask) -> Result<(), Error> {
        let mut words: Vec<String> = Vec::new();
        for word in entry.as_ref().split_whitespace() {
            words.extend(self.words.normal_forms(word));
        }
        let ids: Vec<WordId> = words.iter().map(|word| self.words.intern(word)).collect();
        match ids.as_slice() {
            [] => return Err(self.sources.error_at(ErrorCode::RulebookPhrase, entry, "empty lexicon entry")),
            [id] => {
                self.words.add_mask(*id, mask);
                self.anchors.add(*id, mask);
            }
            _ => {
                self.anchors.add_entry(&ids, mask);
                let steps = ids.iter().map(|id| Step { atom: Atom::Word(*id), optional: false, gap: 0 }).collect();
                self.phrases.push(Phrase { target: Target::Lexicon(mask), steps, anchor: 0 });
            }
        }
        Ok(())
    }

    fn lexicon_mask(&mut self, name: &str) -> Option<LexMask> {
        let bit = *self.lexicons.get(name)?;
        self.used.insert(bit);
        Some(1 << bit)
    }

    fn classes(&mut self) -> Classes {
        let mut class = |name: &str| self.lexicon_mask(name).unwrap_or(0);
        let classes = Classes {
            filler: class("filler"),
            backchannel: class("backchannel"),
            connector: class("connector"),
            negator: class("negator"),
            reporting: class("reporting"),
            function: class("function"),
            number: class("number"),
            business: class("business"),
            matter: class("matter"),
            family: class("family"),
            wh: class("wh"),
            auxiliary: class("auxiliary"),
            subject: class("subject"),
            closed_wh: class("closed_wh"),
            closed_noun: class("closed_noun"),
            pronoun: class("pronoun"),
            you: class("you"),
            weak_auxiliary: class("weak_auxiliary"),
            embedding: class("embedding"),
            clause_word: class("clause_word"),
            first_person: class("first_person"),
            clause_final: class("clause_final"),
            takes_clause: class("takes_clause"),
        };
        class("common_most");
        class("common");
        classes
    }

    fn ambiguous(&mut self, document: &Document) -> Result<(), Error> {
        for entry in &document.ambiguous {
            let mut mask = |names: &[Text]| {
                names.iter().try_fold(0, |mask, name| match self.lexicon_mask(name.as_ref()) {
                    Some(bit) => Ok(mask | bit),
                    None => Err(self.unknown("lexicon", name)),
                })
            };
            let (before, not_after) = (mask(&entry.before)?, mask(&entry.not_after)?);
            self.words.add_ambiguous(entry.surface.as_ref(), &entry.expands, before, not_after);
        }
        Ok(())
    }

    fn phrase(&mut self, text: &Text, target: Target) -> Result<(), Error> {
        let words = &self.words;
        let elements = phrase::parse(text.as_ref(), &mut |word| words.normal_forms(word)).map_err(|message| {
            self.sources.error_at(ErrorCode::RulebookPhrase, text, format!("phrase {:?}: {message}", text.as_ref()))
        })?;
        let steps = self.steps(text, &elements)?;
        self.phrases.push(Phrase { target, steps, anchor: 0 });
        Ok(())
    }

    fn steps(&mut self, text: &Text, elements: &[Element]) -> Result<Box<[Step]>, Error> {
        let mut steps = Vec::with_capacity(elements.len());
        let mut gap = 0;
        for element in elements {
            let atom = match &element.item {
                Item::Gap(words) => {
                    gap += *words;
                    continue;
                }
                Item::Take { runs, lexicons } => self.take(text, runs, lexicons)?,
                Item::ClauseStart => Atom::ClauseStart,
                Item::ClauseEnd => Atom::ClauseEnd,
            };
            steps.push(Step { atom, optional: element.optional, gap });
            gap = 0;
        }
        Ok(steps.into_boxed_slice())
    }

    fn take(&mut self, text: &Text, runs: &[Vec<String>], names: &[String]) -> Result<Atom, Error> {
        let mut lexicons = 0;
        for name in names {
            lexicons |= self.lexicon_mask(name).ok_or_else(|| {
                let message = format!("no lexicon is called {name:?}");
                self.sources.error_at(ErrorCode::RulebookUnknownName, text, message)
            })?;
        }
        let mut words: BTreeSet<WordId> = BTreeSet::new();
        let mut longer: BTreeSet<Box<[WordId]>> = BTreeSet::new();
        for run in runs {
            let ids: Box<[WordId]> = run.iter().map(|word| self.words.intern(word)).collect();
            match *ids {
                [word] => {
                    words.insert(word);
                }
                _ => {
                    longer.insert(ids);
                }
            }
        }
        Ok(match (words.len(), longer.is_empty(), lexicons) {
            (1, true, 0) => Atom::Word(words.pop_first().unwrap_or(0)),
            _ => Atom::Choice { words: words.into_iter().collect(), runs: longer.into_iter().collect(), lexicons },
        })
    }

    fn cue_phrases(&mut self, document: &Document) -> Result<(), Error> {
        for (cue, entry) in document.cue.iter().enumerate() {
            let cue = cue as CueId;
            for text in &entry.phrases {
                self.phrase(text, Target::Fire(cue))?;
            }
            for text in &entry.always {
                self.phrase(text, Target::Always(cue))?;
            }
            for text in &entry.unless {
                self.phrase(text, Target::Unless(cue))?;
            }
        }
        Ok(())
    }

    fn judges(&mut self, document: &Document) -> Result<[Judges; 2], Error> {
        let mut lanes: [Vec<(CueId, i32)>; 2] = Default::default();
        let mut weights: [Vec<(Feature, usize, i8)>; 2] = Default::default();
        for judge in &document.judge {
            let cue = self.cues.iter().position(|cue| cue == judge.cue.as_ref()).ok_or_else(|| self.unknown("cue", &judge.cue))?;
            let role = document.cue[cue].role.unwrap_or(document::CueRole::Agent) as usize;
            let lane = lanes[role].len();
            if lane == LANES {
                let message = format!("more than {LANES} judged cues of one role");
                return Err(self.sources.error_at(ErrorCode::RulebookRange, &judge.cue, message));
            }
            lanes[role].push((cue as CueId, judge.threshold));
            for line in judge.table.as_ref().lines().filter(|line| !line.trim().is_empty()) {
                let (feature, weight) = self.weight_line(judge, line)?;
                weights[role].push((feature, lane, weight));
            }
        }
        let [agent, customer] = lanes;
        let [of_agent, of_customer] = weights;
        Ok([Judges::build(agent, of_agent), Judges::build(customer, of_customer)])
    }

    fn weight_line(&mut self, judge: &document::Judge, line: &str) -> Result<(Feature, i8), Error> {
        let bad = |sources: &Sources, message: &str| {
            let message = format!("weights of {:?}, line {:?}: {message}", judge.cue.as_ref(), line.trim());
            sources.error_at(ErrorCode::RulebookPhrase, &judge.table, message)
        };
        let Some((weight, feature)) = line.trim().split_once(char::is_whitespace) else {
            return Err(bad(self.sources, "a line is WEIGHT FEATURE"));
        };
        let weight: i8 = weight.parse().map_err(|_| bad(self.sources, "a weight is an integer from -128 to 127"))?;
        if let Some(signal) = feature.trim().strip_prefix('@') {
            let signal = self.signal(signal).ok_or_else(|| bad(self.sources, "no such signal"))?;
            return Ok((Feature::Signal(signal), weight));
        }
        let mut ids = Vec::new();
        for word in feature.split_whitespace() {
            match word {
                "^" | "$" => ids.push(self.words.intern(word)),
                _ => {
                    for form in self.words.normal_forms(word) {
                        ids.push(self.words.intern(&form));
                    }
                }
            }
        }
        match ids.len() {
            1..=3 => Ok((Feature::Words(ids), weight)),
            _ => Err(bad(self.sources, "a weighted run has one to three words, contractions written out")),
        }
    }

    fn signal(&self, text: &str) -> Option<Signal> {
        let cue = |name: &str| self.cues.iter().position(|cue| cue == name.trim()).map(|cue| cue as CueId);
        let number = |digits: &str, most: usize| digits.trim().parse().ok().filter(|number: &u8| usize::from(*number) <= most);
        match text.split_once(' ') {
            None if text == "first" => Some(Signal::First),
            None => cue(text).map(Signal::Here),
            Some(("before", name)) => cue(name).map(Signal::Before),
            Some(("words", digits)) => number(digits, WORDS.len()).map(Signal::Words),
            Some(("echo", digits)) => number(digits, 3).map(Signal::Echo),
            Some(_) => None,
        }
    }

    fn unused(&self, document: &Document) -> Result<(), Error> {
        for (bit, lexicon) in document.lexicon.iter().enumerate() {
            if !self.used.contains(&(bit as u32)) {
                let message = format!("lexicon {:?} is used by nothing", lexicon.id.as_ref());
                return Err(self.sources.error_at(ErrorCode::RulebookUnused, &lexicon.id, message));
            }
        }
        Ok(())
    }

    fn cue_table(&self, document: &Document) -> Result<Vec<Cue>, Error> {
        let cue = |entry: &document::Cue| {
            let role = entry.role.ok_or_else(|| {
                self.sources.error_at(ErrorCode::RulebookSyntax, &entry.id, "a cue says role = \"agent\" or \"customer\"")
            })?;
            let detect = entry.detect.unwrap_or_default();
            let judged = || document.judge.iter().any(|judge| judge.cue.as_ref() == entry.id.as_ref());
            if detect == document::Detect::Phrases && entry.phrases.is_empty() && entry.always.is_empty() && !judged() {
                let message = "a cue has phrases, a judge or another way to be detected";
                return Err(self.sources.error_at(ErrorCode::RulebookPhrase, &entry.id, message));
            }
            Ok(Cue {
                id: entry.id.as_ref().clone(),
                role,
                summary: entry.summary.clone().unwrap_or_default(),
                detect,
                negation: entry.negation.unwrap_or_default(),
                quotation: entry.quotation.unwrap_or_default(),
                question: entry.question.unwrap_or(document::Scope::Ignore),
                within_first: entry.within_first.unwrap_or(u32::MAX),
                tension: entry.tension.unwrap_or(0),
            })
        };
        document.cue.iter().map(cue).collect()
    }

    /// A cue's number, or those of a family ("distress.*").
    fn cues(&self, names: &[Text]) -> Result<Vec<CueId>, Error> {
        let mut ids = Vec::new();
        for name in names {
            let before = ids.len();
            let wanted = name.as_ref().as_str();
            for (id, cue) in self.cues.iter().enumerate() {
                let family = wanted.strip_suffix('*').is_some_and(|head| cue.starts_with(head));
                if family || cue == wanted {
                    ids.push(id as CueId);
                }
            }
            if ids.len() == before {
                return Err(self.unknown("cue", name));
            }
        }
        Ok(ids)
    }

    fn rule(&self, name: &Text) -> Result<RuleId, Error> {
        let found = self.rules.iter().position(|rule| rule == name.as_ref());
        found.map(|at| at as RuleId).ok_or_else(|| self.unknown("rule", name))
    }

    fn rules(&self, names: &[Text]) -> Result<Vec<RuleId>, Error> {
        names.iter().map(|name| self.rule(name)).collect()
    }

    fn moves(&self, document: &Document) -> Result<Vec<Move>, Error> {
        let one = |entry: &document::Move| {
            Ok(Move {
                id: entry.id.as_ref().clone(),
                steps: entry.steps.iter().map(|step| self.cues(step)).collect::<Result<_, Error>>()?,
                floors: entry.floors.unwrap_or(2),
            })
        };
        document.moves.iter().map(one).collect()
    }

    fn move_at(&self, name: &Option<Text>, document: &Document) -> Result<Option<usize>, Error> {
        let Some(name) = name else { return Ok(None) };
        let found = document.moves.iter().position(|other| other.id.as_ref() == name.as_ref());
        found.map(Some).ok_or_else(|| self.unknown("move", name))
    }

    fn rule_table(&self, document: &Document) -> Result<Vec<Rule>, Error> {
        document.rule.iter().map(|entry| self.rule_entry(entry, document)).collect()
    }

    fn rule_entry(&self, entry: &document::Rule, document: &Document) -> Result<Rule, Error> {
        let syntax = |message: &str| self.sources.error_at(ErrorCode::RulebookSyntax, &entry.id, message);
        let id = entry.id.as_ref().clone();
        let pillar = Pillar::ALL
            .into_iter()
            .find(|pillar| id.split('.').next() == Some(pillar.name()))
            .ok_or_else(|| syntax("a rule's id starts with its pillar: listen, empathize, acknowledge or personalize"))?;
        let on_move = self.move_at(&entry.on_move, document)?;
        let credit = |credit: &document::Credit| {
            Ok(Credit {
                points: credit.points,
                cues: self.cues(&credit.cues)?,
                hits: credit.hits.unwrap_or(1),
                after_cues: self.cues(&credit.after_cues)?,
                within: credit.within.unwrap_or(u32::MAX),
                span: credit.span.unwrap_or(1).max(1),
                unless_rules: self.rules(&credit.unless_rules)?,
                needs: match &credit.needs_rule {
                    Some(rule) => Some((self.rule(rule)?, credit.needs_points.unwrap_or(1))),
                    None => None,
                },
            })
        };
        Ok(Rule {
            kind: entry.kind.ok_or_else(|| syntax("a rule says kind = \"do\", \"dont\" or \"advice\""))?,
            pillar,
            trigger: entry.trigger.unwrap_or_default(),
            summary: entry.summary.clone().ok_or_else(|| syntax("a rule has a summary"))?,
            why: entry.why.clone().ok_or_else(|| syntax("a rule says why"))?,
            instead: entry.instead.clone().ok_or_else(|| syntax("a rule says what to do or say instead"))?,
            wordings: entry.wordings.iter().map(|wording| self.wording(wording, document)).collect::<Result<_, Error>>()?,
            source: entry.source.clone().ok_or_else(|| syntax("a rule names its source"))?,
            cues: self.cues(&entry.cues)?,
            unless_cues: self.cues(&entry.unless_cues)?,
            needs_cues: self.cues(&entry.needs_cues)?,
            unless_after: entry.unless_after.unwrap_or(false),
            yields_to: self.rules(&entry.yields_to)?,
            on_move,
            charge: entry.charge.unwrap_or(0),
            cap: entry.cap,
            worth: entry.worth.unwrap_or(0),
            credit: entry.credit.iter().map(credit).collect::<Result<_, Error>>()?,
            id,
        })
    }

    fn scorecard(&self, document: &Document, rules: &[Rule]) -> Result<Scorecard, Error> {
        let card = document.scorecard.as_ref().ok_or_else(|| missing("[scorecard]"))?;
        let pillars = [&card.listen, &card.empathize, &card.acknowledge, &card.personalize];
        let mut dos: [Vec<RuleId>; 4] = Default::default();
        for (pillar, entry) in Pillar::ALL.into_iter().zip(pillars) {
            for name in &entry.dos {
                let rule = self.rule(name)?;
                if rules[rule as usize].pillar != pillar || rules[rule as usize].kind != document::Kind::Do {
                    let message = format!("{:?} is no do-rule of {}", name.as_ref(), pillar.name());
                    return Err(self.sources.error_at(ErrorCode::RulebookUnknownName, name, message));
                }
                dos[pillar.index()].push(rule);
            }
        }
        let checkpoint = |name: &str| -> Result<Checkpoint, Error> {
            let entry = document.checkpoint.get(name).ok_or_else(|| missing(&format!("[checkpoint.{name}]")))?;
            Ok(Checkpoint {
                rule: self.rule(&entry.rule)?,
                points: entry.points,
                fallback: match &entry.fallback {
                    Some(rule) => Some((self.rule(rule)?, entry.fallback_points.unwrap_or(1))),
                    None => None,
                },
            })
        };
        let tension = document.tension.as_ref().ok_or_else(|| missing("[tension]"))?;
        let timing = document.timing.as_ref().ok_or_else(|| missing("[timing]"))?;
        Ok(Scorecard {
            weights: pillars.map(|pillar| pillar.weight),
            dos,
            personalize_opened_by: self.cues(&card.personalize_opened_by)?,
            difficult: self.cues(&card.difficult)?,
            disclosure: self.cues(&card.disclosure)?,
            lasting: self.cues(&card.lasting)?,
            difficult_jump: card.difficult_jump,
            disclosure_weight: i128::from(card.disclosure_weight),
            recitals: card.recitals,
            recital: self.cues(std::slice::from_ref(&card.recital))?[0],
            checkpoints: [
                checkpoint("paused_to_listen")?,
                checkpoint("acknowledged_emotions")?,
                checkpoint("reframed")?,
                checkpoint("offered_choice")?,
            ],
            calm: self.cues(&tension.calm_cues)?,
            demands: self.cues(&tension.demands)?,
            holds: self.cues(&timing.hold_cues)?,
            resumes: self.cues(&timing.resumed_cues)?,
        })
    }
}
