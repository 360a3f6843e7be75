/* What a host may do wrong: each is an error with a place, writes no output, and harms nothing else. */
#include "check.h"

static leap_rulebook *rulebook = NULL;

static void null_arguments(void) {
    leap_report *report = NULL;
    const leap_report *borrowed = NULL;
    leap_session *session = NULL;
    leap_batch *batch = NULL;
    leap_rulebook *other = NULL;
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_turn turn = turn_of(LEAP_ROLE_AGENT, "Hello");
    leap_document document;
    leap_score score;
    leap_checkpoint checkpoint;
    leap_finding finding;
    leap_nudge nudge;
    leap_error error;
    leap_str text;
    size_t count = 77;
    const leap_status null = LEAP_ERROR_NULL_POINTER;

    CHECK_STATUS(null, leap_last_error(NULL));
    CHECK_STATUS(null, leap_rulebook_builtin(NULL));
    CHECK_STATUS(null, leap_rulebook_parse(NULL, 0, &other));
    CHECK_STATUS(null, leap_rulebook_parse(NULL, 5, &other));
    CHECK_STATUS(null, leap_rulebook_parse("x", 1, NULL));
    CHECK_STATUS(null, leap_rulebook_parse_documents(NULL, 1, &other));
    document.name = document.text = str("");
    CHECK_STATUS(null, leap_rulebook_parse_documents(&document, 1, NULL));
    document.text.data = NULL;
    CHECK_STATUS(null, leap_rulebook_parse_documents(&document, 1, &other));
    CHECK_OK(leap_last_error(&error));
    CHECK(strcmp(error.path.data, "documents[0].text") == 0);
    CHECK(other == NULL);
    CHECK_STATUS(null, leap_rulebook_id(NULL, &text));
    CHECK_STATUS(null, leap_rulebook_id(rulebook, NULL));
    CHECK_STATUS(null, leap_rulebook_version(NULL, &text));
    CHECK_STATUS(null, leap_rulebook_version(rulebook, NULL));
    CHECK_STATUS(null, leap_rulebook_fingerprint(NULL, &text));
    CHECK_STATUS(null, leap_rulebook_fingerprint(rulebook, NULL));

    CHECK_STATUS(null, leap_score_call(NULL, &turn, 1, &report));
    CHECK_STATUS(null, leap_score_call(rulebook, NULL, 1, &report));
    CHECK_STATUS(null, leap_score_call(rulebook, &turn, 1, NULL));
    CHECK_STATUS(null, leap_score_json(NULL, "{}", 2, &report));
    CHECK_STATUS(null, leap_score_json(rulebook, NULL, 2, &report));
    CHECK_STATUS(null, leap_score_json(rulebook, "{}", 2, NULL));
    CHECK_STATUS(null, leap_score_calls(NULL, NULL, 0, &batch));
    CHECK_STATUS(null, leap_score_calls(rulebook, NULL, 1, &batch));
    CHECK_STATUS(null, leap_score_calls(rulebook, NULL, 0, NULL));
    CHECK(report == NULL && batch == NULL);

    CHECK_STATUS(null, leap_batch_count(NULL, &count));
    CHECK_STATUS(null, leap_batch_report(NULL, 0, &borrowed));
    CHECK_STATUS(null, leap_report_json(NULL, &text));
    CHECK_STATUS(null, leap_report_overall(NULL, &score));
    CHECK_STATUS(null, leap_report_pillar(NULL, 0, &score));
    CHECK_STATUS(null, leap_report_checkpoint(NULL, 0, &checkpoint));
    CHECK_STATUS(null, leap_report_finding_count(NULL, &count));
    CHECK_STATUS(null, leap_report_finding(NULL, 0, &finding));

    CHECK_STATUS(null, leap_session_new(NULL, &info, &session));
    CHECK_STATUS(null, leap_session_new(rulebook, NULL, &session));
    CHECK_STATUS(null, leap_session_new(rulebook, &info, NULL));
    CHECK_STATUS(null, leap_session_new_windowed(NULL, &info, 10, &session));
    CHECK(session == NULL);
    CHECK_STATUS(null, leap_session_push(NULL, &turn, &count));
    CHECK_STATUS(null, leap_session_update(NULL, &turn, &count));
    CHECK_STATUS(null, leap_session_next_nudge(NULL, &nudge));
    CHECK_STATUS(null, leap_session_pending_json(NULL, &text));
    CHECK_STATUS(null, leap_session_report(NULL, &report));
    CHECK_STATUS(null, leap_session_finish(NULL, &report));
    CHECK_STATUS(null, leap_session_memory_bytes(NULL, &count));
    CHECK(count == 77);
    CHECK_OK(leap_session_new(rulebook, &info, &session));
    CHECK_STATUS(null, leap_session_push(session, NULL, &count));
    CHECK_STATUS(null, leap_session_push(session, &turn, NULL));
    CHECK_STATUS(null, leap_session_update(session, NULL, &count));
    CHECK_STATUS(null, leap_session_next_nudge(session, NULL));
    CHECK_STATUS(null, leap_session_pending_json(session, NULL));
    CHECK_STATUS(null, leap_session_report(session, NULL));
    CHECK_STATUS(null, leap_session_finish(session, NULL));
    CHECK_STATUS(null, leap_session_memory_bytes(session, NULL));
    /* It was not finished by that. */
    CHECK_OK(leap_session_finish(session, &report));
    CHECK_STATUS(null, leap_report_json(report, NULL));
    CHECK_STATUS(null, leap_report_overall(report, NULL));
    CHECK_STATUS(null, leap_report_pillar(report, 0, NULL));
    CHECK_STATUS(null, leap_report_checkpoint(report, 0, NULL));
    CHECK_STATUS(null, leap_report_finding_count(report, NULL));
    leap_report_free(report);
    leap_session_free(session);

    leap_rulebook_free(NULL);
    leap_report_free(NULL);
    leap_batch_free(NULL);
    leap_session_free(NULL);
}

