/* What the boundary costs, for `cargo xtask boundary`: nanoseconds of one-shot JSON calls and of pushes, the fastest of several rounds.
 *
 *     boundary ROUNDS CALL.tsv...
 *
 * A .tsv is a call for the pushes: role, start and end in milliseconds, text; and beside it lies the same call as .json.
 */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <time.h>

#define MOST 64
#define MOST_TURNS 200

struct call {
    char *json;
    size_t length;
    leap_turn turns[MOST_TURNS];
    size_t n_turns;
};

static struct call calls[MOST];
static size_t n_calls = 0;

static double now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    CHECK(file != NULL && text != NULL);
    *length = fread(text, 1, (1 << 20) - 1, file);
    text[*length] = 0;
    fclose(file);
    return text;
}

static void read_call(const char *path) {
    struct call *call = &calls[n_calls++];
    char json[4096], *line;
    size_t length;
    snprintf(json, sizeof json, "%.*s.json", (int)(strlen(path) - 4), path);
    call->json = read_file(json, &call->length);
    for (line = strtok(read_file(path, &length), "\n"); line != NULL; line = strtok(NULL, "\n")) {
        leap_turn *turn = &call->turns[call->n_turns++];
        char *end;
        CHECK(call->n_turns <= MOST_TURNS);
        *turn = turn_of((uint32_t)strtoul(line, &end, 10), "");
        turn->start_ms = strtol(end + 1, &end, 10);
        turn->end_ms = strtol(end + 1, &end, 10);
        turn->text = str(end + 1);
    }
}

int main(int argc, char **argv) {
    leap_rulebook *rulebook = NULL;
    leap_call_info info = LEAP_CALL_INFO_INIT;
    double one_shot = 1e18, push = 1e18;
    size_t round, i, at, waiting, pushes = 0;
    CHECK(argc > 2 && argc - 2 <= MOST);
    for (i = 2; i < (size_t)argc; i++) {
        read_call(argv[i]);
    }
    CHECK_OK(leap_rulebook_builtin(&rulebook));
    for (round = 0; round < (size_t)atoi(argv[1]); round++) {
        double start = now_ns(), spent;
        for (i = 0; i < n_calls; i++) {
            leap_report *report;
            leap_str json;
            CHECK_OK(leap_score_json(rulebook, calls[i].json, calls[i].length, &report));
            CHECK_OK(leap_report_json(report, &json));
            leap_report_free(report);
        }
        spent = (now_ns() - start) / (double)n_calls;
        one_shot = spent < one_shot ? spent : one_shot;
        pushes = 0;
        start = now_ns();
        for (i = 0; i < n_calls; i++) {
            leap_session *session;
            leap_nudge nudge;
            CHECK_OK(leap_session_new(rulebook, &info, &session));
            for (at = 0; at < calls[i].n_turns; at++, pushes++) {
                CHECK_OK(leap_session_push(session, &calls[i].turns[at], &waiting));
                for (; waiting > 0; waiting--) {
                    CHECK_OK(leap_session_next_nudge(session, &nudge));
                }
            }
            leap_session_free(session);
        }
        spent = (now_ns() - start) / (double)pushes;
        push = spent < push ? spent : push;
    }
    printf("%.0f %.0f\n", one_shot, push);
    leap_rulebook_free(rulebook);
    return 0;
}
