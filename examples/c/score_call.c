/* Scores a call given as native JSON, and prints what a QA screen shows of it:
 *
 *     score_call examples/calls/collections_agent_b.json
 *
 * Without a file it scores the two sentences below.
 */
#include <leapscore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
    leap_error error;
    leap_last_error(&error);
    fprintf(stderr, "%s: %s (%s)\n", what, error.message.data, leap_status_name(error.status));
    exit(1);
}

static leap_str str(const char *text) {
    leap_str result;
    result.data = text;
    result.len = strlen(text);
    return result;
}

static leap_report *score_two_sentences(const leap_rulebook *rulebook) {
    leap_turn turns[2] = {LEAP_TURN_INIT, LEAP_TURN_INIT};
    leap_report *report = NULL;
    turns[0].role = LEAP_ROLE_CUSTOMER;
    turns[0].text = str("I lost my job in March and I can't keep up with these payments.");
    turns[1].role = LEAP_ROLE_AGENT;
    turns[1].text = str("That sounds frightening. What changed for you since then?");
    if (leap_score_call(rulebook, turns, 2, &report) != LEAP_OK) {
        fail("scoring");
    }
    return report;
}

static leap_report *score_file(const leap_rulebook *rulebook, const char *path) {
    leap_report *report = NULL;
    FILE *file = fopen(path, "rb");
    size_t size, room = 1 << 20;
    char *json = malloc(room);
    if (file == NULL || json == NULL) {
        perror(path);
        exit(1);
    }
    for (size = 0;;) {
        size_t read = fread(json + size, 1, room - size, file);
        size += read;
        if (read == 0) {
            break;
        }
        if (size == room && (json = realloc(json, room *= 2)) == NULL) {
            perror(path);
            exit(1);
        }
    }
    fclose(file);
    if (leap_score_json(rulebook, json, size, &report) != LEAP_OK) {
        fail(path);
    }
    free(json);
    return report;
}

static void print_score(const char *name, leap_score score) {
    if (score.score == LEAP_SCORE_NONE) {
        printf("%-12s   -\n", name);
    } else {
        printf("%-12s %3d\n", name, (int)score.score);
    }
}

int main(int argc, char **argv) {
    static const char *const pillars[] = {"Listen", "Empathize", "Acknowledge", "Personalize"};
    static const char *const lines[] = {"paused to listen", "acknowledged emotions", "reframed", "offered choice"};
    static const char *const states[] = {"?", "met", "missed", "not applicable", "abstained"};
    leap_rulebook *rulebook = NULL;
    leap_report *report;
    leap_score score;
    size_t i, n;

    if (leap_rulebook_builtin(&rulebook) != LEAP_OK) {
        fail("the rulebook");
    }
    report = argc > 1 ? score_file(rulebook, argv[1]) : score_two_sentences(rulebook);
    /* The report keeps what it needs. */
    leap_rulebook_free(rulebook);

    if (leap_report_overall(report, &score) != LEAP_OK) {
        fail("the score");
    }
    print_score("Overall", score);
    for (i = 0; i < 4; i++) {
        if (leap_report_pillar(report, (uint32_t)i, &score) != LEAP_OK) {
            fail("a pillar");
        }
        print_score(pillars[i], score);
    }
    for (i = 0; i < 4; i++) {
        leap_checkpoint checkpoint;
        if (leap_report_checkpoint(report, (uint32_t)i, &checkpoint) != LEAP_OK) {
            fail("a checkpoint");
        }
        printf("%-24s %s\n", lines[i], states[checkpoint.state]);
    }
    if (leap_report_finding_count(report, &n) != LEAP_OK) {
        fail("the findings");
    }
    for (i = 0; i < n; i++) {
        leap_finding finding;
        if (leap_report_finding(report, i, &finding) != LEAP_OK) {
            fail("a finding");
        }
        printf("turn %u, %.*s: %.*s\n", finding.turn, (int)finding.rule.len, finding.rule.data, (int)finding.message.len,
               finding.message.data);
    }
    leap_report_free(report);
    return 0;
}
