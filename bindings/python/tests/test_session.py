"""Calls while they run."""

import leapscore
import pytest


def test_nudges_partials_and_the_end() -> None:
    session = leapscore.Session(id="c-1")
    told = session.update(("customer", "My husband died in May"))
    assert told == [leapscore.Nudge("take_a_beat", "difficult", 0, told[0].text)]
    assert session.push(("customer", "My husband died in May and I can't pay this")) == []
    session.push({"role": "agent", "text": "That sounds so hard."})
    pending = session.pending()
    assert pending[0].move == "empathize_then_clarify" and pending[0].turn == 1 and "question.clarifying" in pending[0].next
    assert session.memory_bytes() > 500
    provisional = session.report()
    assert not provisional.complete and provisional.call_id == "c-1"
    final = session.finish()
    assert final.complete
    for call in (session.finish, session.report, session.pending, session.memory_bytes):
        with pytest.raises(RuntimeError, match="finished"):
            call()
    with pytest.raises(RuntimeError, match="finished"):
        session.push(("agent", "Hello"))


def test_a_wrong_turn_leaves_the_session_as_it_was() -> None:
    session = leapscore.Session()
    with pytest.raises(leapscore.UnknownRoleError) as raised:
        session.push(("robot", "Hello"))
    assert raised.value.path == "turn"
    session.push(("agent", "Hello"))
    assert session.finish() == leapscore.score_call([("agent", "Hello")])


def test_a_window_bounds_memory_and_says_so() -> None:
    session = leapscore.Session(window=6)
    sizes = []
    for _ in range(200):
        session.push(("customer", "\U0001f62d I lost my job and I am so scared"))
        session.push(("agent", "That sounds frightening. What happened?"))
        sizes.append(session.memory_bytes())
    assert max(sizes[20:]) < 3 * min(sizes[20:])
    report = session.finish()
    assert report.truncated
    cue = next(cue for cue in report.cues if cue.cue == "hardship")
    assert cue.turn > 380 and (cue.span.start, cue.span.end) == (2, 15)


def test_rulebooks() -> None:
    own = leapscore.Rulebook.from_toml(
        'extends = "leap-en"\n[[cue]]\nid = "hardship"\nalways = ["the cat ate my wallet"]\n'
    )
    turns = [("customer", "the cat ate my wallet"), ("agent", "How soon can you pay?")]
    assert own.id == "leap-en" and own.fingerprint != leapscore.Rulebook.builtin().fingerprint
    assert leapscore.score_call(turns, rulebook=own) != leapscore.score_call(turns)
    assert leapscore.Scorer(own).score(turns) == leapscore.score_call(turns, rulebook=own)
    assert leapscore.Session(own).push(turns[0]) != leapscore.Session().push(turns[0])
    with pytest.raises(leapscore.RulebookSyntaxError) as raised:
        leapscore.Rulebook.from_toml("extends = \"leap-en\"\nx = 1")
    assert (raised.value.line, raised.value.code) == (2, "LS100")
    assert "leap-en" in repr(own)