static leap_status score(leap_turn turn) {
    leap_report *report = NULL;
    leap_status status = leap_score_call(rulebook, &turn, 1, &report);
    CHECK((status == LEAP_OK) == (report != NULL));
    leap_report_free(report);
    return status;
}

static const char *last_path(void) {
    leap_error error;
    CHECK_OK(leap_last_error(&error));
    return error.path.data;
}

static void wrong_turns(void) {
    leap_turn turn = turn_of(LEAP_ROLE_AGENT, "Hello");
    leap_word word;
    CHECK_OK(score(turn));

    turn.text.data = "caf\xc3";
    turn.text.len = 4;
    CHECK_STATUS(LEAP_ERROR_INVALID_UTF8, score(turn));
    CHECK(strcmp(last_path(), "turns[0].text") == 0);
    turn.text.data = NULL;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, score(turn));
    turn.text.len = 0;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, score(turn));
    turn.text = str("");
    CHECK_OK(score(turn));
    turn.text.len = (size_t)-1;
    CHECK_STATUS(LEAP_ERROR_TOO_LARGE, score(turn));
    turn.text = str("Hello");

    turn.role = 0;
    CHECK_STATUS(LEAP_ERROR_UNKNOWN_ROLE, score(turn));
    turn.role = 4;
    CHECK_STATUS(LEAP_ERROR_UNKNOWN_ROLE, score(turn));
    CHECK(strcmp(last_path(), "turns[0].role") == 0);
    turn.role = LEAP_ROLE_SYSTEM;
    CHECK_OK(score(turn));

    turn.flags = 1;
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, score(turn));
    turn.flags = 0;

    turn.start_ms = -2;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, score(turn));
    CHECK(strcmp(last_path(), "turns[0].start_ms") == 0);
    turn.start_ms = 10;
    turn.end_ms = 9;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, score(turn));
    turn.end_ms = INT64_MAX;
    CHECK_OK(score(turn));

    turn.n_words = 1;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, score(turn));
    word.text = str("Hello");
    word.start_ms = 5;
    word.end_ms = 4;
    turn.words = &word;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, score(turn));
    CHECK(strcmp(last_path(), "turns[0].words[0]") == 0);
    word.end_ms = LEAP_NO_TIME;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, score(turn));
    word.end_ms = 5;
    CHECK_OK(score(turn));
    turn.n_words = (size_t)-1;
    CHECK_STATUS(LEAP_ERROR_TOO_LARGE, score(turn));
    turn.n_words = 0;

    turn.agent_id.len = 3;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, score(turn));
    turn.agent_id.len = 0;

    turn.struct_size = 0;
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, score(turn));
    turn.struct_size = sizeof turn - 8;
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, score(turn));
    turn.struct_size = (size_t)-1;
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, score(turn));
}

