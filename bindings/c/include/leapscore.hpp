/* leapscore for C++17: owning handles over leapscore.h, header only.
 *
 *     leapscore::Rulebook rulebook = leapscore::Rulebook::builtin();
 *     leapscore::Report report = leapscore::score_json(rulebook, json);
 *     std::optional<int> overall = report.overall();
 *
 * Whatever fails throws leapscore::Error. Handles are move-only and free what they own; one that was moved from may only be assigned
 * to or destroyed, and whatever else is asked of it throws. Texts that come out are views that live as long as the handle they came
 * from, unless it is said otherwise. Threads as in leapscore.h: a Rulebook, a Report and a Batch may be used by many at once, a
 * Session by one at a time.
 */
#ifndef LEAPSCORE_HPP
#define LEAPSCORE_HPP

#include "leapscore.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leapscore {

/** What failed: the message of the library, with the place. */
class Error : public std::runtime_error {
  public:
    explicit Error(const leap_error &error)
        : std::runtime_error(std::string(error.message.data, error.message.len)), status_(error.status),
          path_(error.path.data, error.path.len), line_(error.line), column_(error.column) {}

    /** The stable number. */
    leap_status status() const noexcept { return status_; }
    /** The argument, field or value that is wrong; empty if not known. */
    const std::string &path() const noexcept { return path_; }
    /** Line in a JSON or TOML text, from 1; 0 if not known. */
    std::uint64_t line() const noexcept { return line_; }
    /** Column in that line in characters, from 1; 0 if not known. */
    std::uint64_t column() const noexcept { return column_; }

  private:
    leap_status status_;
    std::string path_;
    std::uint64_t line_;
    std::uint64_t column_;
};

namespace detail {

inline void check(leap_status status) {
    if (status != LEAP_OK) {
        leap_error error{};
        leap_last_error(&error);
        error.status = status;
        throw Error(error);
    }
}

/* An empty view may have no data, which the C interface would take for no text. */
inline leap_str str(std::string_view text) noexcept { return leap_str{text.data() == nullptr ? "" : text.data(), text.size()}; }

inline leap_str str(const std::optional<std::string_view> &text) noexcept {
    return text ? str(*text) : leap_str{nullptr, 0};
}

inline std::string_view view(leap_str text) noexcept {
    return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.len);
}

struct Free {
    void operator()(leap_rulebook *handle) const noexcept { leap_rulebook_free(handle); }
    void operator()(leap_report *handle) const noexcept { leap_report_free(handle); }
    void operator()(leap_batch *handle) const noexcept { leap_batch_free(handle); }
    void operator()(leap_session *handle) const noexcept { leap_session_free(handle); }
};

template <typename T> using Handle = std::unique_ptr<T, Free>;

} // namespace detail

enum class Role : std::uint32_t { agent = LEAP_ROLE_AGENT, customer = LEAP_ROLE_CUSTOMER, system = LEAP_ROLE_SYSTEM };

enum class Channel : std::uint32_t { voice = LEAP_CHANNEL_VOICE, chat = LEAP_CHANNEL_CHAT };

enum class Pillar : std::uint32_t {
    listen = LEAP_PILLAR_LISTEN,
    empathize = LEAP_PILLAR_EMPATHIZE,
    acknowledge = LEAP_PILLAR_ACKNOWLEDGE,
    personalize = LEAP_PILLAR_PERSONALIZE
};

enum class Checkpoint : std::uint32_t {
    paused_to_listen = LEAP_CHECKPOINT_PAUSED_TO_LISTEN,
    acknowledged_emotions = LEAP_CHECKPOINT_ACKNOWLEDGED_EMOTIONS,
    reframed = LEAP_CHECKPOINT_REFRAMED,
    offered_choice = LEAP_CHECKPOINT_OFFERED_CHOICE
};

enum class State : std::uint32_t {
    met = LEAP_STATE_MET,
    missed = LEAP_STATE_MISSED,
    not_applicable = LEAP_STATE_NOT_APPLICABLE,
    abstained = LEAP_STATE_ABSTAINED
};

/** A word with its times, in milliseconds from the start of the call. */
struct Word {
    std::string_view text;
    std::int64_t start_ms;
    std::int64_t end_ms;
};

