/* Microseconds from dlopen to the first report, for `cargo xtask boundary`.
 *
 *     startup LIBRARY
 */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <leapscore.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec * 1e-3;
}

/* POSIX says that this works where ISO C has no word for it. */
static void *function(void *library, const char *name, void *pointer) {
    void *found = dlsym(library, name);
    memcpy(pointer, &found, sizeof found);
    return found;
}

int main(int argc, char **argv) {
    static const char json[] = "{\"turns\":[{\"role\":\"customer\",\"text\":\"I lost my job\"},{\"role\":\"agent\",\"text\":\"What happened?\"}]}";
    leap_status (*builtin)(leap_rulebook **);
    leap_status (*score)(const leap_rulebook *, const char *, size_t, leap_report **);
    leap_status (*to_json)(const leap_report *, leap_str *);
    leap_rulebook *rulebook = NULL;
    leap_report *report = NULL;
    leap_str text;
    double start = now_us();
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
    if (library == NULL || !function(library, "leap_rulebook_builtin", &builtin) || !function(library, "leap_score_json", &score) ||
        !function(library, "leap_report_json", &to_json)) {
        fprintf(stderr, "startup: %s\n", dlerror());
        return 1;
    }
    if (builtin(&rulebook) != LEAP_OK || score(rulebook, json, sizeof json - 1, &report) != LEAP_OK || to_json(report, &text) != LEAP_OK) {
        return 1;
    }
    printf("%.0f\n", now_us() - start);
    return 0;
}