/* A header of the future: the struct has grown. */
struct later_turn {
    leap_turn known;
    uint64_t added;
};

static void structs_of_another_size(void) {
    struct later_turn turns[2];
    leap_report *report = NULL;
    leap_turn known = turn_of(LEAP_ROLE_CUSTOMER, "I lost my job");
    memset(turns, 0, sizeof turns);
    known.struct_size = sizeof turns[0];
    turns[0].known = turns[1].known = known;
    CHECK_OK(leap_score_call(rulebook, &turns[0].known, 2, &report));
    leap_report_free(report);
    report = NULL;
    turns[1].added = 1;
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, leap_score_call(rulebook, &turns[0].known, 2, &report));
    CHECK(strcmp(last_path(), "turns[1]") == 0);
    turns[1].added = 0;
    turns[1].known.struct_size = sizeof(leap_turn);
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, leap_score_call(rulebook, &turns[0].known, 2, &report));
    CHECK_STATUS(LEAP_ERROR_TOO_LARGE, leap_score_call(rulebook, &turns[0].known, (size_t)-1 / 8, &report));
    CHECK(report == NULL);
}

static leap_status begin(leap_call_info info) {
    leap_session *session = NULL;
    leap_status status = leap_session_new(rulebook, &info, &session);
    CHECK((status == LEAP_OK) == (session != NULL));
    leap_session_free(session);
    return status;
}

static void wrong_infos(void) {
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_str script;
    CHECK_OK(begin(info));
    info.channel = 2;
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, begin(info));
    CHECK(strcmp(last_path(), "info.channel") == 0);
    info.channel = LEAP_CHANNEL_CHAT;
    info.flags = 1;
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, begin(info));
    info.flags = 0;
    info.id = str("\xff");
    CHECK_STATUS(LEAP_ERROR_INVALID_UTF8, begin(info));
    info.id = str("c-1");
    info.meta_json = str("{");
    CHECK_STATUS(LEAP_ERROR_INVALID_JSON, begin(info));
    info.meta_json = str("{\"x\":1.5}");
    CHECK_STATUS(LEAP_ERROR_INVALID_CALL, begin(info));
    CHECK(strcmp(last_path(), "info.meta_json") == 0);
    info.meta_json = str("{\"x\":1}");
    CHECK_OK(begin(info));
    info.n_scripts = 1;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, begin(info));
    script.data = NULL;
    script.len = 0;
    info.scripts = &script;
    CHECK_STATUS(LEAP_ERROR_NULL_POINTER, begin(info));
    script = str("Read this");
    CHECK_OK(begin(info));
    info.latency_allowance_ms = 401;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, begin(info));
    info.latency_allowance_ms = -1;
    CHECK_STATUS(LEAP_ERROR_INVALID_TIME, begin(info));
    info.latency_allowance_ms = 400;
    info.struct_size = 8;
    CHECK_STATUS(LEAP_ERROR_STRUCT_SIZE, begin(info));
}

