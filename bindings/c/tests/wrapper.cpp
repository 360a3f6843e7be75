// The C++ wrapper: what it gives, what it throws, and that it owns what it holds.
#include <cstdlib>
#include <iostream>
#include <leapscore.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace {

int checks = 0;

void check(bool condition, const char *what, int line) {
    checks++;
    if (!condition) {
        std::cerr << __FILE__ << ":" << line << ": " << what << "\n";
        std::exit(1);
    }
}

#define CHECK(condition) check((condition), #condition, __LINE__)

template <typename F> leapscore::Error error_of(F work) {
    try {
        work();
    } catch (const leapscore::Error &error) {
        return error;
    }
    std::cerr << __FILE__ << ": nothing was thrown\n";
    std::exit(1);
}

using leapscore::Role;

const std::vector<leapscore::Turn> hard_call{{Role::customer, "I lost my job and I can't pay this"},
                                             {Role::agent, "That sounds frightening. What happened with the job?"}};

void handles() {
    static_assert(!std::is_copy_constructible_v<leapscore::Rulebook> && std::is_nothrow_move_constructible_v<leapscore::Rulebook>);
    static_assert(!std::is_copy_constructible_v<leapscore::Session> && std::is_nothrow_move_constructible_v<leapscore::Session>);
    static_assert(!std::is_copy_constructible_v<leapscore::Report> && std::is_nothrow_move_constructible_v<leapscore::Report>);
    auto rulebook = leapscore::Rulebook::builtin();
    auto moved = std::move(rulebook);
    CHECK(moved.id() == "leap-en" && moved.fingerprint().size() == 64 && !moved.version().empty());
    auto report = leapscore::score_call(moved, hard_call);
    auto other = std::move(report);
    CHECK(other.overall().has_value() && other.json().front() == '{');
    // What was moved from answers with an error.
    CHECK(error_of([&] { rulebook.id(); }).status() == LEAP_ERROR_NULL_POINTER);
    CHECK(error_of([&] { report.overall(); }).status() == LEAP_ERROR_NULL_POINTER);
    report = std::move(other);
    CHECK(report.overall().has_value());
    CHECK(error_of([&] { other.json(); }).status() == LEAP_ERROR_NULL_POINTER);
}

void reports() {
    const auto rulebook = leapscore::Rulebook::builtin();
    const auto report = leapscore::score_call(rulebook, hard_call);
    CHECK(report.pillar(leapscore::Pillar::empathize) > 50);
    CHECK(report.checkpoint(leapscore::Checkpoint::paused_to_listen) == leapscore::State::met);
    CHECK(!leapscore::score_call(rulebook, {}).overall());
    CHECK(!leapscore::score_call(rulebook, {{Role::agent, std::string_view()}}).overall());
    const auto rude = leapscore::score_call(rulebook, {hard_call[0], {Role::agent, "How soon can you pay the balance?"}});
    CHECK(rude.findings().at(0).rule == "listen.straight_to_business" && rude.findings().at(0).turn == 1);
    const auto json = leapscore::score_json(
        rulebook, R"({"turns":[{"role":"customer","text":"I lost my job and I can't pay this"},
                               {"role":"agent","text":"That sounds frightening. What happened with the job?"}]})");
    CHECK(json.json() == report.json());
}

void errors() {
    const auto rulebook = leapscore::Rulebook::builtin();
    const auto json = error_of([&] { leapscore::score_json(rulebook, "{\"turns\":[\n{\"role\":\"robot\",\"text\":\"\"}]}"); });
    CHECK(json.status() == LEAP_ERROR_UNKNOWN_ROLE && json.line() == 2 && json.path() == "turns[0]");
    CHECK(std::string(json.what()).find("known roles are") != std::string::npos);
    CHECK(error_of([&] { leapscore::score_json(rulebook, {}); }).status() == LEAP_ERROR_INVALID_JSON);
    const auto toml = error_of([&] { leapscore::Rulebook::parse({{"own.toml", "extends = \"leap-en\"\nx = 1"}}); });
    CHECK(toml.status() == LEAP_ERROR_RULEBOOK_SYNTAX && toml.line() == 2);
    CHECK(std::string(toml.what()).find("own.toml:2") == 0);
    const leapscore::Turn backwards{Role::agent, "Hello", 5, 4};
    CHECK(error_of([&] { leapscore::score_call(rulebook, {backwards}); }).status() == LEAP_ERROR_INVALID_TIME);
}

void sessions() {
    const auto rulebook = leapscore::Rulebook::builtin();
    leapscore::CallInfo info;
    info.id = "c-1";
    info.meta_json = R"({"queue":"late"})";
    info.scripts = {"This call may be recorded for quality and training purposes."};
    leapscore::Session session(rulebook, info);
    CHECK(session.update({Role::customer, "My husband died in May"}) == 1);
    const auto nudge = session.next_nudge();
    CHECK(nudge && nudge->kind == LEAP_NUDGE_DIFFICULT && nudge->id == "take_a_beat" && nudge->turn == 0);
    CHECK(!session.next_nudge());
    session.push(hard_call[0]);
    session.push({Role::agent, "That sounds so hard.", 6000, 8000, {{"That", 6000, 6300}, {"sounds", 6300, 7000}}, "a-9"});
    CHECK(session.pending_json().find("empathize_then_clarify") != std::string::npos);
    CHECK(session.memory_bytes() > 500);
    CHECK(session.report().json().find("\"complete\":false") != std::string_view::npos);
    const auto report = session.finish();
    CHECK(report.json().find("\"call_id\":\"c-1\"") != std::string_view::npos);
    CHECK(report.json().find("\"queue\":\"late\"") != std::string_view::npos);
    CHECK(error_of([&] { session.push(hard_call[0]); }).status() == LEAP_ERROR_FINISHED);
    auto endless = leapscore::Session::windowed(rulebook, 2);
    for (int i = 0; i < 20; i++) {
        endless.push(hard_call[0]);
        endless.push(hard_call[1]);
    }
    CHECK(endless.finish().json().find("\"truncated\":true") != std::string_view::npos);
}

void batches() {
    const auto rulebook = leapscore::Rulebook::builtin();
    leapscore::CallInfo info;
    info.id = "the second";
    leapscore::CallInfo wrong;
    wrong.meta_json = "[";
    const leapscore::Batch batch(rulebook, {{{}, hard_call}, {info, hard_call}, {wrong, hard_call}, {{}, {}}});
    CHECK(batch.size() == 4);
    CHECK(batch.report(0).json() == leapscore::score_call(rulebook, hard_call).json());
    CHECK(batch.report(1).json().find("the second") != std::string_view::npos);
    CHECK(error_of([&] { batch.report(2); }).path() == "calls[2].info.meta_json");
    CHECK(!batch.report(3).overall());
}

} // namespace

int main() {
    handles();
    reports();
    errors();
    sessions();
    batches();
    std::cout << __FILE__ << ": " << checks << " checks passed, library " << leapscore::version() << "\n";
    return 0;
}
