/* leapscore: scores how a contact-center agent treated a person in trouble, against LEAP: Listen, Empathize, Acknowledge,
 * Personalize.
 *
 * Made from bindings/c/src by `cargo xtask generate`; do not edit. docs/ABI.md has the rules of this interface; in short:
 *
 * - Every function that can fail returns a leap_status, LEAP_OK being 0. Outputs are written only on success.
 *   leap_last_error tells what failed. NULL for an argument is an error, never a crash.
 * - What the library hands out is freed by its own *_free and by nothing else; *_free(NULL) does nothing.
 * - Texts are a pointer and a length, in UTF-8. Inputs are read during the call only.
 * - Nothing is printed, no thread is started, nothing is read or written outside the process, no clock is read.
 */


#ifndef LEAPSCORE_H
#define LEAPSCORE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && !defined(LEAP_STATIC)
#define LEAP_API __declspec(dllimport)
#elif defined(__GNUC__)
#define LEAP_API __attribute__((visibility("default")))
#else
#define LEAP_API
#endif

/* First values of the structs that go in. */
#define LEAP_TURN_INIT {sizeof(leap_turn), 0, 0, {NULL, 0}, LEAP_NO_TIME, LEAP_NO_TIME, NULL, 0, {NULL, 0}}
#define LEAP_CALL_INFO_INIT                                                                                  \
    {                                                                                                        \
        sizeof(leap_call_info), LEAP_CHANNEL_VOICE, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, \
            NULL, 0, 0                                                                                       \
    }
#define LEAP_CALL_INIT {sizeof(leap_call), 0, 0, NULL, NULL, 0}


/**
 * Version of the binary interface that this header describes. Equals the number in the shared object's name.
 */
#define LEAP_ABI_VERSION 0

/**
 * A time that is not known.
 */
#define LEAP_NO_TIME (-1)

/**
 * The person whose conduct is scored.
 */
#define LEAP_ROLE_AGENT 1

/**
 * The person who called or was called.
 */
#define LEAP_ROLE_CUSTOMER 2

/**
 * IVR and bot notices: never scored.
 */
#define LEAP_ROLE_SYSTEM 3

/**
 * Spoken.
 */
#define LEAP_CHANNEL_VOICE 0

/**
 * Typed: times never judge a pause or an interruption.
 */
#define LEAP_CHANNEL_CHAT 1

/**
 * No score: `reason` tells why.
 */
#define LEAP_SCORE_NONE (-1)

/**
 * There is a score.
 */
#define LEAP_REASON_NONE 0

/**
 * The call gave no opportunity.
 */
#define LEAP_REASON_NO_OPPORTUNITY 1

/**
 * No agent turn, no customer turn, or a text mostly outside the rulebook's language.
 */
#define LEAP_REASON_INSUFFICIENT_EVIDENCE 2

/**
 * Listen first, then talk.
 */
#define LEAP_PILLAR_LISTEN 0

/**
 * Empathize, then clarify.
 */
#define LEAP_PILLAR_EMPATHIZE 1

/**
 * Acknowledge and reframe.
 */
#define LEAP_PILLAR_ACKNOWLEDGE 2

/**
 * Personalize the path forward.
 */
#define LEAP_PILLAR_PERSONALIZE 3

/**
 * Paused to listen.
 */
#define LEAP_CHECKPOINT_PAUSED_TO_LISTEN 0

/**
 * Acknowledged emotions.
 */
#define LEAP_CHECKPOINT_ACKNOWLEDGED_EMOTIONS 1

/**
 * Reframed the situation.
 */
#define LEAP_CHECKPOINT_REFRAMED 2

/**
 * Offered choice.
 */
#define LEAP_CHECKPOINT_OFFERED_CHOICE 3

/**
 * It was done.
 */
#define LEAP_STATE_MET 1

/**
 * It was not done.
 */
#define LEAP_STATE_MISSED 2

/**
 * The call did not ask for it.
 */
#define LEAP_STATE_NOT_APPLICABLE 3

/**
 * It cannot be judged.
 */
#define LEAP_STATE_ABSTAINED 4

/**
 * Judged by nothing.
 */
#define LEAP_BASIS_NONE 0

/**
 * Judged by the clock.
 */
#define LEAP_BASIS_TIMING 1