static void sessions(void) {
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_session *session = NULL;
    leap_report *report = NULL, *again = NULL;
    leap_turn hard = turn_of(LEAP_ROLE_CUSTOMER, "My husband died in May and I can't pay this"), wrong = hard;
    leap_nudge nudge;
    leap_str text;
    size_t waiting = 0, bytes = 0, i;
    CHECK_OK(leap_session_new(rulebook, &info, &session));
    /* A wrong turn leaves the session as it was. */
    wrong.text = str("\xff");
    CHECK_STATUS(LEAP_ERROR_INVALID_UTF8, leap_session_push(session, &wrong, &waiting));
    CHECK(strcmp(last_path(), "turn.text") == 0);
    CHECK_OK(leap_session_push(session, &hard, &waiting));
    CHECK(waiting == 1);
    CHECK_OK(leap_session_next_nudge(session, &nudge));
    CHECK(nudge.kind == LEAP_NUDGE_DIFFICULT && nudge.turn == 0 && starts_with(nudge.id, "take_a_beat"));
    CHECK_OK(leap_session_next_nudge(session, &nudge));
    CHECK(nudge.kind == LEAP_NUDGE_NONE);
    CHECK_OK(leap_session_memory_bytes(session, &bytes));
    CHECK(bytes > 100 && bytes < 20000);
    hard = turn_of(LEAP_ROLE_AGENT, "That sounds so hard.");
    CHECK_OK(leap_session_push(session, &hard, &waiting));
    CHECK_OK(leap_session_pending_json(session, &text));
    CHECK(starts_with(text, "[{\"move\":\"empathize_then_clarify\",\"turn\":1,\"next\":[\"question.clarifying\"]"));
    CHECK_OK(leap_session_report(session, &report));
    CHECK_OK(leap_report_json(report, &text));
    CHECK(strstr(text.data, "\"complete\":false") != NULL && text.data[text.len] == 0);
    leap_report_free(report);
    CHECK_OK(leap_session_finish(session, &report));
    /* Finished twice, and used after. */
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_finish(session, &again));
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_report(session, &again));
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_push(session, &hard, &waiting));
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_update(session, &hard, &waiting));
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_pending_json(session, &text));
    CHECK_STATUS(LEAP_ERROR_FINISHED, leap_session_memory_bytes(session, &bytes));
    CHECK(again == NULL);
    CHECK_OK(leap_session_next_nudge(session, &nudge));
    leap_session_free(session);
    /* The report outlives the session. */
    CHECK_OK(leap_report_json(report, &text));
    CHECK(strstr(text.data, "\"complete\":true") != NULL);
    leap_report_free(report);

    /* Nudges that nobody fetches are not kept without bound. */
    CHECK_OK(leap_session_new_windowed(rulebook, &info, 4, &session));
    for (i = 0; i < 3000; i++) {
        leap_turn agent = turn_of(LEAP_ROLE_AGENT, "Let me look at that.");
        hard = turn_of(LEAP_ROLE_CUSTOMER, i % 20 == 0 ? "My husband died and I am so scared" : "My number is 5.");
        CHECK_OK(leap_session_push(session, &hard, &waiting));
        CHECK_OK(leap_session_push(session, &agent, &waiting));
    }
    CHECK(waiting == 64);
    CHECK_OK(leap_session_memory_bytes(session, &bytes));
    CHECK(bytes < 20000);
    CHECK_OK(leap_session_finish(session, &report));
    CHECK_OK(leap_report_json(report, &text));
    CHECK(strstr(text.data, "\"truncated\":true") != NULL);
    leap_report_free(report);
    leap_session_free(session);
}

