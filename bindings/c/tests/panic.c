/* A fault inside the library, forced: built with the feature `forced-panic`, it panics at one text. The host lives on, standard error
 * stays empty, and only the session that it happened to is lost. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <unistd.h>

int main(void) {
    leap_rulebook *rulebook = NULL;
    leap_call_info info = LEAP_CALL_INFO_INIT;
    leap_session *session = NULL, *other = NULL;
    leap_report *report = NULL;
    leap_turn fine = turn_of(LEAP_ROLE_AGENT, "Hello"), fatal = turn_of(LEAP_ROLE_AGENT, "leapscore: panic");
    leap_error error;
    size_t waiting;
    FILE *silence = tmpfile();
    int before = dup(2);
    long written;

    CHECK(silence != NULL && before >= 0);
    CHECK_OK(leap_rulebook_builtin(&rulebook));
    CHECK_OK(leap_session_new(rulebook, &info, &session));
    CHECK_OK(leap_session_new(rulebook, &info, &other));
    CHECK_OK(leap_session_push(session, &fine, &waiting));

    CHECK(dup2(fileno(silence), 2) == 2);
    leap_status one_shot = leap_score_call(rulebook, &fatal, 1, &report);
    leap_status live = leap_session_push(session, &fatal, &waiting);
    fflush(stderr);
    CHECK(dup2(before, 2) == 2);
    fseek(silence, 0, SEEK_END);
    written = ftell(silence);

    CHECK(one_shot == LEAP_ERROR_INTERNAL && live == LEAP_ERROR_INTERNAL && report == NULL);
    CHECK(written == 0);
    CHECK_OK(leap_last_error(&error));
    CHECK(strstr(error.message.data, "as the test asked for") != NULL);

    CHECK_STATUS(LEAP_ERROR_INTERNAL, leap_session_push(session, &fine, &waiting));
    CHECK_STATUS(LEAP_ERROR_INTERNAL, leap_session_finish(session, &report));
    CHECK(report == NULL);
    leap_session_free(session);
    CHECK_OK(leap_session_push(other, &fine, &waiting));
    CHECK_OK(leap_session_finish(other, &report));
    leap_report_free(report);
    leap_session_free(other);
    CHECK_OK(leap_score_call(rulebook, &fine, 1, &report));
    leap_report_free(report);
    leap_rulebook_free(rulebook);
    fclose(silence);
    close(before);
    DONE();
}