/** A turn. Its texts must outlive the call that takes it. */
struct Turn {
    Role role;
    std::string_view text;
    /** Milliseconds from the start of the call. */
    std::optional<std::int64_t> start_ms{};
    std::optional<std::int64_t> end_ms{};
    std::vector<Word> words{};
    /** The agent of this turn after a transfer. */
    std::optional<std::string_view> agent_id{};
};

/** What is known about a call beside its turns. */
struct CallInfo {
    Channel channel = Channel::voice;
    std::optional<std::string_view> id{};
    std::optional<std::string_view> agent_id{};
    /** RFC 3339 */
    std::optional<std::string_view> started_at{};
    /** BCP 47 */
    std::optional<std::string_view> language{};
    /** Your own keys: a flat JSON object. */
    std::optional<std::string_view> meta_json{};
    /** Texts that the agent is given to read. */
    std::vector<std::string_view> scripts{};
    /** Milliseconds by which the line delays speech, 0 to 400. */
    std::int64_t latency_allowance_ms = 0;
};

/** A whole call. */
struct Call {
    CallInfo info;
    std::vector<Turn> turns;
};

namespace detail {

/* C structs of turns, with what they point to. */
class Turns {
  public:
    explicit Turns(const std::vector<Turn> &turns) {
        turns_.reserve(turns.size());
        words_.reserve(turns.size());
        for (const Turn &turn : turns) {
            add(turn);
        }
    }
    explicit Turns(const Turn &turn) { add(turn); }

    const leap_turn *data() const noexcept { return turns_.data(); }
    std::size_t size() const noexcept { return turns_.size(); }

  private:
    void add(const Turn &turn) {
        std::vector<leap_word> words;
        words.reserve(turn.words.size());
        for (const Word &word : turn.words) {
            words.push_back(leap_word{str(word.text), word.start_ms, word.end_ms});
        }
        words_.push_back(std::move(words));
        leap_turn result = LEAP_TURN_INIT;
        result.role = static_cast<std::uint32_t>(turn.role);
        result.text = str(turn.text);
        result.start_ms = turn.start_ms.value_or(LEAP_NO_TIME);
        result.end_ms = turn.end_ms.value_or(LEAP_NO_TIME);
        result.words = words_.back().data();
        result.n_words = words_.back().size();
        result.agent_id = str(turn.agent_id);
        turns_.push_back(result);
    }

    std::vector<leap_turn> turns_;
    std::vector<std::vector<leap_word>> words_;
};

class Info {
  public:
    explicit Info(const CallInfo &info) {
        scripts_.reserve(info.scripts.size());
        for (std::string_view script : info.scripts) {
            scripts_.push_back(str(script));
        }
        info_.channel = static_cast<std::uint32_t>(info.channel);
        info_.id = str(info.id);
        info_.agent_id = str(info.agent_id);
        info_.started_at = str(info.started_at);
        info_.language = str(info.language);
        info_.meta_json = str(info.meta_json);
        info_.scripts = scripts_.data();
        info_.n_scripts = scripts_.size();
        info_.latency_allowance_ms = info.latency_allowance_ms;
    }

    const leap_call_info *get() const noexcept { return &info_; }

  private:
    leap_call_info info_ = LEAP_CALL_INFO_INIT;
    std::vector<leap_str> scripts_;
};

} // namespace detail

/** Version of the library that is loaded. */
inline std::string_view version() noexcept { return leap_version(); }

/** Phrases, rules, weights and thresholds, compiled. */
class Rulebook {
  public:
    /** The built-in English rulebook. */
    static Rulebook builtin() {
        leap_rulebook *out = nullptr;
        detail::check(leap_rulebook_builtin(&out));
        return Rulebook(out);
    }

    /** From TOML: a whole one, or an overlay of the built-in one. */
    static Rulebook parse(std::string_view toml) {
        leap_rulebook *out = nullptr;
        const leap_str text = detail::str(toml);
        detail::check(leap_rulebook_parse(text.data, text.len, &out));
        return Rulebook(out);
    }

