/* What the tests share. */
#ifndef CHECK_H
#define CHECK_H

#include <leapscore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks_done = 0;

/* Fails the test with the place, and what the library said last. */
#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        checks_done++;                                                                                       \
        if (!(condition)) {                                                                                  \
            leap_error last_;                                                                                \
            leap_last_error(&last_);                                                                         \
            fprintf(stderr, "%s:%d: %s\n  last error: %s\n", __FILE__, __LINE__, #condition, last_.message.data); \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

#define CHECK_STATUS(status, call) CHECK((call) == (status))
#define CHECK_OK(call) CHECK_STATUS(LEAP_OK, call)

static inline leap_str str(const char *text) {
    leap_str result;
    result.data = text;
    result.len = strlen(text);
    return result;
}

static inline leap_turn turn_of(uint32_t role, const char *text) {
    leap_turn turn = LEAP_TURN_INIT;
    turn.role = role;
    turn.text = str(text);
    return turn;
}

static inline int starts_with(leap_str text, const char *start) {
    return text.len >= strlen(start) && memcmp(text.data, start, strlen(start)) == 0;
}

#define DONE()                                                                                               \
    do {                                                                                                     \
        printf("%s: %d checks passed\n", __FILE__, checks_done);                                            \
        return 0;                                                                                            \
    } while (0)

#endif