/**
 * Judged by the words.
 */
#define LEAP_BASIS_WORDS 2

/**
 * Something not to do, which costs points.
 */
#define LEAP_FINDING_DONT 1

/**
 * Advice, which costs nothing.
 */
#define LEAP_FINDING_ADVICE 2

/**
 * There is no nudge.
 */
#define LEAP_NUDGE_NONE 0

/**
 * The customer said something hard.
 */
#define LEAP_NUDGE_DIFFICULT 1

/**
 * Certain things were said, so many times in all.
 */
#define LEAP_NUDGE_CUE 2

/**
 * The agent began something that asks to be completed.
 */
#define LEAP_NUDGE_PENDING_MOVE 3

/**
 * The customer's tension is high.
 */
#define LEAP_NUDGE_TENSION 4

/**
 * The agent cut in.
 */
#define LEAP_NUDGE_INTERRUPTION 5

/**
 * The agent has spoken for long at a stretch.
 */
#define LEAP_NUDGE_MONOLOGUE 6

/**
 * Something else: a kind that is newer than this header.
 */
#define LEAP_NUDGE_OTHER 7

/**
 * What a call came to. A number never changes its meaning, and a retired one is never used again; new ones may be added.
 */
enum leap_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Done.
   */
  LEAP_OK = 0,
  /**
   * A text is not UTF-8.
   */
  LEAP_ERROR_INVALID_UTF8 = 1,
  /**
   * The input is not JSON.
   */
  LEAP_ERROR_INVALID_JSON = 2,
  /**
   * The JSON does not have the shape of a call: a key is missing or has a wrong type or value.
   */
  LEAP_ERROR_INVALID_CALL = 3,
  /**
   * A role that is not agent, customer or system.
   */
  LEAP_ERROR_UNKNOWN_ROLE = 4,
  /**
   * A time is negative or ends before it starts.
   */
  LEAP_ERROR_INVALID_TIME = 5,
  /**
   * A text or an array is too large.
   */
  LEAP_ERROR_TOO_LARGE = 6,
  /**
   * A line of a plain-text transcript names no speaker.
   */
  LEAP_ERROR_INVALID_TEXT = 7,
  /**
   * A rulebook document is not TOML or has an unknown key or a wrong type.
   */
  LEAP_ERROR_RULEBOOK_SYNTAX = 100,
  /**
   * Two entries of a rulebook have the same id.
   */
  LEAP_ERROR_RULEBOOK_DUPLICATE = 101,
  /**
   * A rulebook names a cue, rule, move or lexicon that it does not define.
   */
  LEAP_ERROR_RULEBOOK_UNKNOWN_NAME = 102,
  /**
   * A phrase of a rulebook is empty or breaks the phrase grammar.
   */
  LEAP_ERROR_RULEBOOK_PHRASE = 103,
  /**
   * A lexicon is defined and never used.
   */
  LEAP_ERROR_RULEBOOK_UNUSED = 104,
  /**
   * A number of a rulebook is out of range.
   */
  LEAP_ERROR_RULEBOOK_RANGE = 105,
  /**
   * A pointer that must not be NULL is NULL, or not aligned for its type.
   */
  LEAP_ERROR_NULL_POINTER = 200,
  /**
   * A struct_size is too small, differs inside an array, or covers fields that this library does not know and that are not 0.
   */
  LEAP_ERROR_STRUCT_SIZE = 201,
  /**
   * A flag, channel, pillar or checkpoint that this library does not know.
   */
  LEAP_ERROR_INVALID_FLAG = 202,
  /**
   * An index is out of range.
   */
  LEAP_ERROR_OUT_OF_RANGE = 203,
  /**
   * The session was finished.
   */
  LEAP_ERROR_FINISHED = 204,
  /**
   * Another thread is inside a call on this session.
   */
  LEAP_ERROR_BUSY = 205,
  /**
   * The library failed inside; nothing else is affected. A session that it happened to can only be freed.
   */
  LEAP_ERROR_INTERNAL = 206,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum leap_status leap_status;
#else
typedef int32_t leap_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The reports of many calls, each with its own success.
 *
 * Threads: immutable; any number of threads may use one at the same time.
 * Lifetime: from leap_score_calls to leap_batch_free, which frees its reports.
 */
typedef struct leap_batch leap_batch;