    /** From documents, each with the name that errors are to give it. */
    static Rulebook parse(const std::vector<std::pair<std::string_view, std::string_view>> &documents) {
        std::vector<leap_document> texts;
        texts.reserve(documents.size());
        for (const auto &[name, text] : documents) {
            texts.push_back(leap_document{detail::str(name), detail::str(text)});
        }
        leap_rulebook *out = nullptr;
        detail::check(leap_rulebook_parse_documents(texts.data(), texts.size(), &out));
        return Rulebook(out);
    }

    std::string_view id() const { return text(leap_rulebook_id); }
    std::string_view version() const { return text(leap_rulebook_version); }
    std::string_view fingerprint() const { return text(leap_rulebook_fingerprint); }
    const leap_rulebook *get() const noexcept { return handle_.get(); }

  private:
    explicit Rulebook(leap_rulebook *handle) noexcept : handle_(handle) {}

    std::string_view text(leap_status (*getter)(const leap_rulebook *, leap_str *)) const {
        leap_str out{};
        detail::check(getter(get(), &out));
        return detail::view(out);
    }

    detail::Handle<leap_rulebook> handle_;
};

/** A don't or a piece of advice. Its texts live as long as the report. */
struct Finding {
    bool advice;
    std::uint32_t turn;
    std::string_view rule;
    std::string_view message;
    std::string_view instead;
};

/** What one call scored and why, seen without owning it: a report of a Batch. */
class ReportView {
  public:
    explicit ReportView(const leap_report *report) noexcept : report_(report) {}

    /** The whole report, byte for byte what every other face of the library gives. */
    std::string_view json() const {
        leap_str out{};
        detail::check(leap_report_json(report_, &out));
        return detail::view(out);
    }

    /** 0 to 100; none if no pillar applies. */
    std::optional<int> overall() const {
        leap_score out{};
        detail::check(leap_report_overall(report_, &out));
        return score(out);
    }

    /** 0 to 100; none if the call gave no opportunity or too little to judge. */
    std::optional<int> pillar(Pillar pillar) const {
        leap_score out{};
        detail::check(leap_report_pillar(report_, static_cast<std::uint32_t>(pillar), &out));
        return score(out);
    }

    State checkpoint(Checkpoint checkpoint) const {
        leap_checkpoint out{};
        detail::check(leap_report_checkpoint(report_, static_cast<std::uint32_t>(checkpoint), &out));
        return static_cast<State>(out.state);
    }

    /** In order of turn. */
    std::vector<Finding> findings() const {
        std::size_t count = 0;
        detail::check(leap_report_finding_count(report_, &count));
        std::vector<Finding> findings;
        findings.reserve(count);
        for (std::size_t index = 0; index < count; index++) {
            leap_finding out{};
            detail::check(leap_report_finding(report_, index, &out));
            findings.push_back(Finding{out.kind == LEAP_FINDING_ADVICE, out.turn, detail::view(out.rule),
                                       detail::view(out.message), detail::view(out.instead)});
        }
        return findings;
    }

    const leap_report *get() const noexcept { return report_; }

  protected:
    const leap_report *report_;

  private:
    static std::optional<int> score(leap_score score) {
        return score.score == LEAP_SCORE_NONE ? std::nullopt : std::optional<int>(score.score);
    }
};

/** What one call scored and why. */
class Report : public ReportView {
  public:
    /** Owns `handle` from now on. */
    explicit Report(leap_report *handle) noexcept : ReportView(handle), handle_(handle) {}
    Report(Report &&other) noexcept : ReportView(std::exchange(other.report_, nullptr)), handle_(std::move(other.handle_)) {}
    Report &operator=(Report &&other) noexcept {
        handle_ = std::move(other.handle_);
        report_ = std::exchange(other.report_, nullptr);
        return *this;
    }

  private:
    detail::Handle<leap_report> handle_;
};

/** Scores a voice call of which nothing but its turns is known. */
inline Report score_call(const Rulebook &rulebook, const std::vector<Turn> &turns) {
    const detail::Turns converted(turns);
    leap_report *out = nullptr;
    detail::check(leap_score_call(rulebook.get(), converted.data(), converted.size(), &out));
    return Report(out);
}

/** Scores one call in native JSON. */
inline Report score_json(const Rulebook &rulebook, std::string_view json) {
    const leap_str text = detail::str(json);
    leap_report *out = nullptr;
    detail::check(leap_score_json(rulebook.get(), text.data, text.len, &out));
    return Report(out);
}

