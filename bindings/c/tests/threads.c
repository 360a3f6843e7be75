/* Eight threads share one rulebook for a while: one-shot calls, sessions and reports, every result the same.
 *
 *     threads [SECONDS] [CALL.json...]
 */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 8
#define MOST_CALLS 16

static leap_rulebook *rulebook = NULL;
static double seconds;
static size_t n_calls = 0;
static char *calls[MOST_CALLS];
static size_t lengths[MOST_CALLS];
/* What each call's report must be, from one thread. Read by all. */
static leap_report *expected[MOST_CALLS];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    CHECK(file != NULL && text != NULL);
    *length = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static int same(const leap_report *a, const leap_report *b) {
    leap_str x, y;
    return leap_report_json(a, &x) == LEAP_OK && leap_report_json(b, &y) == LEAP_OK && x.len == y.len &&
           memcmp(x.data, y.data, x.len) == 0;
}

/* A live call on each thread: nudges and reports must be alike too. */
static int live(leap_report **out) {
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_session *session = NULL;
    leap_nudge nudge;
    size_t waiting = 0, i;
    for (i = 0; i < 12; i++) {
        leap_turn turn = i % 2 == 0 ? turn_of(LEAP_ROLE_CUSTOMER, "I lost my job and I am so scared, I want a supervisor")
                                    : turn_of(LEAP_ROLE_AGENT, "That sounds frightening. What happened?");
        if (i == 0 && leap_session_new(rulebook, &info, &session) != LEAP_OK) {
            return 0;
        }
        if (leap_session_update(session, &turn, &waiting) != LEAP_OK || leap_session_push(session, &turn, &waiting) != LEAP_OK) {
            return 0;
        }
        do {
            if (leap_session_next_nudge(session, &nudge) != LEAP_OK) {
                return 0;
            }
        } while (nudge.kind != LEAP_NUDGE_NONE);
    }
    i = leap_session_finish(session, out) == LEAP_OK;
    leap_session_free(session);
    return (int)i;
}

static leap_report *expected_live;

static void *work(void *count) {
    double end = now() + seconds;
    size_t done = 0;
    while (now() < end) {
        size_t at = done % n_calls;
        leap_report *report = NULL;
        leap_error error;
        if (leap_score_json(rulebook, calls[at], lengths[at], &report) != LEAP_OK || !same(report, expected[at])) {
            return "a report differs";
        }
        leap_report_free(report);
        report = NULL;
        if (leap_score_json(rulebook, calls[at], lengths[at] / 2, &report) == LEAP_OK || leap_last_error(&error) != LEAP_OK ||
            error.status != LEAP_ERROR_INVALID_JSON) {
            return "half a call was scored, or the error is another thread's";
        }
        if (!live(&report) || !same(report, expected_live)) {
            return "a live report differs";
        }
        leap_report_free(report);
        done++;
    }
    *(size_t *)count = done;
    return NULL;
}

/* A child may go on with the library if no other thread was inside a call. */
static void in_a_child(void) {
    int status = -1;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        leap_report *report = NULL;
        _exit(leap_score_json(rulebook, calls[0], lengths[0], &report) == LEAP_OK && same(report, expected[0]) ? 0 : 1);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv) {
    pthread_t threads[THREADS];
    size_t counts[THREADS], total = 0, i;
    CHECK(argc > 2 && argc - 2 <= MOST_CALLS);
    seconds = atof(argv[1]);
    CHECK_OK(leap_rulebook_builtin(&rulebook));
    for (i = 2; i < (size_t)argc; i++, n_calls++) {
        calls[n_calls] = read_file(argv[i], &lengths[n_calls]);
        CHECK_OK(leap_score_json(rulebook, calls[n_calls], lengths[n_calls], &expected[n_calls]));
    }
    CHECK(live(&expected_live));
    in_a_child();
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &counts[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        void *failure;
        CHECK(pthread_join(threads[i], &failure) == 0);
        if (failure != NULL) {
            fprintf(stderr, "thread %u: %s\n", (unsigned)i, (const char *)failure);
            return 1;
        }
        CHECK(counts[i] > 0);
        total += counts[i];
    }
    in_a_child();
    printf("%u threads, %.0f s: %lu rounds of two calls and an error, all alike\n", THREADS, seconds, (unsigned long)total);
    for (i = 0; i < n_calls; i++) {
        leap_report_free(expected[i]);
        free(calls[i]);
    }
    leap_report_free(expected_live);
    leap_rulebook_free(rulebook);
    DONE();
}