/**
 * What one call scored and why.
 *
 * Threads: immutable; any number of threads may use one at the same time.
 * Lifetime: from the function that made it to leap_report_free; one of a leap_batch to leap_batch_free.
 */
typedef struct leap_report leap_report;

/**
 * Phrases, rules, weights and thresholds, compiled.
 *
 * Threads: immutable; any number of threads may use one at the same time.
 * Lifetime: from leap_rulebook_builtin or leap_rulebook_parse to leap_rulebook_free. Sessions and reports keep what they need of it, so
 * it may be freed, or another put in its place, while they live.
 */
typedef struct leap_rulebook leap_rulebook;

/**
 * A call while it runs.
 *
 * Threads: one at a time, not always the same. A call that finds another at work on the session returns LEAP_ERROR_BUSY and does nothing;
 * freeing a session that is in use cannot be noticed.
 * Lifetime: from leap_session_new to leap_session_free, also after leap_session_finish. Reports outlive it.
 */
typedef struct leap_session leap_session;

/**
 * A borrowed text: UTF-8, not necessarily ended by a NUL. As an input, `data` NULL means that there is none; `len` must then be 0.
 */
typedef struct leap_str {
  /**
   * The first byte.
   */
  const char *data;
  /**
   * Length in bytes.
   */
  size_t len;
} leap_str;

/**
 * What failed, for people and for programs.
 */
typedef struct leap_error {
  /**
   * The status that the failing call returned; LEAP_OK if no call has failed on this thread.
   */
  leap_status status;
  /**
   * 0.
   */
  uint32_t reserved;
  /**
   * What is wrong, with the place. Ended by a NUL.
   */
  struct leap_str message;
  /**
   * The argument, field or value that is wrong, such as "turns[3].start_ms"; empty if not known. Ended by a NUL.
   */
  struct leap_str path;
  /**
   * Line in a JSON or TOML text, from 1; 0 if not known.
   */
  uint64_t line;
  /**
   * Column in that line in characters, from 1; 0 if not known.
   */
  uint64_t column;
} leap_error;

/**
 * A document of a rulebook. Never grows.
 */
typedef struct leap_document {
  /**
   * The name that errors are to give it, or no text.
   */
  struct leap_str name;
  /**
   * TOML.
   */
  struct leap_str text;
} leap_document;

/**
 * A word with its times. Never grows.
 */
typedef struct leap_word {
  /**
   * The word.
   */
  struct leap_str text;
  /**
   * When it starts, in milliseconds from the start of the call.
   */
  int64_t start_ms;
  /**
   * When it ends, likewise.
   */
  int64_t end_ms;
} leap_word;

/**
 * A turn. Set it to LEAP_TURN_INIT first; read during the call only.
 */
typedef struct leap_turn {
  /**
   * sizeof(leap_turn)
   */
  size_t struct_size;
  /**
   * LEAP_ROLE_*
   */
  uint32_t role;
  /**
   * 0
   */
  uint32_t flags;
  /**
   * What was said. Must be there, may be empty.
   */
  struct leap_str text;
  /**
   * When it starts, in milliseconds from the start of the call, or LEAP_NO_TIME.
   */
  int64_t start_ms;
  /**
   * When it ends, likewise.
   */
  int64_t end_ms;
  /**
   * Word times, or NULL.
   */
  const struct leap_word *words;
  /**
   * How many.
   */
  size_t n_words;
  /**
   * The agent of this turn after a transfer, or no text.
   */
  struct leap_str agent_id;
} leap_turn;

/**
 * A score. Never grows.
 */
typedef struct leap_score {
  /**
   * 0 to 100, or LEAP_SCORE_NONE.
   */
  int32_t score;
  /**
   * LEAP_REASON_*: why there is none.
   */
  uint32_t reason;
  /**
   * Chances that the call gave; for the overall score, the pillars that apply.
   */
  uint32_t opportunities;
  /**
   * 0
   */
  uint32_t reserved;
} leap_score;

/**
 * One of the four QA lines. Never grows.
 */
typedef struct leap_checkpoint {
  /**
   * LEAP_STATE_*
   */
  uint32_t state;
  /**
   * LEAP_BASIS_*
   */
  uint32_t basis;
} leap_checkpoint;

