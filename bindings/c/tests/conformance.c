/* The conformance vectors, run through the C interface. JSON is read with Jansson, which the library itself does not need.
 *
 *     conformance RULEBOOK.toml VECTORS.json...
 */
#include "check.h"
#include <jansson.h>

#define MOST_DOCUMENTS 8

static size_t n_reports = 0, n_errors = 0;

static leap_str text_of(const json_t *value) {
    leap_str text;
    text.data = json_string_value(value);
    text.len = json_string_length(value);
    return text;
}

static leap_str file_text(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    leap_str result;
    CHECK(file != NULL && text != NULL);
    result.data = text;
    result.len = fread(text, 1, 1 << 20, file);
    fclose(file);
    return result;
}

/* The bytes of the input, to be freed. */
static char *input_of(const json_t *vector, size_t *length) {
    const json_t *call = json_object_get(vector, "call"), *input = json_object_get(vector, "input"),
                 *hex = json_object_get(vector, "input_hex");
    char *bytes;
    size_t i;
    if (call != NULL) {
        bytes = json_dumps(call, JSON_COMPACT | JSON_PRESERVE_ORDER);
        CHECK(bytes != NULL);
        *length = strlen(bytes);
        return bytes;
    }
    *length = input != NULL ? json_string_length(input) : json_string_length(hex) / 2;
    bytes = malloc(*length + 1);
    CHECK(bytes != NULL);
    if (input != NULL) {
        memcpy(bytes, json_string_value(input), *length);
        return bytes;
    }
    CHECK(hex != NULL);
    for (i = 0; i < *length; i++) {
        unsigned byte;
        CHECK(sscanf(json_string_value(hex) + 2 * i, "%2x", &byte) == 1);
        bytes[i] = (char)byte;
    }
    return bytes;
}

static leap_status run(leap_str pinned, const json_t *vector, leap_report **report) {
    leap_document documents[MOST_DOCUMENTS];
    leap_rulebook *rulebook = NULL;
    const json_t *document;
    size_t index, n = 1, length;
    leap_status status;
    documents[0].name = str("rulebook.toml");
    documents[0].text = pinned;
    json_array_foreach(json_object_get(vector, "documents"), index, document) {
        CHECK(n < MOST_DOCUMENTS);
        documents[n].name = text_of(json_object_get(document, "name"));
        documents[n].text = text_of(json_object_get(document, "text"));
        n++;
    }
    status = leap_rulebook_parse_documents(documents, n, &rulebook);
    if (status == LEAP_OK) {
        char *input = input_of(vector, &length);
        status = leap_score_json(rulebook, input, length, report);
        free(input);
        leap_rulebook_free(rulebook);
    }
    return status;
}

static int is(const json_t *wanted, leap_str text) {
    return json_is_string(wanted) && json_string_length(wanted) == text.len &&
           memcmp(json_string_value(wanted), text.data, text.len) == 0;
}

static void check_vector(leap_str pinned, const json_t *vector) {
    const json_t *wanted = json_object_get(vector, "report"), *wrong = json_object_get(vector, "error");
    leap_report *report = NULL;
    leap_status status = run(pinned, vector, &report);
    leap_str json;
    leap_error error;
    CHECK((wanted == NULL) != (wrong == NULL));
    if (wanted != NULL) {
        CHECK(status == LEAP_OK);
        CHECK_OK(leap_report_json(report, &json));
        CHECK(is(wanted, json));
        leap_report_free(report);
        n_reports++;
        return;
    }
    CHECK(status != LEAP_OK && report == NULL);
    CHECK_OK(leap_last_error(&error));
    CHECK(status == error.status && status == json_integer_value(json_object_get(wrong, "code")));
    CHECK((json_int_t)error.line == json_integer_value(json_object_get(wrong, "line")));
    CHECK((json_int_t)error.column == json_integer_value(json_object_get(wrong, "column")));
    CHECK(is(json_object_get(wrong, "path"), error.path));
    CHECK(is(json_object_get(wrong, "message"), error.message));
    n_errors++;
}

int main(int argc, char **argv) {
    leap_str pinned;
    int file;
    CHECK(argc > 2);
    pinned = file_text(argv[1]);
    for (file = 2; file < argc; file++) {
        json_error_t why;
        json_t *vectors = json_load_file(argv[file], JSON_ALLOW_NUL, &why);
        const json_t *vector;
        size_t index;
        if (vectors == NULL) {
            fprintf(stderr, "%s:%d: %s\n", argv[file], why.line, why.text);
            return 1;
        }
        json_array_foreach(json_object_get(vectors, "cases"), index, vector) {
            printf("%s: %s\n", argv[file], json_string_value(json_object_get(vector, "name")));
            check_vector(pinned, vector);
        }
        json_decref(vectors);
    }
    printf("%lu reports and %lu errors, byte for byte\n", (unsigned long)n_reports, (unsigned long)n_errors);
    CHECK(n_reports >= 28 && n_errors >= 30);
    free((char *)pinned.data);
    DONE();
}