/** The reports of many calls, each with its own success. */
class Batch {
  public:
    Batch(const Rulebook &rulebook, const std::vector<Call> &calls) {
        std::vector<detail::Turns> turns;
        std::vector<detail::Info> infos;
        std::vector<leap_call> converted;
        turns.reserve(calls.size());
        infos.reserve(calls.size());
        converted.reserve(calls.size());
        for (const Call &call : calls) {
            turns.emplace_back(call.turns);
            infos.emplace_back(call.info);
            leap_call result = LEAP_CALL_INIT;
            result.info = infos.back().get();
            result.turns = turns.back().data();
            result.n_turns = turns.back().size();
            converted.push_back(result);
        }
        leap_batch *out = nullptr;
        detail::check(leap_score_calls(rulebook.get(), converted.data(), converted.size(), &out));
        handle_.reset(out);
    }

    std::size_t size() const {
        std::size_t out = 0;
        detail::check(leap_batch_count(handle_.get(), &out));
        return out;
    }

    /** The report of the call at `index`, which lives as long as the batch. Throws that call's error if it was wrong. */
    ReportView report(std::size_t index) const {
        const leap_report *out = nullptr;
        detail::check(leap_batch_report(handle_.get(), index, &out));
        return ReportView(out);
    }

  private:
    detail::Handle<leap_batch> handle_;
};

/** What to tell the agent now. */
struct Nudge {
    /** LEAP_NUDGE_* */
    std::uint32_t kind;
    std::uint32_t turn;
    std::string id;
    std::string text;
};

/** A call while it runs. */
class Session {
  public:
    /** The session keeps what it needs of the rulebook. */
    explicit Session(const Rulebook &rulebook, const CallInfo &info = CallInfo()) {
        leap_session *out = nullptr;
        detail::check(leap_session_new(rulebook.get(), detail::Info(info).get(), &out));
        handle_.reset(out);
    }

    /** One that keeps between `turns` and twice as many of the last turns. */
    static Session windowed(const Rulebook &rulebook, std::size_t turns, const CallInfo &info = CallInfo()) {
        leap_session *out = nullptr;
        detail::check(leap_session_new_windowed(rulebook.get(), detail::Info(info).get(), turns, &out));
        return Session(out);
    }

    /** Takes a final turn. Gives how many nudges wait. */
    std::size_t push(const Turn &turn) { return take(turn, leap_session_push); }

    /** Sets or replaces the open partial of the turn's role. Gives how many nudges wait. */
    std::size_t update(const Turn &turn) { return take(turn, leap_session_update); }

    /** Takes the nudge that has waited longest. */
    std::optional<Nudge> next_nudge() {
        leap_nudge out{};
        detail::check(leap_session_next_nudge(handle_.get(), &out));
        if (out.kind == LEAP_NUDGE_NONE) {
            return std::nullopt;
        }
        return Nudge{out.kind, out.turn, std::string(detail::view(out.id)), std::string(detail::view(out.text))};
    }

    /** The moves that may still be completed, as JSON. */
    std::string pending_json() {
        leap_str out{};
        detail::check(leap_session_pending_json(handle_.get(), &out));
        return std::string(detail::view(out));
    }

    /** How the call stands. */
    Report report() { return draw(leap_session_report); }

    /** Closes the call. */
    Report finish() { return draw(leap_session_finish); }

    /** Bytes that it holds. */
    std::size_t memory_bytes() const {
        std::size_t out = 0;
        detail::check(leap_session_memory_bytes(handle_.get(), &out));
        return out;
    }

  private:
    explicit Session(leap_session *handle) noexcept : handle_(handle) {}

    std::size_t take(const Turn &turn, leap_status (*verb)(leap_session *, const leap_turn *, std::size_t *)) {
        std::size_t waiting = 0;
        detail::check(verb(handle_.get(), detail::Turns(turn).data(), &waiting));
        return waiting;
    }

    Report draw(leap_status (*verb)(leap_session *, leap_report **)) {
        leap_report *out = nullptr;
        detail::check(verb(handle_.get(), &out));
        return Report(out);
    }

    detail::Handle<leap_session> handle_;
};

} // namespace leapscore

#endif
