//! Rows of the corpus as calls.

use leapscore::{Call, CallInfo, Channel, Role, Turn};
use leapscore_corpus::{Row, Style};

/// The row as a call of its own.
pub fn call(row: &Row) -> Call {
    let role = |role| match role {
        leapscore_corpus::Role::Agent => Role::Agent,
        leapscore_corpus::Role::Customer => Role::Customer,
        leapscore_corpus::Role::System => Role::System,
    };
    let turns = row.turns.iter().map(|turn| Turn::new(role(turn.role), turn.text.as_str())).collect();
    let channel = if row.style == Style::Chat { Channel::Chat } else { Channel::Voice };
    Call::new(CallInfo::new(channel), turns).expect("turns without times")
}
