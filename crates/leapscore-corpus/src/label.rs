//! The labels, in the order of the guide.

use crate::row::Role;

/// A cue or don't that every row of its role is judged against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The id that reports use, such as `listen.reflection`.
    pub id: &'static str,
    /// Whose turns can have it.
    pub role: Role,
    /// A don't, kept under `rules` in a row; the others are kept under `cues`.
    pub dont: bool,
}

const fn cue(id: &'static str, role: Role) -> Label {
    Label { id, role, dont: false }
}

const fn dont(id: &'static str) -> Label {
    Label { id, role: Role::Agent, dont: true }
}

/// Every label. `listen.interruption` is not among them: it is judged from the clock, and the rows have none.
pub const LABELS: &[Label] = &[
    cue("listen.backchannel", Role::Agent),
    cue("listen.reflection", Role::Agent),
    cue("question.open", Role::Agent),
    cue("question.closed", Role::Agent),
    cue("empathize.emotion_named", Role::Agent),
    cue("empathize.compassion", Role::Agent),
    cue("empathize.stock_phrase", Role::Agent),
    cue("acknowledge.validation", Role::Agent),
    cue("acknowledge.affirmation", Role::Agent),
    cue("acknowledge.reframe", Role::Agent),
    cue("personalize.option", Role::Agent),
    cue("personalize.ownership_question", Role::Agent),
    cue("personalize.commitment", Role::Agent),
    cue("apology", Role::Agent),
    cue("business_opener", Role::Agent),
    cue("directive", Role::Agent),
    cue("confrontation", Role::Agent),
    dont("listen.empathy_rebuttal"),
    dont("listen.straight_to_business"),
    dont("listen.filler_empathy"),
    dont("empathize.dismissive_apology"),
    dont("empathize.no_clarifier"),
    dont("acknowledge.dead_end"),
    dont("acknowledge.policy_wall"),
    dont("acknowledge.blame"),
    dont("personalize.call_back"),
    dont("personalize.passive_close"),
    dont("personalize.ultimatum"),
    cue("hardship", Role::Customer),
    cue("distress.fear", Role::Customer),
    cue("distress.overwhelm", Role::Customer),
    cue("distress.sadness", Role::Customer),
    cue("distress.shame", Role::Customer),
    cue("anger.word", Role::Customer),
    cue("anger.event", Role::Customer),
    cue("anger.escalation", Role::Customer),
    cue("calm.relief", Role::Customer),
    cue("thanks", Role::Customer),
    cue("choice", Role::Customer),
    cue("promise_to_pay", Role::Customer),
];

/// The label with this id.
pub fn label(id: &str) -> Option<&'static Label> {
    LABELS.iter().find(|label| label.id == id)
}

/// The labels that a turn of this role is judged against.
pub fn labels_of(role: Role) -> impl Iterator<Item = &'static Label> {
    LABELS.iter().filter(move |label| label.role == role)
}