/**
 * A don't or a piece of advice. Never grows.
 *
 * Lifetime: its texts live as long as the report.
 */
typedef struct leap_finding {
  /**
   * LEAP_FINDING_*
   */
  uint32_t kind;
  /**
   * The turn in which the agent's words start: an index into all turns of the call.
   */
  uint32_t turn;
  /**
   * Id of the rule, such as "acknowledge.policy_wall".
   */
  struct leap_str rule;
  /**
   * What was found, in a sentence.
   */
  struct leap_str message;
  /**
   * What to say or do instead.
   */
  struct leap_str instead;
} leap_finding;

/**
 * What is known about a call beside its turns. Set it to LEAP_CALL_INFO_INIT first; read during the call only.
 */
typedef struct leap_call_info {
  /**
   * sizeof(leap_call_info)
   */
  size_t struct_size;
  /**
   * LEAP_CHANNEL_*
   */
  uint32_t channel;
  /**
   * 0
   */
  uint32_t flags;
  /**
   * Your id of the call, or no text. This and the next three are echoed in the report.
   */
  struct leap_str id;
  /**
   * The agent.
   */
  struct leap_str agent_id;
  /**
   * Start of the call, RFC 3339.
   */
  struct leap_str started_at;
  /**
   * Language of the call, BCP 47.
   */
  struct leap_str language;
  /**
   * Your own keys, echoed: a JSON object of strings, booleans, integers and nulls, or no text.
   */
  struct leap_str meta_json;
  /**
   * Texts that the agent is given to read, or NULL.
   */
  const struct leap_str *scripts;
  /**
   * How many.
   */
  size_t n_scripts;
  /**
   * Milliseconds by which the line delays speech, 0 to 400.
   */
  int64_t latency_allowance_ms;
} leap_call_info;

/**
 * A whole call. Set it to LEAP_CALL_INIT first; read during the call only.
 */
typedef struct leap_call {
  /**
   * sizeof(leap_call)
   */
  size_t struct_size;
  /**
   * 0
   */
  uint32_t flags;
  /**
   * 0
   */
  uint32_t reserved;
  /**
   * What is known about it, or NULL: a voice call of which nothing else is known.
   */
  const struct leap_call_info *info;
  /**
   * Its turns, in dialogue order.
   */
  const struct leap_turn *turns;
  /**
   * How many.
   */
  size_t n_turns;
} leap_call;

/**
 * What to tell the agent now. Never grows.
 *
 * Lifetime: its texts live until the next call on the session.
 */
typedef struct leap_nudge {
  /**
   * LEAP_NUDGE_*: what it watches for. LEAP_NUDGE_NONE if none waits; the rest is then empty.
   */
  uint32_t kind;
  /**
   * The turn that gave rise to it, counted over all turns pushed; a partial counts as the next one.
   */
  uint32_t turn;
  /**
   * The rulebook's id of it, such as "take_a_beat": stable.
   */
  struct leap_str id;
  /**
   * What to tell.
   */
  struct leap_str text;
} leap_nudge;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Version of the library that is loaded, such as "0.1.0". Static.
 */
LEAP_API const char *leap_version(void);

/**
 * ABI version of the library that is loaded. Compare it with LEAP_ABI_VERSION if you load the library at run time.
 */
LEAP_API
uint32_t leap_abi_version(void);

/**
 * The name of a status, such as "LEAP_ERROR_INVALID_UTF8"; "LEAP_ERROR_UNKNOWN" for a number that this library does not know. Static.
 */
LEAP_API
const char *leap_status_name(int32_t status);

/**
 * The last error of the calling thread. A call that succeeds leaves it as it is.
 *
 * Lifetime: its texts live until the next call on this thread that fails.
 *
 * Requires:
 * `out` leads to room for a leap_error.
 */
LEAP_API leap_status leap_last_error(struct leap_error *out);

/**
 * Hands out the built-in English rulebook. It is loaded once a process (about 10 ms); further calls cost nothing.
 *
 * Requires:
 * `out` leads to room for a pointer.
 */
LEAP_API
leap_status leap_rulebook_builtin(struct leap_rulebook **out);