static void rulebooks_are_swapped(void) {
    static const char overlay[] = "extends = \"leap-en\"\n[[cue]]\nid = \"hardship\"\nalways = [\"the cat ate my wallet\"]\n";
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_rulebook *own = NULL;
    leap_session *before = NULL, *after = NULL;
    leap_report *of_before = NULL, *of_after = NULL;
    leap_turn turn = turn_of(LEAP_ROLE_CUSTOMER, "the cat ate my wallet");
    leap_str builtin, fingerprint, text;
    leap_error error;
    size_t waiting;
    CHECK_OK(leap_session_new(rulebook, &info, &before));
    CHECK_OK(leap_rulebook_parse(overlay, sizeof overlay - 1, &own));
    CHECK_OK(leap_session_new(own, &info, &after));
    CHECK_OK(leap_rulebook_fingerprint(rulebook, &builtin));
    CHECK_OK(leap_rulebook_fingerprint(own, &fingerprint));
    CHECK(fingerprint.len == 64 && memcmp(builtin.data, fingerprint.data, 64) != 0);
    CHECK_OK(leap_rulebook_id(own, &text));
    CHECK(text.len == 7 && memcmp(text.data, "leap-en", 7) == 0);
    CHECK_OK(leap_rulebook_version(own, &text));
    CHECK(text.len > 0);
    leap_rulebook_free(own);
    CHECK_OK(leap_session_push(before, &turn, &waiting));
    CHECK(waiting == 0);
    CHECK_OK(leap_session_push(after, &turn, &waiting));
    CHECK(waiting == 1);
    CHECK_OK(leap_session_finish(before, &of_before));
    CHECK_OK(leap_session_finish(after, &of_after));
    leap_report_free(of_before);
    leap_report_free(of_after);
    leap_session_free(before);
    leap_session_free(after);

    own = NULL;
    CHECK_STATUS(LEAP_ERROR_RULEBOOK_SYNTAX, leap_rulebook_parse("x = [", 5, &own));
    CHECK_STATUS(LEAP_ERROR_INVALID_UTF8, leap_rulebook_parse("\xff", 1, &own));
    CHECK_STATUS(LEAP_ERROR_RULEBOOK_UNKNOWN_NAME, leap_rulebook_parse("\nextends = \"none\"", 17, &own));
    CHECK_OK(leap_last_error(&error));
    CHECK(error.line == 2 && error.column == 11 && own == NULL);
    CHECK(strcmp(leap_status_name(error.status), "LEAP_ERROR_RULEBOOK_UNKNOWN_NAME") == 0);
}

static void batches(void) {
    leap_turn turns[2], wrong;
    leap_call calls[3] = {LEAP_CALL_INIT, LEAP_CALL_INIT, LEAP_CALL_INIT};
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_batch *batch = NULL;
    const leap_report *report = NULL;
    leap_str text;
    leap_score score;
    size_t count;
    turns[0] = turn_of(LEAP_ROLE_CUSTOMER, "I lost my job and I am so scared");
    turns[1] = turn_of(LEAP_ROLE_AGENT, "That sounds frightening. What happened?");
    wrong = turn_of(9, "?");
    info.id = str("the third");
    calls[0].turns = calls[2].turns = turns;
    calls[0].n_turns = calls[2].n_turns = 2;
    calls[1].turns = &wrong;
    calls[1].n_turns = 1;
    calls[2].info = &info;
    CHECK_OK(leap_score_calls(rulebook, calls, 3, &batch));
    CHECK_OK(leap_batch_count(batch, &count));
    CHECK(count == 3);
    CHECK_STATUS(LEAP_ERROR_UNKNOWN_ROLE, leap_batch_report(batch, 1, &report));
    CHECK(strcmp(last_path(), "calls[1].turns[0].role") == 0 && report == NULL);
    CHECK_STATUS(LEAP_ERROR_OUT_OF_RANGE, leap_batch_report(batch, 3, &report));
    CHECK_OK(leap_batch_report(batch, 0, &report));
    CHECK_OK(leap_report_overall(report, &score));
    CHECK(score.score > 0 && score.score <= 100 && score.reason == LEAP_REASON_NONE && score.opportunities == 4);
    CHECK_OK(leap_batch_report(batch, 2, &report));
    CHECK_OK(leap_report_json(report, &text));
    CHECK(strstr(text.data, "\"call_id\":\"the third\"") != NULL);
    leap_batch_free(batch);
    CHECK_OK(leap_score_calls(rulebook, NULL, 0, &batch));
    leap_batch_free(batch);
    calls[1].reserved = 1;
    CHECK_OK(leap_score_calls(rulebook, calls, 3, &batch));
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, leap_batch_report(batch, 1, &report));
    leap_batch_free(batch);
}

