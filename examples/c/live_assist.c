/* A simulated dialer: feeds partial and final turns of a call to a session as they would come, and shows the nudges.
 *
 *     live_assist [SPEED]
 *
 * SPEED is how many times faster than life, 20 by default.
 */
#define _POSIX_C_SOURCE 199309L
#include <leapscore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct heard {
    int64_t at_ms;
    int final;
    uint32_t role;
    int64_t start_ms;
    const char *text;
};

/* What speech recognition says, in the order in which it says it. Two channels: both may have a partial open. */
static const struct heard stream[] = {
    {900, 0, LEAP_ROLE_AGENT, 400, "Thank you for calling, how"},
    {1900, 1, LEAP_ROLE_AGENT, 400, "Thank you for calling, how can I help?"},
    {3600, 0, LEAP_ROLE_CUSTOMER, 2600, "My husband died in May and"},
    {5200, 0, LEAP_ROLE_CUSTOMER, 2600, "My husband died in May and I'm behind on everything"},
    {7400, 1, LEAP_ROLE_CUSTOMER, 2600, "My husband died in May and I'm behind on everything. I just can't pay this."},
    {8300, 0, LEAP_ROLE_AGENT, 7900, "I'm so sorry"},
    {11800, 1, LEAP_ROLE_AGENT, 7900, "I'm so sorry, that sounds like an awful lot to carry on your own. What happened with the payments?"},
    {16900, 1, LEAP_ROLE_CUSTOMER, 13600, "He did all of it. I want to speak to a supervisor, this is the third time I explain it."},
    {21500, 1, LEAP_ROLE_AGENT, 18700,
     "You have had to explain this far too often. We could move the date by ten days, or split the balance in two."},
    {25200, 1, LEAP_ROLE_CUSTOMER, 23200, "A supervisor, please. I asked you already."},
    {30800, 1, LEAP_ROLE_AGENT, 26900,
     "I can put you through right away, or we finish it here together in two minutes. Which would you rather have?"},
    {33300, 1, LEAP_ROLE_CUSTOMER, 32300, "Splitting it would help. Thank you."},
};

static void fail(const char *what) {
    leap_error error;
    leap_last_error(&error);
    fprintf(stderr, "%s: %s (%s)\n", what, error.message.data, leap_status_name(error.status));
    exit(1);
}

static void sleep_ms(double ms) {
    struct timespec span;
    span.tv_sec = (time_t)(ms / 1000);
    span.tv_nsec = (long)((ms - 1000.0 * (double)span.tv_sec) * 1e6);
    nanosleep(&span, NULL);
}

/* A GUI would copy the texts and show them on its own thread. */
static void show_nudges(leap_session *session) {
    for (;;) {
        leap_nudge nudge;
        if (leap_session_next_nudge(session, &nudge) != LEAP_OK) {
            fail("nudges");
        }
        if (nudge.kind == LEAP_NUDGE_NONE) {
            return;
        }
        printf("        >> %.*s (%.*s, turn %u)\n", (int)nudge.text.len, nudge.text.data, (int)nudge.id.len, nudge.id.data, nudge.turn);
    }
}

int main(int argc, char **argv) {
    double speed = argc > 1 ? atof(argv[1]) : 20;
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_rulebook *rulebook = NULL;
    leap_session *session = NULL;
    leap_report *report = NULL;
    leap_score score;
    int64_t now = 0;
    size_t i;

    if (speed <= 0) {
        fprintf(stderr, "SPEED is above 0\n");
        return 2;
    }
    info.id.data = "simulated-1";
    info.id.len = strlen(info.id.data);
    if (leap_rulebook_builtin(&rulebook) != LEAP_OK || leap_session_new(rulebook, &info, &session) != LEAP_OK) {
        fail("the session");
    }
    for (i = 0; i < sizeof stream / sizeof *stream; i++) {
        const struct heard *heard = &stream[i];
        leap_turn turn = LEAP_TURN_INIT;
        size_t waiting;
        sleep_ms((double)(heard->at_ms - now) / speed);
        now = heard->at_ms;
        turn.role = heard->role;
        turn.text.data = heard->text;
        turn.text.len = strlen(heard->text);
        turn.start_ms = heard->start_ms;
        turn.end_ms = now;
        printf("%6.1f s %s%s %s\n", (double)now / 1000, heard->role == LEAP_ROLE_AGENT ? "agent   " : "customer",
               heard->final ? " " : "~", heard->text);
        if ((heard->final ? leap_session_push(session, &turn, &waiting) : leap_session_update(session, &turn, &waiting)) != LEAP_OK) {
            fail("a turn");
        }
        if (waiting > 0) {
            show_nudges(session);
        }
        fflush(stdout);
    }
    if (leap_session_finish(session, &report) != LEAP_OK || leap_report_overall(report, &score) != LEAP_OK) {
        fail("the report");
    }
    printf("\nthe call scored %d of 100\n", (int)score.score);
    leap_report_free(report);
    leap_session_free(session);
    leap_rulebook_free(rulebook);
    return 0;
}