/**
 * Compiles a rulebook from TOML text: a whole one, or an overlay that says `extends = "leap-en"`. An error has line and column in `toml`.
 *
 * Requires:
 * `toml` leads to `len` bytes, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_rulebook_parse(const char *toml,
                                size_t len,
                                struct leap_rulebook **out);

/**
 * Compiles a rulebook from several documents: one rulebook and then overlays, which say `extends` and its id, or overlays alone, which are
 * laid on the built-in one. An error names the document.
 *
 * Requires:
 * `documents` leads to `n` of them, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_rulebook_parse_documents(const struct leap_document *documents,
                                          size_t n,
                                          struct leap_rulebook **out);

/**
 * Its id, such as "leap-en". Lives as long as the rulebook, as do the next two.
 *
 * Requires:
 * `rulebook` is one that was not freed, `out` leads to room for a leap_str.
 */
LEAP_API leap_status leap_rulebook_id(const struct leap_rulebook *rulebook, struct leap_str *out);

/**
 * Its own version.
 *
 * Requires:
 * As leap_rulebook_id.
 */
LEAP_API leap_status leap_rulebook_version(const struct leap_rulebook *rulebook, struct leap_str *out);

/**
 * SHA-256 of the rulebook in canonical form, in hexadecimal. Comments and layout do not matter.
 *
 * Requires:
 * As leap_rulebook_id.
 */
LEAP_API leap_status leap_rulebook_fingerprint(const struct leap_rulebook *rulebook, struct leap_str *out);

/**
 * Frees a rulebook. NULL is ignored.
 *
 * Requires:
 * `rulebook` is NULL or one that was not freed.
 */
LEAP_API void leap_rulebook_free(struct leap_rulebook *rulebook);

/**
 * Scores a voice call of which nothing but its turns is known. leap_score_calls takes more; so does a session.
 *
 * Requires:
 * `turns` leads to `n` turns whose pointers and lengths are what they say to be, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_score_call(const struct leap_rulebook *rulebook,
                            const struct leap_turn *turns,
                            size_t n,
                            struct leap_report **out);

/**
 * Scores one call in native JSON. An error has line, column and path in it.
 *
 * Requires:
 * `json` leads to `len` bytes, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_score_json(const struct leap_rulebook *rulebook,
                            const char *json,
                            size_t len,
                            struct leap_report **out);

/**
 * The whole report as JSON, byte for byte what every other face of the library gives. Ended by a NUL. Written at the first call.
 *
 * Requires:
 * `report` is one that was not freed, `out` leads to room for a leap_str; likewise below.
 */
LEAP_API
leap_status leap_report_json(const struct leap_report *report,
                             struct leap_str *out);

/**
 * The call's score: the weighted mean of the pillars that apply.
 *
 * Requires:
 * As leap_report_json.
 */
LEAP_API leap_status leap_report_overall(const struct leap_report *report, struct leap_score *out);

/**
 * The score of a pillar, LEAP_PILLAR_*.
 *
 * Requires:
 * As leap_report_json.
 */
LEAP_API
leap_status leap_report_pillar(const struct leap_report *report,
                               uint32_t pillar,
                               struct leap_score *out);

/**
 * The state of a QA line, LEAP_CHECKPOINT_*.
 *
 * Requires:
 * As leap_report_json.
 */
LEAP_API
leap_status leap_report_checkpoint(const struct leap_report *report,
                                   uint32_t checkpoint,
                                   struct leap_checkpoint *out);

/**
 * How many don'ts and pieces of advice there are.
 *
 * Requires:
 * As leap_report_json.
 */
LEAP_API leap_status leap_report_finding_count(const struct leap_report *report, size_t *out);

/**
 * The finding at an index, in order of turn.
 *
 * Requires:
 * As leap_report_json.
 */
LEAP_API
leap_status leap_report_finding(const struct leap_report *report,
                                size_t index,
                                struct leap_finding *out);

/**
 * Frees a report. NULL is ignored.
 *
 * Requires:
 * `report` is NULL or one that was not freed and is no batch's.
 */
LEAP_API void leap_report_free(struct leap_report *report);

/**
 * Scores many calls, one after the other on the calling thread. A call that is wrong loses no other: its error waits in the batch.
 *
 * Requires:
 * `calls` leads to `n` calls whose pointers and lengths are what they say to be, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_score_calls(const struct leap_rulebook *rulebook,
                             const struct leap_call *calls,
                             size_t n,
                             struct leap_batch **out);

/**
 * How many calls it is of.
 *
 * Requires:
 * `batch` is one that was not freed, `out` leads to room for the result; likewise below.
 */