static void getters(void) {
    leap_turn turns[2];
    leap_report *report = NULL;
    leap_score score;
    leap_checkpoint checkpoint;
    leap_finding finding;
    size_t count;
    uint32_t i;
    turns[0] = turn_of(LEAP_ROLE_CUSTOMER, "I lost my job and I am so scared");
    turns[1] = turn_of(LEAP_ROLE_AGENT, "I see your balance is overdue, how soon can you pay?");
    CHECK_OK(leap_score_call(rulebook, turns, 2, &report));
    for (i = 0; i < 4; i++) {
        CHECK_OK(leap_report_pillar(report, i, &score));
        CHECK(score.score >= 0 && score.score <= 100 && score.opportunities == 1);
        CHECK_OK(leap_report_checkpoint(report, i, &checkpoint));
        CHECK(checkpoint.state == LEAP_STATE_MISSED);
    }
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, leap_report_pillar(report, 4, &score));
    CHECK_STATUS(LEAP_ERROR_INVALID_FLAG, leap_report_checkpoint(report, 4, &checkpoint));
    CHECK_OK(leap_report_finding_count(report, &count));
    CHECK(count >= 1);
    CHECK_OK(leap_report_finding(report, 0, &finding));
    CHECK(finding.kind == LEAP_FINDING_DONT && finding.turn == 1 && starts_with(finding.rule, "listen.straight_to_business"));
    CHECK(finding.message.len > 0 && finding.instead.len > 0);
    CHECK_STATUS(LEAP_ERROR_OUT_OF_RANGE, leap_report_finding(report, count, &finding));
    leap_report_free(report);

    CHECK_OK(leap_score_call(rulebook, NULL, 0, &report));
    CHECK_OK(leap_report_overall(report, &score));
    CHECK(score.score == LEAP_SCORE_NONE && score.reason == LEAP_REASON_INSUFFICIENT_EVIDENCE && score.opportunities == 0);
    leap_report_free(report);
    turns[0] = turn_of(LEAP_ROLE_CUSTOMER, "Good morning");
    turns[1] = turn_of(LEAP_ROLE_AGENT, "Good morning");
    CHECK_OK(leap_score_call(rulebook, turns, 2, &report));
    CHECK_OK(leap_report_pillar(report, LEAP_PILLAR_LISTEN, &score));
    CHECK(score.score == LEAP_SCORE_NONE && score.reason == LEAP_REASON_NO_OPPORTUNITY);
    leap_report_free(report);
}

int main(void) {
    leap_error error;
    CHECK_OK(leap_last_error(&error));
    CHECK(error.status == LEAP_OK && error.message.len == 0 && error.message.data[0] == 0);
    CHECK(leap_abi_version() == LEAP_ABI_VERSION);
    CHECK(strlen(leap_version()) >= 5);
    CHECK(strcmp(leap_status_name(12345), "LEAP_ERROR_UNKNOWN") == 0);
    CHECK_OK(leap_rulebook_builtin(&rulebook));
    null_arguments();
    wrong_turns();
    structs_of_another_size();
    wrong_infos();
    sessions();
    rulebooks_are_swapped();
    batches();
    getters();
    leap_rulebook_free(rulebook);
    DONE();
}