LEAP_API leap_status leap_batch_count(const struct leap_batch *batch, size_t *out);

/**
 * The report of the call at an index; if that call was wrong, its error. The report is the batch's: it is not freed on its own.
 *
 * Requires:
 * As leap_batch_count.
 */
LEAP_API
leap_status leap_batch_report(const struct leap_batch *batch,
                              size_t index,
                              const struct leap_report **out);

/**
 * Frees a batch and its reports. NULL is ignored.
 *
 * Requires:
 * `batch` is NULL or one that was not freed.
 */
LEAP_API void leap_batch_free(struct leap_batch *batch);

/**
 * A session of a call that begins. It keeps what it needs of the rulebook.
 *
 * Requires:
 * `rulebook` is one that was not freed, `info` leads to one whose pointers and lengths are what they say to be, `out` to room for a pointer.
 */
LEAP_API
leap_status leap_session_new(const struct leap_rulebook *rulebook,
                             const struct leap_call_info *info,
                             struct leap_session **out);

/**
 * A session that keeps between `turns` and twice as many of the last turns, for calls without end. Once turns are forgotten its reports say
 * "truncated".
 *
 * Requires:
 * As leap_session_new.
 */
LEAP_API
leap_status leap_session_new_windowed(const struct leap_rulebook *rulebook,
                                      const struct leap_call_info *info,
                                      size_t turns,
                                      struct leap_session **out);

/**
 * Takes a final turn; closes the open partial of its role. `n_nudges` is how many nudges wait now. A turn that is wrong leaves the session as it was.
 *
 * Requires:
 * `session` is one that was not freed, `turn` leads to one whose pointers and lengths are what they say to be, `n_nudges` to room for the result.
 */
LEAP_API
leap_status leap_session_push(struct leap_session *session,
                              const struct leap_turn *turn,
                              size_t *n_nudges);

/**
 * Sets or replaces the open partial of the turn's role: what speech recognition has heard so far. It moves no score. Agent and customer each
 * may have one open.
 *
 * Requires:
 * As leap_session_push.
 */
LEAP_API
leap_status leap_session_update(struct leap_session *session,
                                const struct leap_turn *turn,
                                size_t *n_nudges);

/**
 * Takes the nudge that has waited longest. Its kind is LEAP_NUDGE_NONE if none waits. At most 64 wait, the newest ones. Also after
 * leap_session_finish.
 *
 * Requires:
 * `session` is one that was not freed, `out` leads to room for the result; likewise below.
 */
LEAP_API
leap_status leap_session_next_nudge(struct leap_session *session,
                                    struct leap_nudge *out);

/**
 * The moves that were begun and may still be completed, as a JSON array of {"move":ID,"turn":N,"next":[CUE...]}, any of the cues being the next
 * step. Lives until the next call on the session. Ended by a NUL.
 *
 * Requires:
 * As leap_session_next_nudge.
 */
LEAP_API
leap_status leap_session_pending_json(struct leap_session *session,
                                      struct leap_str *out);

/**
 * How the call stands by its final turns: "complete" is false, and no absence is charged that could still be mended.
 *
 * Requires:
 * As leap_session_next_nudge.
 */
LEAP_API
leap_status leap_session_report(struct leap_session *session,
                                struct leap_report **out);

/**
 * Closes the call and gives its report: the one that leap_score_calls gives for the turns pushed. The session then answers to nothing but
 * leap_session_next_nudge and leap_session_free.
 *
 * Requires:
 * As leap_session_next_nudge.
 */
LEAP_API
leap_status leap_session_finish(struct leap_session *session,
                                struct leap_report **out);

/**
 * Bytes that the session holds; the rulebook is shared and not counted.
 *
 * Requires:
 * As leap_session_next_nudge.
 */
LEAP_API leap_status leap_session_memory_bytes(struct leap_session *session, size_t *out);

/**
 * Frees a session, finished or not. NULL is ignored.
 *
 * Requires:
 * `session` is NULL or one that was not freed and that no other thread uses.
 */
LEAP_API void leap_session_free(struct leap_session *session);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LEAPSCORE_H */
